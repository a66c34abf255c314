import { parseArticle } from '../../article/article.ts';
import { isAudioName } from '../../model/file-kinds.ts';
import { withKeys } from '../../model/front-matter/front-matter.ts';
import type { DraftContent, IntendedAction } from '../drafts/drafts.ts';
import type { EpisodeReading } from '../folders/folders.ts';
import { type EpisodeTextParts, episodeText } from './episode-md.ts';
import { filesToRemove, type PlacedSegment, type Put, placeFiles, type ReadyFile } from './file-placement.ts';
import { withRenamedLinks } from './renamed-links.ts';

export type PlanParts = {
  /** The folder as it was when the draft was opened. */
  before: EpisodeReading;
  /** Whether only the studio has written this folder. */
  isNew: boolean;
  content: DraftContent;
  /** The ready files by upload; a missing one counts as its segment says. */
  uploads: ReadonlyMap<string, ReadyFile>;
  action: IntendedAction;
  /** The episode's, for ever. */
  guid: string;
  /** When it was asked for (milliseconds since 1970). */
  at: number;
  timezone: string;
  /** The date of an episode that is dated by a file alone (milliseconds since 1970). */
  dated?: number | undefined;
};

/**
 * The steps of a writing, in this order. At every moment in between the folder can be read, is correct, and
 * no segment has another guid than before.
 */
export type WritingPlan = {
  /** An episode.md to begin with: not public yet, or with every guid written down. */
  first?: string;
  puts: Put[];
  /** Sounds, pictures and companions that are no longer wanted. */
  removes: string[];
  /** The episode.md to end with. */
  final: string;
  /** Files that are replaced under another extension. */
  removesLast: string[];
  /** Replaced and removed files, to be kept aside for a while. */
  keeps: string[];
  segments: PlacedSegment[];
  /** As the folder will have it. */
  content: DraftContent;
};

/** Returns how the draft becomes its folder. Throws `Refused` (`name-refused`), `FrontMatterBroken`. */
export function planWriting(parts: PlanParts): WritingPlan {
  const { before, isNew, content, uploads, action, guid, at, timezone, dated } = parts;
  const placed = placeFiles(before, content, uploads, guid);
  const body = withRenamedLinks(content.body, placed.renames);
  const unwanted = filesToRemove(before, placed, parseArticle(body).linked);
  const renamed = placed.segments.flatMap(({ file, was }) =>
    was !== undefined && was !== file ? [was] : [],
  );
  const written: DraftContent = {
    ...content,
    body,
    segments: placed.segments.map(({ file, guid, title, people }, position) => ({
      file,
      guid,
      title,
      people,
      voice: content.segments[position]?.voice ?? 'auto',
    })),
    files: placed.files.map((file) => ({ file })),
    cover: { alt: content.cover.alt, ...(placed.cover !== undefined && { file: placed.cover }) },
  };
  const files = [
    ...before.files.filter((file) => !unwanted.includes(file)),
    ...placed.puts.map(({ file }) => file).filter((file) => !before.files.includes(file)),
  ];
  const isOut = !isNew && (before.values.status ?? 'published') === 'published';
  const final = episodeText({
    before,
    content: written,
    guid,
    files,
    timezone,
    segments: placed.segments,
    status: action === 'publish' ? 'published' : action === 'review' ? 'review' : isNew ? 'draft' : 'keep',
    publishedAt: action === 'publish' && !isOut ? at : isOut ? dated : undefined,
  });
  return {
    first: isNew ? hiddenText(final, action) : pinnedText(parts, placed.segments, unwanted),
    puts: placed.puts,
    removes: unwanted.filter((file) => !renamed.includes(file)),
    final,
    removesLast: renamed,
    keeps: [
      ...unwanted,
      ...placed.puts.map(({ file }) => file).filter((file) => before.files.includes(file)),
    ],
    segments: placed.segments,
    content: written,
  };
}

const hiddenText = (final: string, action: IntendedAction): string =>
  action === 'publish' ? withKeys(final, { status: 'draft' }) : final;

/**
 * Returns the first text, which names all present and all future sounds: they come and go one by one, and a
 * reader must not give one the guid of another. `undefined` if no sound comes under a new name or is removed.
 */
function pinnedText(parts: PlanParts, after: PlacedSegment[], unwanted: string[]): string | undefined {
  const { before, guid, timezone } = parts;
  const added = after.filter(({ was, upload }) => was === undefined && upload !== undefined);
  const isSame = added.length === 0 && !unwanted.some(isAudioName);
  if (isSame) return undefined;
  const present = before.content.segments.map(({ file, title, people }, position) => ({
    file,
    title,
    people,
    guid: before.guids.segments[position] ?? '',
  }));
  const kept: EpisodeTextParts = {
    before,
    guid,
    timezone,
    content: before.content,
    segments: [...present, ...added],
    files: before.files,
    status: 'keep',
  };
  const text = episodeText(kept);
  return text === before.text ? undefined : text;
}
