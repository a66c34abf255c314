import { parseArticle } from '../../article/article.ts';
import { type PlannedSegment, plannedGuids, planSegments } from '../../indexing/reading/segment-plan.ts';
import { isAudioName, isCoverName, isPictureName, transcriptType } from '../../model/file-kinds.ts';
import { type EpisodeFile, readEpisodeFile } from '../../model/front-matter/episode-file.ts';
import { parseFrontMatter } from '../../model/front-matter/front-matter.ts';
import { Refused } from '../../model/problem.ts';
import { type DraftContent, draftContent } from '../drafts/drafts.ts';

/** A folder as staff edit it, with what is needed to write it back without changing anything else. */
export type EpisodeReading = {
  text: string;
  /** Names of the folder's files. */
  files: readonly string[];
  values: EpisodeFile;
  content: DraftContent;
  /**
   * The guids, which never change: those in the file, otherwise those that the index derives, which are then
   * written into it.
   */
  guids: { episode: string; segments: string[] };
  /** The entry of `segments` for an audio file, as it is in the file. */
  entries: ReadonlyMap<string, Record<string, unknown>>;
  /** Entries of `segments` whose file is not there. */
  lostEntries: Record<string, unknown>[];
};

export type FolderParts = {
  key: string;
  text: string;
  files: readonly string[];
  /** The show's guid, from which missing guids are derived. */
  showGuid: string;
};

/**
 * Returns what a folder says. Throws `Refused` (`value-wrong`) when its front matter is none, or too large to
 * edit.
 */
export function readEpisodeFolder({ key, text, files, showGuid }: FolderParts): EpisodeReading {
  const { values, body, faults } = readEpisodeFile(text, key);
  const broken = faults.find(({ code }) => code === 'yaml-broken');
  if (broken !== undefined)
    throw new Refused('value-wrong', { field: 'episode.md', reason: broken.values.reason ?? '' });
  const [show = '', slug = ''] = key.split('/');
  const audio = files.filter(isAudioName);
  const plan = planSegments(audio, values.segments ?? [], parseArticle(body).linked);
  const guids = plannedGuids(showGuid, slug, plan.segments, values.guid);
  const [single] = plan.segments.length === 1 ? guids.segments : [];
  const { entries, lostEntries } = writtenEntries(text, values, plan.segments);
  return {
    text,
    files,
    values,
    content: contentOf({ show, values, body, files, segments: plan.segments, guids: guids.segments }),
    // Apps know the segment's guid; in an episode with one segment it is also the episode's.
    guids: { episode: values.guid ?? single ?? guids.episode, segments: guids.segments },
    entries,
    lostEntries,
  };
}

type ContentParts = {
  show: string;
  values: EpisodeFile;
  body: string;
  files: readonly string[];
  segments: PlannedSegment[];
  guids: string[];
};

function contentOf({ show, values, body, files, segments, guids }: ContentParts): DraftContent {
  const named = values.cover === undefined ? files.find(isCoverName) : values.cover;
  const cover = named !== undefined && files.includes(named) ? named : undefined;
  const content = draftContent.safeParse({
    show,
    title: values.title ?? '',
    summary: values.summary ?? '',
    byline: values.byline ?? '',
    people: values.people ?? [],
    categories: values.categories ?? [],
    tags: values.tags ?? [],
    date: values.date ?? '',
    source: values.source ?? '',
    licence: values.licence ?? '',
    explicit: values.explicit === undefined ? '' : values.explicit ? 'yes' : 'no',
    season: values.season,
    number: values.episode,
    type: values.type ?? 'full',
    body: trimArticle(body),
    segments: segments.map(({ file, entry }, position) => ({
      file,
      title: entry?.title ?? '',
      guid: guids[position],
      people: entry?.people,
    })),
    files: files.filter((file) => file !== cover && isCompanion(file)).map((file) => ({ file })),
    cover: { file: cover, alt: values.coverAlt ?? '' },
  });
  if (content.success) return content.data;
  const issue = content.error.issues[0];
  throw new Refused('value-wrong', { field: issue?.path.join('.') ?? '', reason: issue?.message ?? '' });
}

/** Returns whether a file belongs to the article or to a segment. Other files in a folder are left alone. */
export const isCompanion = (file: string): boolean =>
  isPictureName(file) || transcriptType(file) !== undefined || /\.chapters\.json$/i.test(file);

/** Returns the article without empty lines before and after it, whatever its line ends are. */
export const trimArticle = (body: string): string =>
  body
    .replaceAll('\r\n', '\n')
    .replace(/^(?:[ \t]*\n)+/, '')
    .trimEnd();

function writtenEntries(
  text: string,
  values: EpisodeFile,
  segments: PlannedSegment[],
): Pick<EpisodeReading, 'entries' | 'lostEntries'> {
  const written = values.segments === undefined ? [] : parseFrontMatter(text).data.segments;
  const raw = (Array.isArray(written) ? written : []).map((entry: unknown) => recordOf(entry));
  const ofFile = new Map(
    segments.map(({ file, entry }) => [
      file,
      entry === undefined ? -1 : (values.segments ?? []).indexOf(entry),
    ]),
  );
  return {
    entries: new Map([...ofFile].flatMap(([file, at]) => (at < 0 ? [] : [[file, raw[at] ?? {}] as const]))),
    lostEntries: raw.filter((_, at) => ![...ofFile.values()].includes(at)),
  };
}

const recordOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? { ...value } : {};
