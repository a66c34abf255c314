// @ts-check

/**
 * @typedef {import('prosemirror-model').Node} DocNode
 * @typedef {import('prosemirror-model').Mark} Mark
 * A run of a sentence: a text, or something that stands in it (`leaf`), with what it is marked as.
 * @typedef {{ text: string, leaf?: DocNode, marks: readonly Mark[] }} Run
 */

/** Marks that are a sign on either side, which may not touch a space within. */
export const SIGNED = ['strong', 'emphasis', 'strike'];

/** @param {Run | undefined} run @param {string} name */
export const markNamed = (run, name) => run?.marks.find(({ type }) => type.name === name);

/**
 * Returns the runs of a block of text, trimmed as Markdown does, no mark beginning or ending with a space.
 * @param {DocNode} block @param {boolean} oneLine @returns {Run[]}
 */
export function runsOf(block, oneLine) {
  /** @type {Run[]} */
  let runs = [];
  block.forEach((node) => {
    if (node.isText) runs.push({ text: node.text ?? '', marks: node.marks });
    else if (oneLine && node.type.name === 'hard_break') runs.push({ text: ' ', marks: node.marks });
    else runs.push({ text: '', leaf: node, marks: node.marks });
  });
  if (oneLine) runs = runs.map((run) => without(run, 'line_end'));
  runs = trimmedLines(runs);
  for (const name of SIGNED) runs = spacesOutside(runs, name);
  return joined(runs);
}

/** @param {Run} run */
const isBreak = (run) => run.leaf?.type.name === 'hard_break' || markNamed(run, 'line_end') !== undefined;

/** No spaces around the ends of lines, no empty lines, and no line's end at the ends. @param {Run[]} runs @returns {Run[]} */
function trimmedLines(runs) {
  /** @type {Run[][]} */
  const lines = [[]];
  /** @type {Run[]} */
  const breaks = [];
  for (const run of runs) {
    if (isBreak(run)) {
      breaks.push(run);
      lines.push([]);
    } else lines.at(-1)?.push(run);
  }
  const trimmed = lines.map((line) => trimmedEnd(trimmedStart(line)));
  const first = trimmed.findIndex((line) => line.length > 0);
  const last = trimmed.findLastIndex((line) => line.length > 0);
  return trimmed.flatMap((line, index) => {
    const before = breaks[index - 1];
    if (before === undefined || index <= first || index > last) return line;
    const isEmpty = line.length === 0 || trimmed[index - 1]?.length === 0;
    return isEmpty && before.leaf === undefined ? line : [before, ...line];
  });
}

/** @param {Run[]} line @returns {Run[]} */
function trimmedStart([first, ...others]) {
  if (first === undefined) return [];
  if (first.leaf !== undefined) return [first, ...others];
  const text = first.text.replace(/^[ \t\n]+/, '');
  return text === '' ? trimmedStart(others) : [{ ...first, text }, ...others];
}

/** @param {Run[]} line @returns {Run[]} */
function trimmedEnd(line) {
  const last = line.at(-1);
  if (last === undefined || last.leaf !== undefined) return line;
  const text = last.text.replace(/[ \t\n]+$/, '');
  const others = line.slice(0, -1);
  return text === '' ? trimmedEnd(others) : [...others, { ...last, text }];
}

/** @param {Run[]} runs @param {string} name @returns {Run[]} */
function spacesOutside(runs, name) {
  return runs.flatMap((run, index) => {
    if (markNamed(run, name) === undefined || run.leaf !== undefined || markNamed(run, 'code')) return [run];
    const follows = index > 0 && markNamed(runs[index - 1], name) !== undefined;
    const goesOn = index < runs.length - 1 && markNamed(runs[index + 1], name) !== undefined;
    const text = run.text;
    const start = follows ? 0 : text.length - text.trimStart().length;
    const end = goesOn || start === text.length ? text.length : text.trimEnd().length;
    return [
      without({ ...run, text: text.slice(0, start) }, name),
      { ...run, text: text.slice(start, end) },
      without({ ...run, text: text.slice(end) }, name),
    ].filter(({ text }) => text !== '');
  });
}

/** @param {Run} run @param {string} name @returns {Run} */
const without = (run, name) => ({ ...run, marks: run.marks.filter(({ type }) => type.name !== name) });

/** @param {readonly Mark[]} one @param {readonly Mark[]} other */
const sameMarks = (one, other) =>
  one.length === other.length && one.every((mark) => other.some((each) => each.eq(mark)));

/** @param {Run[]} runs */
function joined(runs) {
  /** @type {Run[]} */
  const out = [];
  for (const run of runs) {
    const last = out.at(-1);
    if (last && !last.leaf && !run.leaf && sameMarks(last.marks, run.marks)) last.text += run.text;
    else out.push({ ...run });
  }
  return out;
}

/** Returns what two sentences have to have in common to be the same. @param {Run[]} runs */
export function signatureOf(runs) {
  /** @type {[string, string][]} */
  const parts = [];
  for (const { text, leaf, marks } of runs) {
    const kind = leaf === undefined ? '' : JSON.stringify(leaf.attrs) + leaf.type.name;
    const names = marks
      // A bare address is a link wherever it stands.
      .filter(({ type, attrs }) => type.name !== 'link' || attrs.auto === '')
      .map(({ type, attrs }) => (type.name === 'link' ? `${attrs.href} ${attrs.title}` : type.name));
    const key = kind + names.sort().join();
    const last = parts.at(-1);
    if (last && leaf === undefined && last[0] === key) last[1] += text;
    else parts.push([key, text]);
  }
  return JSON.stringify(parts);
}
