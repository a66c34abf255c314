// @ts-check
import MarkdownIt from 'markdown-it';
import { soundIn } from './addresses.js';
import { inlineNodes, UnknownMarkdown } from './inline-nodes.js';
import { schema } from './schema.js';

/**
 * @typedef {import('markdown-it').Token} Token
 * @typedef {import('prosemirror-model').Node} DocNode
 */

/** The same Markdown as `src/article/markdown.ts` reads; addresses stay as they were written. */
const parser = new MarkdownIt({ html: true, linkify: true });
parser.linkify.set({ fuzzyLink: false, fuzzyEmail: false });
parser.validateLink = () => true;
parser.normalizeLink = (address) => address;
parser.normalizeLinkText = (address) => address;

/** A quotation or list that defines links, of which its tokens say nothing. */
const DEFINES_WITHIN = /^[ \t]*(?:>|[-*+] |\d+[.)] )[ \t>]*\[[^\]]+\]:/m;

/** A block of the text with its node: lines `from` up to, and without, `to`. @typedef {{ node: DocNode, from: number, to: number }} Block */

/**
 * Returns the blocks of a Markdown text in their order, each with its lines. Lines that no block claims and that are not
 * empty (definitions of links) are blocks of their own, verbatim.
 * @param {string} markdown with `\n` at the ends of lines
 * @returns {Block[]}
 */
export function blocksOf(markdown) {
  const lines = markdown.split('\n');
  /** @type {Block[]} */
  const blocks = [];
  let line = 0;
  for (const tokens of topLevel(parser.parse(markdown, {}))) {
    const [from, end] = tokens[0]?.map ?? [line, line];
    const to = lastFilled(lines, from, end);
    blocks.push(...unclaimed(lines, line, from));
    const source = lines.slice(from, to).join('\n');
    const node = DEFINES_WITHIN.test(source) ? undefined : nodeOf(tokens);
    blocks.push({ node: node ?? rawBlock(source), from, to });
    line = to;
  }
  blocks.push(...unclaimed(lines, line, lines.length));
  return blocks;
}

/** Returns a Markdown text as a document. @param {string} markdown */
export function docFromMarkdown(markdown) {
  const nodes = blocksOf(markdown.replace(/\r\n?/g, '\n')).map(({ node }) => node);
  return schema.node('doc', null, nodes.length > 0 ? nodes : [schema.node('paragraph')]);
}

/** @param {string} source */
const rawBlock = (source) => schema.node('raw', null, source === '' ? [] : [schema.text(source)]);

/** A list's lines reach over the empty ones behind it. @param {string[]} lines @param {number} from @param {number} end */
function lastFilled(lines, from, end) {
  let to = end;
  while (to > from + 1 && lines[to - 1]?.trim() === '') to -= 1;
  return to;
}

/** @param {string[]} lines @param {number} from @param {number} to @returns {Block[]} */
function unclaimed(lines, from, to) {
  let first = from;
  let last = to;
  while (first < last && lines[first]?.trim() === '') first += 1;
  while (last > first && lines[last - 1]?.trim() === '') last -= 1;
  return first === last
    ? []
    : [{ node: rawBlock(lines.slice(first, last).join('\n')), from: first, to: last }];
}

/** @param {Token[]} tokens */
function topLevel(tokens) {
  /** @type {Token[][]} */
  const blocks = [];
  /** @type {Token[]} */
  let open = [];
  for (const token of tokens) {
    open.push(token);
    if (token.level === 0 && token.nesting <= 0) {
      blocks.push(open);
      open = [];
    }
  }
  return blocks;
}

/** Returns the node of a top-level block; `undefined` where anything in it is unknown. @param {Token[]} tokens */
function nodeOf(tokens) {
  try {
    return playerOf(tokens) ?? new BlockReader(tokens).read();
  } catch (error) {
    if (error instanceof UnknownMarkdown || error instanceof RangeError) return undefined;
    throw error;
  }
}

/** A paragraph that is one link to a sound of ours is that sound's player. @param {Token[]} tokens */
function playerOf(tokens) {
  const children = tokens[0]?.type === 'paragraph_open' ? (tokens[1]?.children ?? []) : [];
  const [open, label, close] = children;
  if (children.length !== 3 || open?.type !== 'link_open' || close?.type !== 'link_close') return undefined;
  const href = String(open.attrGet('href') ?? '');
  if (label?.type !== 'text' || open.attrGet('title') !== null || soundIn(href) === undefined)
    return undefined;
  return schema.node('player', { href, label: label.content });
}

/** Reads one top-level block's tokens into a node. */
class BlockReader {
  at = 0;
  /** @param {Token[]} tokens */
  constructor(tokens) {
    this.tokens = tokens;
  }

  read() {
    return this.block();
  }

  /** @returns {DocNode} */
  block() {
    const token = this.next();
    switch (token.type) {
      case 'paragraph_open':
        return schema.node('paragraph', null, this.inlines('paragraph_close'));
      case 'heading_open':
        return schema.node('heading', { level: Number(token.tag.slice(1)) }, this.inlines('heading_close'));
      case 'blockquote_open':
        return schema.node('blockquote', null, filled(this.blocksUntil('blockquote_close')));
      case 'bullet_list_open':
        return this.list('bullet_list', token, {});
      case 'ordered_list_open':
        return this.list('ordered_list', token, { first: Number(token.attrGet('start') ?? 1) });
      case 'hr':
        return schema.node('horizontal_rule');
      default:
        throw new UnknownMarkdown(token.type);
    }
  }

  next() {
    const token = this.tokens[this.at];
    if (token === undefined) throw new UnknownMarkdown('its end');
    this.at += 1;
    return token;
  }

  /** @param {string} end */
  blocksUntil(end) {
    /** @type {DocNode[]} */
    const blocks = [];
    while (this.tokens[this.at]?.type !== end) blocks.push(this.block());
    this.at += 1;
    return blocks;
  }

  /** @param {'bullet_list' | 'ordered_list'} type @param {Token} open @param {object} attrs */
  list(type, open, attrs) {
    const isTight = this.tokens[this.at + 1]?.hidden ?? true;
    /** @type {DocNode[]} */
    const items = [];
    while (this.tokens[this.at]?.type === 'list_item_open') {
      this.at += 1;
      items.push(schema.node('list_item', null, withParagraph(this.blocksUntil('list_item_close'))));
    }
    this.at += 1;
    return schema.node(type, { tight: isTight, sign: open.markup, ...attrs }, items);
  }

  /** @param {string} close */
  inlines(close) {
    const inline = this.next();
    if (this.next().type !== close) throw new UnknownMarkdown(inline.type);
    return inlineNodes(inline.children ?? []);
  }
}

/** @param {DocNode[]} blocks */
const filled = (blocks) => (blocks.length > 0 ? blocks : [schema.node('paragraph')]);
/** @param {DocNode[]} blocks */
const withParagraph = (blocks) =>
  blocks[0]?.type.name === 'paragraph' ? blocks : [schema.node('paragraph'), ...blocks];
