// @ts-check
import { blocksOf } from './from-markdown.js';
import { inlineMarkdown } from './inline-markdown.js';
import { schema } from './schema.js';
import { runsOf, signatureOf } from './sentence-runs.js';

/** @typedef {import('prosemirror-model').Node} DocNode */

/** From the least to the most that is taken back: the first that is read again as it was meant is written. */
const MANNERS = /** @type {const} */ ([
  { escape: 'none', signs: 'own' },
  { escape: 'none', signs: 'other' },
  { escape: 'text', signs: 'own' },
  { escape: 'text', signs: 'other' },
  { escape: 'all', signs: 'own' },
  { escape: 'all', signs: 'other' },
  { escape: 'all', signs: 'tags' },
]);
const LISTS = ['bullet_list', 'ordered_list'];
const OTHER_SIGN = { '-': '*', '*': '-', '+': '-', '.': ')', ')': '.' };

/** What is known of how blocks were written. @type {{ source(block: DocNode): string | undefined, stoodBehind(block: DocNode, before: DocNode): boolean }} */
const NOTHING_KNOWN = { source: () => undefined, stoodBehind: () => false };

/**
 * Returns the Markdown of each of these blocks, which stand behind each other with an empty line between.
 * @param {DocNode[]} blocks @returns {string[]}
 */
export function blocksMarkdown(blocks, known = NOTHING_KNOWN) {
  /** @type {{ type: string, sign: string } | undefined} */
  let listBefore;
  return blocks.map((block, index) => {
    const type = block.type.name;
    const isList = LISTS.includes(type);
    const before = blocks[index - 1];
    const stays = before !== undefined && known.stoodBehind(block, before);
    const runsOn = !stays && isList && listBefore?.type === type && listBefore.sign === block.attrs.sign;
    const sign = runsOn ? otherSign(String(block.attrs.sign)) : String(block.attrs.sign);
    const text = (runsOn ? undefined : known.source(block)) ?? blockMarkdown(block, sign);
    // Indented code behind a list would be a part of its last item.
    const isTaken = !stays && listBefore !== undefined && /^(?: {2}|\t)/.test(text);
    const parted = isTaken ? `<!-- -->\n\n${text}` : text;
    if (text !== '') listBefore = isList ? { type, sign } : undefined;
    return parted;
  });
}

/** @param {string} sign @returns {string} */
const otherSign = (sign) => Object.entries(OTHER_SIGN).find(([one]) => one === sign)?.[1] ?? sign;

/** @param {DocNode} block @param {string} sign */
function blockMarkdown(block, sign) {
  switch (block.type.name) {
    case 'paragraph':
      return textMarkdown(block, '');
    case 'heading':
      return textMarkdown(block, `${'#'.repeat(Number(block.attrs.level))} `);
    case 'blockquote':
      return indented(joined(block, '\n\n'), '> ', '> ').replace(/^> $/gm, '>');
    case 'bullet_list':
    case 'ordered_list':
      return listMarkdown(block, sign);
    case 'horizontal_rule':
      return '---';
    case 'player':
      return textMarkdown(linkTo(String(block.attrs.href), String(block.attrs.label)), '');
    default:
      return block.textContent;
  }
}

/** A player as the paragraph that it is in Markdown. @param {string} href @param {string} label */
const linkTo = (href, label) =>
  schema.node('paragraph', null, [schema.text(label || href, [schema.mark('link', { href })])]);

/** @param {DocNode} block @param {string} between */
function joined(block, between) {
  return blocksMarkdown(childrenOf(block))
    .filter((text) => text !== '')
    .join(between);
}

/** @param {DocNode} node @returns {DocNode[]} */
export function childrenOf(node) {
  /** @type {DocNode[]} */
  const children = [];
  node.forEach((child) => {
    children.push(child);
  });
  return children;
}

/** @param {DocNode} list @param {string} sign */
function listMarkdown(list, sign) {
  const items = childrenOf(list);
  const isTight =
    list.attrs.tight &&
    items.every((item) =>
      childrenOf(item)
        .slice(1)
        .every((child) => LISTS.includes(child.type.name)),
    );
  const first = Number(list.attrs.first ?? 1);
  return items
    .map((item, index) => {
      const marker = list.type.name === 'bullet_list' ? `${sign} ` : `${first + index}${sign} `;
      return indented(joined(item, isTight ? '\n' : '\n\n'), marker, ' '.repeat(marker.length)).trimEnd();
    })
    .join(isTight ? '\n' : '\n\n');
}

/** @param {string} text @param {string} first @param {string} others */
const indented = (text, first, others) =>
  first +
  text
    .split('\n')
    .map((line, index) => (index === 0 || (line === '' && others.trim() === '') ? line : others + line))
    .join('\n');

/** A block of text, behind what stands before it. @param {DocNode} block @param {string} before */
function textMarkdown(block, before) {
  const runs = runsOf(block, before !== '');
  if (runs.length === 0) return before.trimEnd();
  const meant = signatureOf(runs);
  const ways = MANNERS.map((manner) => before + inlineMarkdown(runs, manner));
  return ways.find((text) => isReadAs(text, block.type.name, meant)) ?? ways.at(-1) ?? '';
}

/** @param {string} text @param {string} type @param {string} meant */
function isReadAs(text, type, meant) {
  const [block, ...others] = blocksOf(text);
  if (block === undefined || others.length > 0) return false;
  const { name } = block.node.type;
  if (name === 'player')
    return (
      type === 'paragraph' &&
      signatureOf(runsOf(linkTo(block.node.attrs.href, block.node.attrs.label), false)) === meant
    );
  return name === type && signatureOf(runsOf(block.node, type === 'heading')) === meant;
}
