import { passageIds } from './passage-ids.ts';
import { htmlToText, unescaped } from './plain-text.ts';

/**
 * A block of the article that carries a moment. `id`: of the block, kept by its words; `segment`: position from 0;
 * `start`: seconds from the segment's beginning; `words`: the block's text on one line, without links that are only a time;
 * `heading`: whether the block is one; `href`: of the link, the audio's address with the moment.
 */
export type Passage = Moment & { id: string; words: string; heading: boolean };

type Moment = { segment: number; start: number; href: string };

/** A block with its moments. `at`: where its tag begins in the HTML, `from` and `to`: where its inside does and ends. */
type Block = {
  name: string;
  at: number;
  from: number;
  to: number;
  id: string | undefined;
  moments: Moment[];
  /** Paragraphs directly in it that hold moments. */
  parts: Block[];
};

const TAG = /<(\/?)(p|li|blockquote|h[2-6]|a)\b([^>]*)>/g;
const ID = / id="([^"]*)"/;
const MOMENT = /href="([^"]*#t=[^"]*)" data-segment="(\d+)" data-start="([\d.]+)"/;
const MOMENT_AND_WORDS = /<a\b[^>]*\bdata-start="[^"]*"[^>]*>(.*?)<\/a>/gs;
const ONLY_TIME = /^\W*\d{1,3}(?::\d{2}){1,2}\W*$/;

/**
 * Returns the passages of safe article HTML, in the order of the text: the one pairing of text and sound, of which the page's
 * marks, the chapters of headings and the lines of times in feeds are made. A moment is a link to a segment with a media
 * fragment. A block has one passage for each segment of which it holds a moment, at the first of them. A quotation or a list
 * item whose moments are all in one paragraph is itself the passage.
 */
export function passagesOf(html: string): Passage[] {
  return idsAndBlocks(html).flatMap(([id, { name, moments, ...block }]) => {
    const words = wordsOf(block, html);
    const heading = name.startsWith('h');
    return firstOfEach(moments).map((moment) => ({ id, ...moment, words, heading }));
  });
}

/** Returns safe article HTML, in which no tag has an id, with the id of each passage on its block. */
export function withPassageIds(html: string): string {
  let written = '';
  let done = 0;
  for (const [id, { at, name }] of idsAndBlocks(html)) {
    const nameEnd = at + 1 + name.length;
    written += `${html.slice(done, nameEnd)} id="${id}"`;
    done = nameEnd;
  }
  return written + html.slice(done);
}

function idsAndBlocks(html: string): [id: string, block: Block][] {
  const blocks = blocksWithMoments(html);
  const ids = passageIds(
    blocks.map((block) => ({ words: wordsOf(block, html), start: block.moments[0]?.start ?? 0 })),
  );
  return blocks.map((block, index) => [block.id ?? ids[index] ?? '', block]);
}

function blocksWithMoments(html: string): Block[] {
  if (!html.includes('data-start="')) return [];
  const found: Block[] = [];
  const open: Block[] = [];
  for (const { 0: tag, 1: closing, 2: name = '', 3: attributes = '', index: at } of html.matchAll(TAG)) {
    if (name === 'a') {
      const [, href, segment, start] = MOMENT.exec(attributes) ?? [];
      if (href === undefined) continue;
      open.at(-1)?.moments.push({ segment: Number(segment), start: Number(start), href: unescaped(href) });
    } else if (closing === '') {
      const from = at + tag.length;
      open.push({ name, at, from, to: from, id: ID.exec(attributes)?.[1], moments: [], parts: [] });
    } else {
      const block = open.pop();
      if (block !== undefined) found.push(...settled({ ...block, to: at }, open.at(-1)));
    }
  }
  return found.sort((one, other) => one.at - other.at);
}

/** Returns the passages of a closed block. A paragraph's moments are first offered to the quotation or item around it. */
function settled(block: Block, around: Block | undefined): Block[] {
  const isPart = block.name === 'p' && (around?.name === 'li' || around?.name === 'blockquote');
  if (isPart && block.moments.length > 0) around?.parts.push(block);
  if (isPart) return [];
  const holders = block.moments.length > 0 ? [block, ...block.parts] : block.parts;
  const [only, ...others] = holders;
  return only === undefined || others.length > 0 ? holders : [{ ...block, moments: only.moments }];
}

function firstOfEach(moments: Moment[]): Moment[] {
  const seen = new Set<number>();
  return moments.filter(({ segment }) => !seen.has(segment) && seen.add(segment));
}

function wordsOf({ from, to }: Pick<Block, 'from' | 'to'>, html: string): string {
  const inside = html.slice(from, to);
  const nested = inside.search(/<[uo]l\b/);
  return htmlToText(
    (nested < 0 ? inside : inside.slice(0, nested)).replace(MOMENT_AND_WORDS, (link, words: string) =>
      ONLY_TIME.test(htmlToText(words)) ? ' ' : link,
    ),
  ).replace(/\s+/g, ' ');
}
