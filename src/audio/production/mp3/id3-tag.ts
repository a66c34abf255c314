import { createReadStream } from 'node:fs';
import { FileWindow } from '../../file-window.ts';
import { soundEnd, soundStart } from '../../tag-edges.ts';
import type { SoundTag } from '../production.ts';

const MOST_MILLISECONDS = 0xffffffff;
/** A table of contents counts its entries in one byte. */
const MOST_CHAPTERS = 255;

const UTF8 = 3;
const FRONT_COVER = 3;
const TABLE = 'toc';
const TOP_LEVEL_AND_ORDERED = 3;
/** "Go by the times": nobody knows at which byte a chapter begins in a file that is still to be tagged. */
const NO_OFFSET = 0xffffffff;

/** ISO 639-2 codes for the languages that are likely here; a frame wants three letters. */
const LANGUAGES: Record<string, string> = {
  ar: 'ara',
  de: 'deu',
  en: 'eng',
  es: 'spa',
  fr: 'fra',
  it: 'ita',
  nl: 'nld',
  pt: 'por',
  ro: 'ron',
  ru: 'rus',
  sq: 'sqi',
  tr: 'tur',
  uk: 'ukr',
  zh: 'zho',
};

/**
 * Returns an ID3v2.4 tag: title, show (album), station (artist and publisher), date in UTC, language, length, the page's
 * address, chapters with their table of contents, and the cover ("ID3 tag version 2.4.0", "ID3v2 Chapter Frame Addendum").
 */
export function soundTag(tag: SoundTag): Uint8Array {
  const body = Buffer.concat([
    ...textFrame('TIT2', tag.title),
    ...textFrame('TALB', tag.show),
    ...textFrame('TPE1', tag.station || tag.show),
    ...textFrame('TPUB', tag.station),
    ...textFrame('TDRC', timestamp(tag.date)),
    ...textFrame('TLAN', languageCode(tag.language)),
    ...textFrame('TLEN', String(milliseconds(tag.seconds))),
    ...addressFrames(tag.address),
    ...chapterFrames(tag),
    ...coverFrame(tag.cover),
  ]);
  return Buffer.concat([Buffer.from('ID3\x04\0\0', 'latin1'), syncsafe(body.length), body]);
}

/**
 * Gives the bytes of an MP3 with this tag, in place of any tags that it has at its head and end (ID3, APE, Lyrics3).
 * Throws what `node:fs` throws, and `ProbeFailed`.
 */
export async function* withTag(tag: SoundTag, path: string): AsyncGenerator<Uint8Array> {
  const { start, end } = edgesOf(path);
  yield soundTag(tag);
  if (start < end) yield* createReadStream(path, { start, end: end - 1 });
}

function edgesOf(path: string): { start: number; end: number } {
  const window = new FileWindow(path);
  try {
    const start = soundStart(window);
    return { start, end: soundEnd(window, start) };
  } finally {
    window.close();
  }
}

function frame(id: string, ...parts: Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from(id, 'latin1'), syncsafe(body.length), Buffer.alloc(2), body]);
}

/** None where there is nothing to say. */
function textFrame(id: string, text: string | undefined): Buffer[] {
  // A zero would end the value and begin another.
  const clean = text?.replaceAll('\0', ' ').trim();
  return clean ? [frame(id, Buffer.of(UTF8), Buffer.from(clean))] : [];
}

// As a link of the file's own page, and as one of the user's, which more players show.
function addressFrames(address: string | undefined): Buffer[] {
  if (!address || !URL.canParse(address)) return [];
  const link = Buffer.from(new URL(address).href, 'latin1');
  return [frame('WOAF', link), frame('WXXX', Buffer.of(UTF8, 0), link)];
}

function chapterFrames({ chapters, seconds }: SoundTag): Buffer[] {
  const named = chapters.filter(({ title }) => title.trim() !== '').slice(0, MOST_CHAPTERS);
  if (named.length === 0) return [];
  const ids = named.map((_, index) => Buffer.from(`chp${index}\0`, 'latin1'));
  const head = Buffer.from(`${TABLE}\0`, 'latin1');
  const contents = frame('CTOC', head, Buffer.of(TOP_LEVEL_AND_ORDERED, named.length), ...ids);
  const frames = named.map(({ start, title }, index) =>
    frame(
      'CHAP',
      ids[index] ?? Buffer.alloc(0),
      chapterTimes(start, named[index + 1]?.start ?? seconds),
      ...textFrame('TIT2', title),
    ),
  );
  return [contents, ...frames];
}

function chapterTimes(start: number, end: number): Buffer {
  const times = Buffer.alloc(16);
  times.writeUInt32BE(milliseconds(start), 0);
  times.writeUInt32BE(milliseconds(Math.max(start, end)), 4);
  times.writeUInt32BE(NO_OFFSET, 8);
  times.writeUInt32BE(NO_OFFSET, 12);
  return times;
}

function coverFrame(cover: SoundTag['cover']): Buffer[] {
  if (!cover) return [];
  const head = Buffer.concat([
    Buffer.of(UTF8),
    Buffer.from(`${cover.type}\0`, 'latin1'),
    Buffer.of(FRONT_COVER, 0),
  ]);
  return [frame('APIC', head, cover.bytes)];
}

const milliseconds = (seconds: number): number =>
  Math.max(0, Math.min(MOST_MILLISECONDS, Math.round(seconds * 1000)));

/** Times with an offset in UTC, as ID3v2.4 §4 has it; others as they are. `undefined` for what is none. */
function timestamp(date: string): string | undefined {
  const time = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?)?/.exec(date)?.[0];
  const isExact = /T.*(Z|[+-]\d{2}:?\d{2})$/.test(date) && !Number.isNaN(Date.parse(date));
  return isExact ? new Date(date).toISOString().slice(0, 19) : time;
}

function languageCode(language: string | undefined): string | undefined {
  const main = language?.split('-')[0]?.toLowerCase() ?? '';
  return LANGUAGES[main] ?? (main.length === 3 ? main : undefined);
}

/** Seven bits a byte (ID3v2.4 §6.2). */
function syncsafe(value: number): Buffer {
  return Buffer.of((value >> 21) & 127, (value >> 14) & 127, (value >> 7) & 127, value & 127);
}
