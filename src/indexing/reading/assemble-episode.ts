import type { Archive, Bundle } from '../../archive/archive.ts';
import type { Article } from '../../article/article.ts';
import { headingChapters } from '../../article/heading-chapters.ts';
import { leadingText } from '../../article/plain-text.ts';
import type { Episode } from '../../model/episode.ts';
import { stemOf } from '../../model/file-kinds.ts';
import type { EpisodeFile } from '../../model/front-matter/episode-file.ts';
import type { Segment } from '../../model/segment.ts';
import type { Show } from '../../model/show.ts';
import type { Picture } from '../../model/station.ts';
import { episodeDate } from './episode-date.ts';
import { type AudioFact, type FileFacts, fileKey } from './file-facts.ts';
import { pairedArticle } from './paired-article.ts';
import { readChapters } from './read-chapters.ts';
import { readCover } from './read-cover.ts';
import { readTranscript } from './read-transcript.ts';
import type { Reading, ReadingNotes } from './reading.ts';
import { type PlannedSegment, plannedGuids } from './segment-plan.ts';

/** What an episode inherits from its show and station. `now`: milliseconds since 1970. */
export type EpisodeContext = { show: Show; timezone: string; now: number };

/** A segment with what its audio says. */
export type Heard = PlannedSegment & { audio: AudioFact };

const SUMMARY_LENGTH = 300;

/** What was read of an episode before it is put together. */
export type EpisodeParts = {
  values: EpisodeFile;
  article: Article;
  bodyLine: number;
  heard: Heard[];
  notes: ReadingNotes;
};

/** Returns the episode with a default for each missing key (docs/episode-format.md lists them). */
export async function assembleEpisode(
  archive: Archive,
  facts: FileFacts,
  bundle: Bundle,
  context: EpisodeContext,
  { values, article, bodyLine, heard, notes }: EpisodeParts,
): Promise<Reading<Episode>> {
  const { show, timezone } = context;
  const slug = bundle.key.slice(show.slug.length + 1);
  const title = values.title ?? heard[0]?.audio.title;
  if (title === undefined) notes.error('title-missing', { file: 'episode.md', line: 1 });
  const date = episodeDate(
    { written: values.date, folder: slug, tagged: heard[0]?.audio.date, fileModifiedAt: modifiedAt(bundle) },
    timezone,
  );
  if (date === undefined)
    notes.error('date-invalid', { file: 'episode.md', values: { value: values.date ?? '' } });
  if (title === undefined || date === undefined) return notes.reading<Episode>(undefined, true);
  if (date.from === 'file') {
    const value = new Date(date.instant).toISOString().slice(0, 10);
    notes.warn('date-from-file', { file: 'episode.md', values: { value } });
  }
  const guids = plannedGuids(show.guid, slug, heard, values.guid);
  if (!guids.pinned && values.status !== 'withdrawn') notes.warn('guid-unpinned', { file: 'episode.md' });

  const language = show.language;
  const cover =
    (await readCover(facts, bundle, { cover: values.cover, alt: values.coverAlt }, notes)) ??
    embeddedCover(bundle, heard[0], values.coverAlt, notes) ??
    show.cover;
  const segments: Segment[] = [];
  for (const [position, { file, entry, audio }] of heard.entries()) {
    const { chapters, chaptersFrom } = await readChapters(archive, bundle, { file, entry, audio }, notes);
    const said = await readTranscript(
      archive,
      bundle,
      { file, entry, seconds: audio.seconds },
      language,
      notes,
    );
    if (said !== undefined) notes.cues.set(position, said.cues);
    segments.push({
      guid: guids.segments[position] ?? '',
      file,
      title: entry?.title ?? (heard.length > 1 ? (audio.title ?? stemOf(file)) : title),
      fingerprint: audio.fingerprint,
      type: audio.type,
      bytes: audio.bytes,
      seconds: audio.seconds,
      people: entry?.people ?? [],
      chapters,
      chaptersFrom,
      transcript: said?.transcript,
    });
  }
  const { html, text } = await pairedArticle(facts, bundle, { article, bodyLine, segments, notes });
  return notes.reading<Episode>(
    {
      show: show.slug,
      slug,
      guid: guids.episode,
      title,
      publishedAt: date.instant,
      summary: values.summary ?? (leadingText(text, SUMMARY_LENGTH) || (heard[0]?.audio.comment ?? '')),
      byline: values.byline,
      people: values.people ?? [],
      categories: values.categories ?? [],
      tags: values.tags ?? [],
      cover,
      source: values.source,
      licence: values.licence ?? show.licence,
      explicit: values.explicit ?? show.explicit,
      season: values.season,
      number: values.episode,
      type: values.type ?? 'full',
      status: values.status ?? 'published',
      language,
      redirectFrom: values.redirectFrom ?? [],
      articleHtml: html,
      articleText: text,
      segments: segments.map((segment, position) => withHeadingChapters(segment, html, position)),
    },
    true,
  );
}

const modifiedAt = (bundle: Bundle): number => Math.max(0, ...bundle.files.map((file) => file.modifiedAt));

function embeddedCover(
  bundle: Bundle,
  first: Heard | undefined,
  alt: string | undefined,
  notes: ReadingNotes,
): Picture | undefined {
  const picture = first?.audio.picture;
  if (first === undefined || picture === undefined) return undefined;
  notes.pictures.set(picture.id, { from: 'audio', fileKey: fileKey(bundle, { name: first.file }) });
  return { ...picture, alt: alt ?? '' };
}

function withHeadingChapters(segment: Segment, html: string, position: number): Segment {
  if (segment.chaptersFrom !== 'none') return segment;
  const chapters = headingChapters(html, position);
  return chapters.length === 0 ? segment : { ...segment, chapters, chaptersFrom: 'article' };
}
