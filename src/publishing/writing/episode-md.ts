import { isDeepStrictEqual } from 'node:util';
import { isCoverName } from '../../model/file-kinds.ts';
import { parseFrontMatter, withKeys } from '../../model/front-matter/front-matter.ts';
import { dateWithOffset, writtenDate } from '../../model/station-time.ts';
import type { DraftContent } from '../drafts/drafts.ts';
import { type EpisodeReading, trimArticle } from '../folders/folders.ts';
import { segmentEntries, type WrittenSegment, writtenPeople } from './segment-entries.ts';

export type EpisodeTextParts = {
  /** The present text; empty for a new episode. */
  before: EpisodeReading;
  /** File names, and links to them, as they will be. */
  content: DraftContent;
  /** The episode's, for ever. */
  guid: string;
  segments: readonly WrittenSegment[];
  /** Names of the files that the folder will have. */
  files: readonly string[];
  /** `keep`: the status in the file stays. */
  status: 'keep' | 'published' | 'draft' | 'review';
  /**
   * The date for an episode that has none: it goes out now, or is out and dated by a file (milliseconds since
   * 1970).
   */
  publishedAt?: number | undefined;
  timezone: string;
};

/**
 * Returns the episode.md of a draft. Only keys whose value changed are touched, and keys whose value is the
 * default are not written; the guid always is. Every other byte stays.
 */
export function episodeText(parts: EpisodeTextParts): string {
  const { before, content } = parts;
  const text = withKeys(before.text, changedKeys(parts)).toWellFormed();
  return trimArticle(content.body) === before.content.body ? text : withArticle(text, content.body);
}

function changedKeys(parts: EpisodeTextParts): Record<string, unknown> {
  const { before, content, guid, segments, timezone } = parts;
  const was = before.content;
  const changes: Record<string, unknown> = {};
  const set = (key: string, value: unknown, old: unknown, written: unknown) => {
    if (!isDeepStrictEqual(value, old)) changes[key] = written;
  };
  const setText = (key: string, value: string, old: string) => set(key, value, old, value || undefined);
  setText('title', oneLine(content.title), was.title);
  const date = content.date === '' ? dateOfNow(parts) : content.date;
  set('date', date, was.date, writtenDate(date, timezone) || undefined);
  setText('summary', oneLine(content.summary), was.summary);
  setText('byline', oneLine(content.byline), was.byline);
  set('people', content.people, was.people, writtenPeople(content.people));
  set('categories', content.categories, was.categories, listOf(content.categories));
  set('tags', content.tags, was.tags, listOf(content.tags));
  set('cover', content.cover.file, was.cover.file, coverOf(parts));
  setText('coverAlt', oneLine(content.cover.alt), was.cover.alt);
  setText('source', content.source.trim(), was.source);
  setText('licence', oneLine(content.licence), was.licence);
  set('explicit', content.explicit, was.explicit, EXPLICIT[content.explicit]);
  set('season', content.season, was.season, content.season);
  set('episode', content.number, was.number, content.number);
  set('type', content.type, was.type, content.type === 'full' ? undefined : content.type);
  Object.assign(changes, statusChange(parts));
  set('guid', guid, before.values.guid, guid);
  Object.assign(changes, segmentEntries(before, segments, guid));
  return changes;
}

const EXPLICIT = { '': undefined, yes: true, no: false } as const;

const dateOfNow = ({ publishedAt, timezone }: EpisodeTextParts): string =>
  publishedAt === undefined ? '' : dateWithOffset(publishedAt, timezone);

/** Returns the value of `cover`; `undefined` if the cover is found by its name. */
function coverOf({ content, files }: EpisodeTextParts): string | undefined {
  const { file } = content.cover;
  return file === files.toSorted().find(isCoverName) ? undefined : file;
}

/** An episode without a status is published. */
function statusChange({ before, status }: EpisodeTextParts): { status?: string | undefined } {
  if (status === 'keep' || status === before.values.status) return {};
  return { status: status === 'published' ? undefined : status };
}

function listOf(names: readonly string[]): string[] | undefined {
  const clean = [...new Set(names.map(oneLine))].filter((name) => name !== '');
  return clean.length === 0 ? undefined : clean;
}

/** Returns the value as front matter is read: without control characters and line breaks. */
const oneLine = (value: string): string =>
  value
    .normalize('NFC')
    .replace(/[\p{Cc}\u2028\u2029\uFFFE\uFFFF]+/gu, ' ')
    .trim();

/**
 * Returns the file with another article below its front matter, with the same line ends as the front matter.
 */
export function withArticle(text: string, article: string): string {
  const { body } = parseFrontMatter(text);
  const head = text.slice(0, text.length - body.length);
  const newline = head.includes('\r\n') ? '\r\n' : '\n';
  const clean = trimArticle(article.replaceAll('\0', '').toWellFormed());
  if (clean === '') return head;
  const above = head === '' || head.endsWith('\n') ? head : head + newline;
  return `${above}${newline}${clean.replaceAll('\n', newline)}${newline}`;
}
