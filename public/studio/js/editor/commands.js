// @ts-check
import { lift, setBlockType, toggleMark, wrapIn } from 'prosemirror-commands';
import { liftListItem, wrapInList } from 'prosemirror-schema-list';
import { TextSelection } from 'prosemirror-state';
import { clockTime } from '../../../../src/model/moment.ts';
import { schema } from './schema.js';

/**
 * @typedef {import('prosemirror-state').Command} Command
 * @typedef {import('prosemirror-state').EditorState} EditorState
 */

const { nodes, marks } = schema;

/** @param {EditorState} state @param {string} name whether a mark is on the selection, or would be on what is typed */
export function isMarked(state, name) {
  const type = marks[name];
  if (type === undefined) return false;
  const { empty, $from, from, to } = state.selection;
  if (empty) return type.isInSet(state.storedMarks ?? $from.marks()) !== undefined;
  return state.doc.rangeHasMark(from, to, type);
}

/** Returns whether the selection is within a block of this kind. @param {EditorState} state @param {string} name @param {object} [attrs] */
export function isWithin(state, name, attrs = {}) {
  const { $from } = state.selection;
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    const node = $from.node(depth);
    if (node.type.name === name && Object.entries(attrs).every(([key, value]) => node.attrs[key] === value))
      return true;
  }
  return false;
}

/** @param {'strong' | 'emphasis' | 'code' | 'strike'} name @returns {Command} */
export const mark = (name) => toggleMark(marks[name]);

/** A heading of this level, or a paragraph again. @param {number} level @returns {Command} */
export const heading = (level) => (state, dispatch) =>
  isWithin(state, 'heading', { level })
    ? setBlockType(nodes.paragraph)(state, dispatch)
    : setBlockType(nodes.heading, { level })(state, dispatch);

/** @type {Command} */
export const paragraph = setBlockType(nodes.paragraph);

/** @type {Command} */
export const quote = (state, dispatch) =>
  isWithin(state, 'blockquote') ? lift(state, dispatch) : wrapIn(nodes.blockquote)(state, dispatch);

/** @param {'bullet_list' | 'ordered_list'} name @returns {Command} */
export const list = (name) => (state, dispatch) =>
  isWithin(state, name)
    ? liftListItem(nodes.list_item)(state, dispatch)
    : wrapInList(nodes[name])(state, dispatch);

/** @type {Command} */
export const lineBreak = (state, dispatch) => {
  if (isWithin(state, 'raw')) return false;
  dispatch?.(state.tr.replaceSelectionWith(nodes.hard_break.create()).scrollIntoView());
  return true;
};

/** @type {Command} */
export const rule = (state, dispatch) => {
  dispatch?.(state.tr.replaceSelectionWith(nodes.horizontal_rule.create()).scrollIntoView());
  return true;
};

/** Returns the link that the cursor is in, with its reach. @param {EditorState} state @returns {{ from: number, to: number, href: string } | undefined} */
export function linkAt(state) {
  const { $from, empty, from, to } = state.selection;
  const mark =
    marks.link.isInSet($from.marks()) ?? $from.nodeAfter?.marks.find(({ type }) => type === marks.link);
  if (mark === undefined) return empty ? undefined : { from, to, href: '' };
  let start = $from.start();
  /** @type {{ from: number, to: number, href: string } | undefined} */
  let found;
  $from.parent.forEach((node) => {
    const end = start + node.nodeSize;
    if (mark.isInSet(node.marks))
      found = { from: found?.from ?? start, to: end, href: String(mark.attrs.href) };
    else if (end <= $from.pos) found = undefined;
    start = end;
  });
  return found;
}

/** Links the selection, or the link that the cursor is in, or the address itself. @param {string} href @returns {Command} */
export const setLink = (href) => (state, dispatch) => {
  const at = linkAt(state);
  const { tr } = state;
  if (at === undefined) {
    if (href === '') return false;
    tr.replaceSelectionWith(schema.text(href, [marks.link.create({ href })]), false);
  } else {
    tr.removeMark(at.from, at.to, marks.link);
    if (href !== '') tr.addMark(at.from, at.to, marks.link.create({ href }));
  }
  dispatch?.(tr.removeStoredMark(marks.link).scrollIntoView());
  return true;
};

/** Returns a file's name as a link may have it. @param {string} file */
const hrefOf = (file) => file.replace(/[%#?]/g, encodeURIComponent);

/** Puts a moment of a sound at the cursor. @param {string} file @param {number} seconds @returns {Command} */
export const stamp = (file, seconds) => (state, dispatch) => {
  if (isWithin(state, 'raw')) return false;
  const time = clockTime(seconds);
  const link = marks.link.create({ href: `${hrefOf(file)}#t=${time}` });
  const { $to } = state.selection;
  const before = $to.parent.textBetween(0, $to.parentOffset, undefined, ' ');
  const after = $to.parent.textBetween($to.parentOffset, $to.parent.content.size, undefined, ' ');
  const tr = state.tr.setSelection(TextSelection.create(state.doc, $to.pos));
  if (/\S$/.test(before)) tr.insertText(' ');
  tr.replaceSelectionWith(schema.text(time, [link]), false);
  if (!/^\s/.test(after)) tr.insertText(' ');
  dispatch?.(tr.removeStoredMark(marks.link).scrollIntoView());
  return true;
};

/** Puts a sound's player behind the block that the cursor is in. @param {string} file @param {string} label @returns {Command} */
export const player = (file, label) => (state, dispatch) => {
  const { $from } = state.selection;
  const node = nodes.player.create({ href: hrefOf(file), label });
  const isEmpty =
    $from.depth === 1 && $from.parent.type === nodes.paragraph && $from.parent.content.size === 0;
  const { tr } = state;
  const at = $from.depth === 0 ? state.selection.to : $from.after(1);
  if (isEmpty) tr.replaceWith($from.before(1), at, node);
  else tr.insert(at, node);
  const behind = (isEmpty ? $from.before(1) : at) + node.nodeSize;
  if (tr.doc.nodeAt(behind) === null) tr.insert(behind, nodes.paragraph.create());
  tr.setSelection(TextSelection.near(tr.doc.resolve(behind + 1)));
  dispatch?.(tr.scrollIntoView());
  return true;
};

/** Puts a picture of the folder at the cursor. @param {string} file @param {string} alt @returns {Command} */
export const picture = (file, alt) => (state, dispatch) => {
  dispatch?.(
    state.tr.replaceSelectionWith(nodes.picture.create({ src: hrefOf(file), alt }), false).scrollIntoView(),
  );
  return true;
};
