// @ts-check
import { markNamed, SIGNED } from './sentence-runs.js';

/**
 * @typedef {import('prosemirror-model').Mark} Mark
 * @typedef {import('./sentence-runs.js').Run} Run
 * How a sentence is written. `escape`: which signs that Markdown might take for its own are taken back. `signs`: as they
 * were, emphasis by the other of its two, or all as tags of HTML, which hold everywhere.
 * @typedef {{ escape: 'none' | 'text' | 'all', signs: 'own' | 'other' | 'tags' }} Manner
 */

const ORDER = ['link', ...SIGNED];
const WEB_ADDRESS = /(https?:\/\/[^\s<]+)/;

/** A piece of the Markdown. `sign`: opens or closes a mark. @typedef {{ text: string, sign?: 'open' | 'close' }} Piece */

/**
 * Returns the Markdown of a sentence.
 * @param {Run[]} runs @param {Manner} manner
 */
export function inlineMarkdown(runs, manner) {
  /** @type {Piece[]} */
  const pieces = [];
  /** @type {Mark[]} */
  let open = [];
  const close = (/** @type {number} */ keep) => {
    for (const mark of open.slice(keep).reverse())
      pieces.push({ text: closing(mark, manner), sign: 'close' });
    open = open.slice(0, keep);
  };
  runs.forEach((run, index) => {
    const wanted = ordered(run.marks, runs, index).filter((mark) => !isAuto(mark, run));
    const kept = open.findIndex((mark) => !wanted.some((each) => each.eq(mark)));
    close(kept < 0 ? open.length : kept);
    for (const mark of wanted) {
      if (open.some((each) => each.eq(mark))) continue;
      pieces.push({ text: opening(mark, manner), sign: 'open' });
      open.push(mark);
    }
    pieces.push({ text: contentOf(run, pieces, runs[index + 1], manner) });
  });
  close(0);
  return (manner.escape === 'none' ? pieces : signsThatHold(pieces)).map(({ text }) => text).join('');
}

/** The mark that reaches furthest is outermost. @param {readonly Mark[]} marks @param {Run[]} runs @param {number} from */
function ordered(marks, runs, from) {
  const reach = (/** @type {Mark} */ mark) => {
    let end = from;
    while (runs[end]?.marks.some((each) => each.eq(mark))) end += 1;
    return end;
  };
  return marks
    .filter(({ type }) => ORDER.includes(type.name))
    .sort(
      (one, other) =>
        reach(other) - reach(one) || ORDER.indexOf(one.type.name) - ORDER.indexOf(other.type.name),
    );
}

/** A link that is its own text. @param {Mark} mark @param {Run} run */
const isAuto = (mark, run) =>
  mark.type.name === 'link' &&
  mark.attrs.auto !== '' &&
  (mark.attrs.href === run.text || mark.attrs.href === `mailto:${run.text}`);

/** @param {Mark} mark @param {Manner} manner */
function opening(mark, { signs }) {
  const name = mark.type.name;
  if (name === 'link') return '[';
  const sign = String(mark.attrs.sign);
  if (signs === 'tags') return sign.startsWith('<') ? sign : (TAGS[name] ?? sign);
  if (signs === 'other' && name === 'emphasis') return sign === '*' ? '_' : '*';
  return sign;
}

/** @type {Record<string, string>} */
const TAGS = { strong: '<strong>', emphasis: '<em>', strike: '<s>' };

/** @param {Mark} mark @param {Manner} manner */
function closing(mark, manner) {
  if (mark.type.name !== 'link') return opening(mark, manner).replace('<', '</');
  return `](${addressText(String(mark.attrs.href))}${titleText(String(mark.attrs.title))})`;
}

/** Returns a link's address as it may stand between round brackets. @param {string} address */
function addressText(address) {
  const plain = /^[^\s()<>\\]+$/.test(address);
  return plain ? address : `<${address.replace(/[<>\\]/g, '\\$&').replace(/\n/g, ' ')}>`;
}

/** @param {string} title */
const titleText = (title) => (title === '' ? '' : ` "${title.replace(/["\\]/g, '\\$&')}"`);

/** @param {Run} run @param {Piece[]} before @param {Run | undefined} next @param {Manner} manner */
function contentOf(run, before, next, manner) {
  if (run.leaf?.type.name === 'picture') {
    const { src, alt, title } = run.leaf.attrs;
    return `![${escaped(alt)}](${addressText(src)}${titleText(title)})`;
  }
  if (run.leaf !== undefined) return '\\\n';
  if (markNamed(run, 'line_end')) return '\n';
  if (markNamed(run, 'verbatim')) return run.text;
  if (markNamed(run, 'code')) return codeText(run.text);
  const link = markNamed(run, 'link');
  if (link && isAuto(link, run)) return link.attrs.auto === 'autolink' ? `<${run.text}>` : run.text;
  if (manner.escape === 'none') return run.text;
  const text = manner.escape === 'all' ? allEscaped(run.text) : textEscaped(run.text);
  const isAtStart = before.every((piece) => piece.text === '') || before.at(-1)?.text.endsWith('\n') === true;
  const begun = isAtStart ? startEscaped(text) : text;
  return next !== undefined && begun.endsWith('!') ? `${begun.slice(0, -1)}\\!` : begun;
}

/** Addresses that stand bare in a text are links by themselves, and stay so. @param {string} text */
const textEscaped = (text) =>
  text
    .split(WEB_ADDRESS)
    .map((part, index) => (index % 2 === 1 ? part : escaped(part)))
    .join('');

/** Where a bare address would swallow the sign behind it. @param {string} text */
const allEscaped = (text) => escaped(text).replace(/:(?=\/\/)/g, '\\:');

/** @param {string} text */
const escaped = (text) =>
  text
    .replace(/[\\`*[\]|~]/g, '\\$&')
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
    .replace(/<(?=[a-z/!?])/gi, '\\<')
    .replace(/&(?=#?\w+;)/g, '\\&')
    .replace(/ (?=#+$)/, ' \\');

/** What begins a line must not look like a heading, list, quotation or rule. @param {string} text */
const startEscaped = (text) =>
  text.replace(/^(?=#{1,6}(?:\s|$)|[-+>=])/, '\\').replace(/^(\d{1,9})(?=[.)](?:\s|$))/, '$1\\');

/** @param {string} text */
function codeText(text) {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  const padded = /^`|`$|^ .* $/.test(text) ? ` ${text} ` : text;
  return fence + padded + fence;
}

/**
 * A sign between punctuation and a letter is not read as one (CommonMark, section 6.2): then that letter is written
 * as a character reference.
 * @param {Piece[]} pieces
 */
function signsThatHold(pieces) {
  const out = pieces.map((piece) => ({ ...piece }));
  out.forEach((piece, index) => {
    if (piece.sign === undefined || !/^[*_~]+$/.test(piece.text)) return;
    const step = piece.sign === 'close' ? 1 : -1;
    const inner = characterFrom(out, index, -step);
    const outer = characterFrom(out, index, step);
    if (outer === undefined || !isWordly(outer.character)) return;
    if (piece.text[0] !== '_' && (inner === undefined || isWordly(inner.character))) return;
    const { text } = outer.piece;
    const reference = `&#${outer.character.codePointAt(0)};`;
    const length = outer.character.length;
    outer.piece.text = step > 0 ? reference + text.slice(length) : text.slice(0, -length) + reference;
  });
  return out;
}

/** @param {string} character */
const isWordly = (character) => !/[\s\p{P}\p{S}]/u.test(character);

/** The nearest character of a text on one side of a sign. @param {Piece[]} pieces @param {number} from @param {number} step */
function characterFrom(pieces, from, step) {
  for (let index = from + step; ; index += step) {
    const piece = pieces[index];
    if (piece === undefined) return undefined;
    const { text, sign } = piece;
    if (text === '' || (sign !== undefined && /^[*_~]+$/.test(text))) continue;
    const characters = [...text];
    const character = step > 0 ? characters[0] : characters.at(-1);
    return character === undefined ? undefined : { piece, character };
  }
}
