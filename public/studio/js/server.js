// @ts-check

/** The server said no: `sentence` says why, in the page's language. */
export class Refusal extends Error {
  /** @param {number} status @param {{ code: string, sentence: string }} problem @param {any} answer */
  constructor(status, problem, answer) {
    super(problem.sentence);
    this.status = status;
    this.code = problem.code;
    this.sentence = problem.sentence;
    this.answer = answer;
  }
}

/** Nothing came back: no network, or the server is being started again. It is worth another try. */
export class NoAnswer extends Error {}

/** More than this does not leave with a page that is being closed (bytes). */
const MOST_KEPT_ALIVE = 60_000;

/**
 * Asks the server; resolves with what its JSON says. Rejects with `Refusal` or `NoAnswer`.
 * @param {string} method @param {string} path @param {object} [value] @param {{ isLeaving?: boolean }} [options]
 * @returns {Promise<any>}
 */
export async function ask(method, path, value, { isLeaving = false } = {}) {
  const body = value === undefined ? undefined : JSON.stringify(value);
  const keepalive = isLeaving && (body?.length ?? 0) < MOST_KEPT_ALIVE;
  let answer;
  try {
    answer = await fetch(path, {
      method,
      body,
      keepalive,
      headers: body === undefined ? {} : { 'Content-Type': 'application/json' },
    });
  } catch (error) {
    throw new NoAnswer(path, { cause: error });
  }
  const isJson = answer.headers.get('Content-Type')?.startsWith('application/json') ?? false;
  if (!isJson) throw new NoAnswer(`${path}: ${answer.status}`);
  const found = await answer.json().catch(() => undefined);
  if (found === undefined) throw new NoAnswer(path);
  if (answer.ok) return found;
  const isOurFault = answer.status >= 502 && answer.status <= 504 && found.problem === undefined;
  if (isOurFault) throw new NoAnswer(`${path}: ${answer.status}`);
  throw new Refusal(answer.status, found.problem ?? { code: '', sentence: String(answer.status) }, found);
}
