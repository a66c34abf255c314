import type { IAudioMetadata } from 'music-metadata';
import type { Chapter } from '../model/segment.ts';

/** What the tags say. `date` is ISO 8601, at least a whole day, perhaps with a time; `language` is a BCP 47 tag. */
export type AudioTags = {
  title?: string;
  artist?: string;
  album?: string;
  date?: string;
  comment?: string;
  language?: string;
};

const LONGEST_LINE = 1_000;
const LONGEST_COMMENT = 20_000;
const MOST_CHAPTERS = 1_000;

/** Returns the tags that publishing has a use for, trimmed and of a bounded length; what is missing is left out. */
export function tagsOf(metadata: IAudioMetadata | undefined): AudioTags {
  const common = metadata?.common;
  return {
    ...text('title', common?.title, LONGEST_LINE),
    ...text('artist', common?.artist, LONGEST_LINE),
    ...text('album', common?.album, LONGEST_LINE),
    ...text('date', dateOf(metadata), LONGEST_LINE),
    ...text('comment', commentOf(metadata), LONGEST_COMMENT),
    ...text('language', languageTag(common?.language), LONGEST_LINE),
  };
}

function text<K extends string>(key: K, value: string | undefined, longest: number): { [P in K]?: string } {
  const tag: { [P in K]?: string } = {};
  const clean = value?.replaceAll('\0', ' ').trim().slice(0, longest);
  if (clean) tag[key] = clean;
  return tag;
}

function dateOf(metadata: IAudioMetadata | undefined): string | undefined {
  const whole = [metadata?.common.date, metadata?.common.releasedate].find(
    (date) => date && ISO_DATE.test(date),
  );
  return whole?.replace(' ', 'T') ?? olderId3Date(metadata);
}

const ISO_DATE =
  /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

// ID3v2.3 has the date in three frames: the year, the day as DDMM, the time as HHMM.
function olderId3Date(metadata: IAudioMetadata | undefined): string | undefined {
  const frames = new Map((metadata?.native['ID3v2.3'] ?? []).map((tag) => [tag.id, String(tag.value)]));
  const day = frames.get('TDAT')?.match(/^(\d\d)(\d\d)$/);
  if (!day) return undefined;
  const time = frames.get('TIME')?.match(/^(\d\d)(\d\d)$/);
  const date = `${frames.get('TYER')}-${day[2]}-${day[1]}${time ? `T${time[1]}:${time[2]}` : ''}`;
  return ISO_DATE.test(date) ? date : undefined;
}

// Players and rippers keep their own numbers in comments with a name (iTunNORM, iTunSMPB, ID3v1 Comment).
function commentOf(metadata: IAudioMetadata | undefined): string | undefined {
  const comments = metadata?.common.comment ?? [];
  return comments.find((comment) => !comment.descriptor && comment.text)?.text;
}

function languageTag(language: string | undefined): string | undefined {
  try {
    return language === undefined ? undefined : Intl.getCanonicalLocales(language.trim())[0];
  } catch {
    return undefined;
  }
}

/**
 * Returns the chapters in the file (ID3 CHAP, QuickTime and Nero chapters, `CHAPTERxxx` comments), in order of time,
 * those past the end left out. `seconds` is the length of the sound.
 */
export function chaptersOf(metadata: IAudioMetadata | undefined, seconds: number): Chapter[] {
  const found = (metadata?.format.chapters ?? []).map(({ start, timeScale, title, url }) => ({
    start: timeScale ? start / timeScale : start,
    title,
    url: url?.url,
  }));
  const chapters = found.length > 0 ? found : commentChapters(metadata);
  return chapters
    .filter(({ start, title }) => start >= 0 && start < seconds && title.trim() !== '')
    .sort((one, other) => one.start - other.start)
    .slice(0, MOST_CHAPTERS)
    .map(({ start, title, url }) => ({
      start,
      title: title.replaceAll('\0', '').trim().slice(0, LONGEST_LINE),
      ...(url && /^https?:\/\//i.test(url) && { url: url.slice(0, LONGEST_LINE) }),
    }));
}

// The Ogg chapter extension: CHAPTER001=HH:MM:SS.mmm, CHAPTER001NAME, CHAPTER001URL.
function commentChapters(metadata: IAudioMetadata | undefined) {
  const comments = new Map(
    (metadata?.native.vorbis ?? []).map((tag) => [tag.id.toUpperCase(), String(tag.value)]),
  );
  return [...comments].flatMap(([id, value]) => {
    const time = /^CHAPTER\d{3}$/.test(id) ? value.match(/^(\d+):(\d\d):(\d\d(?:\.\d+)?)$/) : null;
    if (!time) return [];
    const start = Number(time[1]) * 3600 + Number(time[2]) * 60 + Number(time[3]);
    return [{ start, title: comments.get(`${id}NAME`) ?? '', url: comments.get(`${id}URL`) }];
  });
}
