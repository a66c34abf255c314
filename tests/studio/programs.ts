import type { RunningStation } from '../fixtures/running-station.ts';

/** An answer of the API: its status, and its JSON. */
export type Answer = { status: number; headers: Headers; json: Record<string, unknown> };

export type Program = {
  get(path: string): Promise<Answer>;
  send(method: string, path: string, json?: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** Sends a form with files, as `curl -F` does. */
  form(path: string, form: FormData): Promise<Answer>;
};

/** A program that speaks to a station's API with a token. `language` goes along as `Accept-Language`. */
export function programWith(
  { address }: Pick<RunningStation, 'address'>,
  token: string | undefined,
  language = 'en',
): Program {
  const own: Record<string, string> = { 'Accept-Language': language };
  if (token !== undefined) own.Authorization = `Bearer ${token}`;
  const ask = async (path: string, init: RequestInit): Promise<Answer> => {
    const answer = await fetch(new URL(path, address), { redirect: 'manual', ...init });
    const text = await answer.text();
    const json: unknown = text === '' ? {} : JSON.parse(text);
    if (!isObject(json)) throw new Error(`no object: ${text}`);
    return { status: answer.status, headers: answer.headers, json };
  };
  return {
    get: (path) => ask(path, { headers: own }),
    send: (method, path, json, headers = {}) =>
      ask(path, {
        method,
        headers: {
          ...own,
          ...(json === undefined ? {} : { 'Content-Type': 'application/json' }),
          ...headers,
        },
        ...(json === undefined ? {} : { body: JSON.stringify(json) }),
      }),
    form: (path, form) => ask(path, { method: 'POST', headers: own, body: form }),
  };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Returns a form with these values; a file is its name and its bytes. */
export function formWith(
  fields: Record<string, string | [name: string, bytes: string | Uint8Array]>,
): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === 'string') form.append(name, value);
    else form.append(name, new Blob([Buffer.from(value[1])]), value[0]);
  }
  return form;
}
