// @ts-check
import { schema } from './schema.js';

/**
 * @typedef {import('markdown-it').Token} Token
 * @typedef {import('prosemirror-model').Node} DocNode
 * @typedef {import('prosemirror-model').Mark} Mark
 */

/** There is something in the Markdown that the schema has no place for. */
export class UnknownMarkdown extends Error {}

/** Returns what stands in a block of text. Throws `UnknownMarkdown`. @param {Token[]} tokens @returns {DocNode[]} */
export function inlineNodes(tokens) {
  /** @type {DocNode[]} */
  const nodes = [];
  /** @type {readonly Mark[]} */
  let marks = [];
  /** @param {string} text @param {readonly Mark[]} these */
  const add = (text, these) => {
    if (text !== '') nodes.push(schema.text(text, these));
  };
  for (const [index, token] of tokens.entries()) {
    const opened = markOf(token) ?? markOfTag(token, tokens.slice(index + 1));
    const closed = token.nesting < 0 ? closedBy(token) : closedByTag(token);
    if (opened !== undefined) marks = opened.addToSet(marks);
    else if (marks.some(({ type }) => type.name === closed))
      marks = marks.filter(({ type }) => type.name !== closed);
    else if (token.type === 'text') add(token.content, marks);
    else if (token.type === 'code_inline') add(token.content, schema.mark('code').addToSet(marks));
    else if (token.type === 'html_inline') add(token.content, schema.mark('verbatim').addToSet(marks));
    else if (token.type === 'softbreak') add(' ', schema.mark('line_end').addToSet(marks));
    else if (token.type === 'hardbreak') nodes.push(schema.node('hard_break', null, [], marks));
    else if (token.type === 'image') nodes.push(pictureOf(token, marks));
    else throw new UnknownMarkdown(token.type);
  }
  return joined(nodes);
}

/** @param {Token} token @returns {Mark | undefined} */
function markOf(token) {
  if (token.nesting <= 0) return undefined;
  switch (token.type) {
    case 'strong_open':
      return schema.mark('strong', { sign: token.markup });
    case 'em_open':
      return schema.mark('emphasis', { sign: token.markup });
    case 's_open':
      return schema.mark('strike');
    case 'link_open':
      return schema.mark('link', {
        href: String(token.attrGet('href') ?? ''),
        title: String(token.attrGet('title') ?? ''),
        auto: token.markup === 'linkify' || token.markup === 'autolink' ? token.markup : '',
      });
    default:
      throw new UnknownMarkdown(token.type);
  }
}

/** The same as a tag of HTML. @type {Record<string, string>} */
const TAGS = { em: 'emphasis', i: 'emphasis', strong: 'strong', b: 'strong', s: 'strike', del: 'strike' };
const TAG = /^<(\/?)([a-z]+)>$/i;

/** A tag that is closed further on marks what is in between. @param {Token} token @param {Token[]} rest */
function markOfTag(token, rest) {
  const [, slash, name = ''] = (token.type === 'html_inline' && TAG.exec(token.content)) || [];
  const mark = TAGS[name.toLowerCase()];
  if (mark === undefined || slash !== '') return undefined;
  const end = `</${name.toLowerCase()}>`;
  const isClosed = rest.some(({ type, content }) => type === 'html_inline' && content.toLowerCase() === end);
  return isClosed ? schema.mark(mark, { sign: token.content }) : undefined;
}

/** @param {Token} token */
function closedByTag(token) {
  const [, slash, name = ''] = (token.type === 'html_inline' && TAG.exec(token.content)) || [];
  return slash === '/' ? TAGS[name.toLowerCase()] : undefined;
}

/** @type {Record<string, string>} */
const CLOSED = { strong_close: 'strong', em_close: 'emphasis', s_close: 'strike', link_close: 'link' };
/** @param {Token} token */
const closedBy = (token) => CLOSED[token.type] ?? '';

/** @param {Token} token @param {readonly Mark[]} marks */
function pictureOf(token, marks) {
  const attrs = {
    src: String(token.attrGet('src') ?? ''),
    alt: token.content,
    title: String(token.attrGet('title') ?? ''),
  };
  return schema.node('picture', attrs, [], marks);
}

/** Neighbouring texts with the same marks are one, as a document wants it. @param {DocNode[]} nodes */
function joined(nodes) {
  /** @type {DocNode[]} */
  const out = [];
  for (const node of nodes) {
    const last = out.at(-1);
    if (last?.isText && node.isText && last.sameMarkup(node))
      out[out.length - 1] = schema.text(`${last.text}${node.text}`, last.marks);
    else out.push(node);
  }
  return out;
}
