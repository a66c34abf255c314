import { parseArticle } from '../../article/article.ts';
import { headingChapters } from '../../article/heading-chapters.ts';
import { parseChaptersFile } from '../../audio/chapters-file.ts';
import { ChaptersBroken } from '../../audio/failures.ts';
import type { SoundTag } from '../../audio/production/production.ts';
import { episodePath } from '../../model/addresses.ts';
import { stemOf } from '../../model/file-kinds.ts';
import type { Chapter } from '../../model/segment.ts';
import type { Show } from '../../model/show.ts';
import type { Station } from '../../model/station.ts';
import type { DraftContent } from '../drafts/drafts.ts';

/** The content of a sound's tag, beside its own facts. */
export type TaggedEpisode = {
  key: string;
  /** As it is written. */
  content: DraftContent;
  /** ISO 8601. */
  date: string;
  show: Show;
  station: Station;
  publicUrl: string;
  /** A square JPEG of the episode's own cover. */
  cover?: Uint8Array;
};

/** A sound to be tagged. `chapters`: from their own file, else from the upload. */
export type TaggedSound = {
  position: number;
  seconds: number;
  ownTitle?: string;
  chapters: { start: number; title: string }[];
};

/** Returns the tag of a segment's file, for its use outside the site. */
export function soundTag(episode: TaggedEpisode, sound: TaggedSound): SoundTag {
  const { key, content, date, show, station, publicUrl, cover } = episode;
  const { position, seconds, ownTitle, chapters } = sound;
  const segment = content.segments[position];
  // At a chapter past the end a player would stop at once.
  const given = chapters.filter(({ start }) => start < seconds);
  // Of several segments, an untitled one keeps its tag's title: they cannot all have the episode's.
  const untitled = content.segments.length > 1 ? (ownTitle ?? stemOf(segment?.file ?? '')) : content.title;
  const [showSlug = '', slug = ''] = key.split('/');
  return {
    title: segment?.title || untitled,
    show: show.title,
    station: station.title,
    date,
    language: show.language,
    address: publicUrl + episodePath(showSlug, slug),
    ...(cover !== undefined && { cover: { type: 'image/jpeg' as const, bytes: cover } }),
    chapters: given.length > 0 ? given : chaptersInArticle(content, position, seconds),
    seconds,
  };
}

/** Returns the chapters that the article's headings give a segment that is `seconds` long. */
export function chaptersInArticle(
  { body, segments }: Pick<DraftContent, 'body' | 'segments'>,
  position: number,
  seconds: number,
): Chapter[] {
  const heard = segments.map(({ file }, at) => ({
    file,
    seconds: at === position ? seconds : Number.POSITIVE_INFINITY,
    href: '',
  }));
  const { html } = parseArticle(body).render({ segments: heard, files: new Map(), pictures: new Map() });
  return headingChapters(html, position);
}

/** Returns the chapters of a chapters file; none if it cannot be read, which is reported on upload. */
export function chaptersInFile(text: string): Chapter[] {
  try {
    return parseChaptersFile(text);
  } catch (error) {
    if (error instanceof ChaptersBroken) return [];
    throw error;
  }
}
