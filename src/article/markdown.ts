import MarkdownIt, { type Token } from 'markdown-it';
import { momentOf } from '../model/moment.ts';
import { localFile } from './link-resolver.ts';

/** Raw HTML is kept here and made safe with all the rest by `safe-html.ts`. */
const parser = new MarkdownIt({ html: true, linkify: true });
parser.linkify.set({ fuzzyLink: false, fuzzyEmail: false });
// An unsafe link must reach the resolver, which names it as a fault and keeps its words.
parser.validateLink = () => true;

/**
 * Put around the number of a segment, these two mark its player until the HTML is safe. They are private-use characters and
 * are removed from the article first, so that nobody can forge one.
 */
export const MARKER = { open: '\uE000', close: '\uE001' };

/** Returns the block tokens of an article. */
export function parseMarkdown(markdown: string): Token[] {
  return parser.parse(markdown.replace(/[\uE000\uE001\0]/g, ''), {});
}

/** Returns the file names that links and pictures point at, in the order of the text, each once. */
export function linkedFiles(tokens: Token[]): string[] {
  const files = tokens.flatMap((token) =>
    (token.children ?? []).flatMap((child) => {
      const local = localFile(String(child.attrGet('href') ?? child.attrGet('src') ?? ''));
      return local === undefined ? [] : [local.file];
    }),
  );
  return [...new Set(files)];
}

/**
 * Returns the article's HTML, not yet safe, with a marker where each player stands: in place of a paragraph that is
 * nothing but links to segments, otherwise behind the block in which the segment is first named. Players that the
 * text names nowhere come first.
 */
export function placePlayers(tokens: Token[], segmentFiles: string[]): string {
  const placed = new Set<number>();
  const segmentsIn = (token: Token): number[] =>
    (token.children ?? []).flatMap((child) => {
      const index = child.type === 'link_open' ? playerOf(child, segmentFiles) : -1;
      return index < 0 ? [] : [index];
    });
  const takeNew = (indices: number[]): string => {
    const fresh = [...new Set(indices)].filter((index) => !placed.has(index));
    for (const index of fresh) placed.add(index);
    return fresh.map(marker).join('');
  };

  let html = '';
  for (const block of topLevelBlocks(tokens)) {
    const named = block.flatMap(segmentsIn);
    if (named.length > 0 && isOnlyLinks(block, named.length)) html += takeNew(named);
    else html += parser.renderer.render(block, parser.options, {}) + takeNew(named);
  }
  const unnamed = segmentFiles.map((_, index) => index).filter((index) => !placed.has(index));
  return takeNew(unnamed) + html;
}

const marker = (index: number): string => `<p>${MARKER.open}${index}${MARKER.close}</p>\n`;

function playerOf(link: Token, segmentFiles: string[]): number {
  const local = localFile(String(link.attrGet('href') ?? ''));
  if (local === undefined || momentOf(local.fragment) !== undefined) return -1;
  return segmentFiles.indexOf(local.file);
}

function topLevelBlocks(tokens: Token[]): Token[][] {
  const blocks: Token[][] = [];
  let open: Token[] = [];
  for (const token of tokens) {
    open.push(token);
    if (token.level === 0 && token.nesting <= 0) {
      blocks.push(open);
      open = [];
    }
  }
  if (open.length > 0) blocks.push(open);
  return blocks;
}

function isOnlyLinks(block: Token[], links: number): boolean {
  const [first, inline, last] = block;
  if (block.length !== 3 || first?.type !== 'paragraph_open' || last?.type !== 'paragraph_close')
    return false;
  let depth = 0;
  let seen = 0;
  for (const child of inline?.children ?? []) {
    if (child.type === 'link_open') seen += 1;
    depth += child.nesting;
    const between = child.type === 'softbreak' || child.type === 'hardbreak' || child.content.trim() === '';
    if (depth === 0 && child.type !== 'link_close' && !between) return false;
  }
  return seen === links;
}
