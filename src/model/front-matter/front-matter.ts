import { Document, isMap, isScalar, isSeq, LineCounter, Pair, parseDocument, YAMLMap } from 'yaml';

/** The head of a Markdown file: YAML between two lines of `---`. */
export type FrontMatter = {
  /** The values, as YAML 1.2 gives them. */
  data: Record<string, unknown>;
  /** Everything behind the closing `---`. */
  body: string;
  /** Line of the file (from 1) on which the body begins. */
  bodyLine: number;
  /** Line of the file (from 1) on which a key stands; that of the opening `---` for a key that is not there. */
  lineOf(key: string): number;
};

/** The front matter is no YAML, or no mapping of keys to values. */
export class FrontMatterBroken extends Error {
  override name = 'FrontMatterBroken';
  readonly line: number;
  constructor(reason: string, line: number) {
    super(reason);
    this.line = line;
  }
}

const FENCED = /^(?<open>\uFEFF?---[ \t]*\r?\n)(?<yaml>[\s\S]*?)(?<close>^---[ \t]*(?:\r?\n|$))/m;

type Parts = { open: string; yaml: string; close: string; body: string };

function partsOf(text: string): Parts {
  const groups = FENCED.exec(text);
  if (groups === null || groups.index !== 0) {
    if (/^\uFEFF?---[ \t]*\r?\n/.test(text)) throw new FrontMatterBroken('the closing --- is missing', 1);
    return { open: '', yaml: '', close: '', body: text.replace(/^\uFEFF/, '') };
  }
  const { open = '', yaml = '', close = '' } = groups.groups ?? {};
  return { open, yaml, close, body: text.slice(groups[0].length) };
}

function mapOf(yaml: string): { document: Document; map: YAMLMap | undefined; lines: LineCounter } {
  const lines = new LineCounter();
  // maxAliasCount is counted when the document is turned into values: below.
  const document = parseDocument(yaml, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const [error] = document.errors;
  if (error !== undefined)
    throw new FrontMatterBroken(firstSentence(error.message), lines.linePos(error.pos[0]).line + 1);
  if (document.contents === null) return { document, map: undefined, lines };
  if (!isMap(document.contents)) throw new FrontMatterBroken('it must be lines of the form "key: value"', 2);
  return { document, map: document.contents, lines };
}

const firstSentence = (message: string): string => message.split('\n')[0] ?? message;

/**
 * Returns the front matter and body of a Markdown file; a file without front matter has no values and is all body.
 * Throws `FrontMatterBroken` with a reason and a line.
 *
 *     parseFrontMatter('---\ntitle: Ciao\n---\nTesto').data.title // 'Ciao'
 */
export function parseFrontMatter(text: string): FrontMatter {
  const { open, yaml, close, body } = partsOf(text);
  const { document, map, lines } = mapOf(yaml);
  const lineOfPair = new Map(
    (map?.items ?? []).map((pair) => [keyOf(pair), lines.linePos(startOf(pair)).line + 1] as const),
  );
  return {
    data: valuesOf(document),
    body,
    bodyLine: open === '' ? 1 : linesIn(open + yaml + close) + 1,
    lineOf: (key) => lineOfPair.get(key) ?? 1,
  };
}

function valuesOf(document: Document): Record<string, unknown> {
  try {
    const values: unknown = document.toJS({ maxAliasCount: 50 });
    return typeof values === 'object' && values !== null ? { ...values } : {};
  } catch (error) {
    throw new FrontMatterBroken(error instanceof Error ? firstSentence(error.message) : String(error), 2);
  }
}

const linesIn = (text: string): number => text.split('\n').length - 1;
const keyOf = (pair: Pair): string => (isScalar(pair.key) ? String(pair.key.value) : String(pair.key));
const startOf = (pair: Pair): number => rangeOf(pair.key)?.[0] ?? 0;
const endOf = (pair: Pair): number => rangeOf(pair.value)?.[1] ?? rangeOf(pair.key)?.[1] ?? 0;

function rangeOf(node: unknown): readonly [number, number, number] | undefined {
  if (typeof node !== 'object' || node === null || !('range' in node)) return undefined;
  const { range } = node;
  if (!Array.isArray(range)) return undefined;
  const [start, valueEnd, nodeEnd] = range;
  return [Number(start), Number(valueEnd), Number(nodeEnd)];
}

/**
 * Returns the file's text with some keys set (or taken out, where the value is `undefined`); every other byte of it,
 * comments and unknown keys among them, stays as it was. Throws `FrontMatterBroken` when there is no reading it.
 */
export function withKeys(text: string, changes: Record<string, unknown>): string {
  const { open, yaml, close, body } = partsOf(text);
  const newline = /\r\n/.test(open || text) ? '\r\n' : '\n';
  let written = yaml;
  for (const [key, value] of Object.entries(changes)) written = withKey(written, key, value, newline);
  if (open === '') return `---${newline}${written}---${newline}${body === '' ? '' : newline}${body}`;
  return open + written + close + body;
}

function withKey(yaml: string, key: string, value: unknown, newline: string): string {
  const { document, map } = mapOf(yaml);
  const pair = map?.items.find((item) => keyOf(item) === key);
  if (pair === undefined) {
    const head = yaml === '' || yaml.endsWith('\n') ? yaml : yaml + newline;
    return value === undefined ? yaml : head + rendering(new Pair(key, document.createNode(value)), newline);
  }
  if (isScalar(pair.value) && pair.value.value === value) return yaml;
  const start = startOf(pair);
  const end = endOf(pair);
  if (value === undefined)
    return yaml.slice(0, start) + yaml.slice(yaml[end - 1] === '\n' ? end : nextLine(yaml, end));
  // What stands before the key or behind the value (a comment) stays where it is in the text.
  const rendered = rendering(new Pair(key, merged(document, pair.value, value)), newline);
  return yaml.slice(0, start) + (yaml[end - 1] === '\n' ? rendered : rendered.trimEnd()) + yaml.slice(end);
}

/** Returns the node with the new value in it, keeping its own parts (and their comments) where they are the same. */
function merged(document: Document, node: unknown, value: unknown): unknown {
  if (isSeq(node) && Array.isArray(value)) {
    node.items = value.map((item, at) => merged(document, node.items[at], item));
    node.comment = null;
    return node;
  }
  if (isMap(node) && typeof value === 'object' && value !== null && !Array.isArray(value)) {
    node.items = Object.entries(value).map(([key, part]) => {
      const pair = node.items.find((item) => keyOf(item) === key);
      if (pair === undefined) return new Pair(document.createNode(key), document.createNode(part));
      pair.value = merged(document, pair.value, part);
      return pair;
    });
    return node;
  }
  return isScalar(node) && node.value === value ? node : document.createNode(value);
}

const nextLine = (text: string, from: number): number => {
  const at = text.indexOf('\n', from);
  return at < 0 ? text.length : at + 1;
};

function rendering(pair: Pair, newline: string): string {
  const single = new Document({});
  single.contents = new YAMLMap();
  single.contents.items.push(pair);
  return single.toString({ lineWidth: 0 }).replaceAll('\n', newline);
}
