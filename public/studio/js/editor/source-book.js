// @ts-check
import { blocksOf } from './from-markdown.js';
import { schema } from './schema.js';
import { blocksMarkdown, childrenOf } from './to-markdown.js';

/**
 * @typedef {import('prosemirror-model').Node} DocNode
 * How a block was written: which one it was, and what stood between it and the one before.
 * @typedef {{ node: DocNode, source: string, index: number, before: string }} Entry
 */

/**
 * A Markdown text as a document, and back. What nobody touched comes back as it was written, to the last space: blocks
 * never change, so one that is still the same (or is the same again, after an undo) has its own source.
 *
 *     const book = openBook('Testo *uno*\n\n* voce');
 *     book.markdownOf(book.doc); // the same text
 */
export function openBook(/** @type {string} */ markdown) {
  const text = markdown.replace(/\r\n?/g, '\n');
  const lines = text.split('\n');
  /** @type {WeakMap<DocNode, Entry>} */
  const entries = new WeakMap();
  /** @type {Map<string, Entry[]>} */
  const byText = new Map();
  let end = 0;
  const blocks = blocksOf(text);
  blocks.forEach(({ node, from, to }, index) => {
    const between = lines.slice(end, from).map((line) => `${line}\n`);
    const before = (index > 0 ? '\n' : '') + between.join('');
    const entry = { node, source: lines.slice(from, to).join('\n'), index, before };
    entries.set(node, entry);
    byText.set(node.textContent, [...(byText.get(node.textContent) ?? []), entry]);
    end = to;
  });
  const rest = lines.slice(end);
  const tail = blocks.length === 0 ? text : rest.map((line) => `\n${line}`).join('');
  const nodes = blocks.map(({ node }) => node);
  const doc = schema.node('doc', null, nodes.length > 0 ? nodes : [schema.node('paragraph')]);

  /** @type {WeakMap<DocNode, string>} */
  const serialized = new WeakMap();
  /** @param {DocNode} node */
  const entryOf = (node) => {
    const known = entries.get(node);
    if (known !== undefined) return known;
    const same = byText.get(node.textContent)?.find((entry) => entry.node.eq(node));
    if (same !== undefined) entries.set(node, same);
    return same;
  };

  return {
    doc,
    /** Returns the Markdown of a document. @param {DocNode} edited */
    markdownOf(edited) {
      const children = childrenOf(edited);
      const texts = blocksMarkdown(children, {
        source: (node) => entryOf(node)?.source ?? serialized.get(node),
        stoodBehind: (node, before) => entryOf(node)?.index === (entryOf(before)?.index ?? Number.NaN) + 1,
      });
      let out = '';
      /** @type {Entry | undefined} */
      let last;
      children.forEach((node, index) => {
        const written = texts[index] ?? '';
        const entry = entryOf(node);
        if (entry === undefined) serialized.set(node, written);
        if (written === '') return;
        const follows =
          entry !== undefined && (last === undefined ? out === '' : last.index + 1 === entry.index);
        const isFirst = out === '';
        if (isFirst) out = entry?.index === 0 ? entry.before : '';
        else out += follows && entry !== undefined ? entry.before : '\n\n';
        out += written;
        last = entry;
      });
      if (out === '') return blocks.length === 0 && isUntouched(edited, doc) ? text : '';
      return out + tail;
    },
  };
}

/** @param {DocNode} edited @param {DocNode} doc */
const isUntouched = (edited, doc) => edited === doc || edited.eq(doc);

/** @typedef {ReturnType<typeof openBook>} SourceBook */
