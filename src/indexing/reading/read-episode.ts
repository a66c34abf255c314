import type { Archive, Bundle, StoredFile } from '../../archive/archive.ts';
import { type Article, parseArticle } from '../../article/article.ts';
import type { Episode } from '../../model/episode.ts';
import { isAudioName } from '../../model/file-kinds.ts';
import { type EpisodeFile, readEpisodeFile } from '../../model/front-matter/episode-file.ts';
import { assembleEpisode, type EpisodeContext, type Heard } from './assemble-episode.ts';
import type { FileFacts } from './file-facts.ts';
import { readAudio } from './read-segments.ts';
import { readText } from './read-text.ts';
import { type Reading, ReadingNotes } from './reading.ts';
import { planSegments } from './segment-plan.ts';

/** Returns the episode that a second-level folder holds, or the faults that keep it out. */
export async function readEpisode(
  archive: Archive,
  facts: FileFacts,
  bundle: Bundle,
  context: EpisodeContext,
): Promise<Reading<Episode>> {
  const notes = new ReadingNotes(bundle.key);
  if (bundle.unreadable) {
    notes.error('folder-unreadable');
    return notes.reading<Episode>(undefined, true);
  }
  for (const name of bundle.clashes) notes.warn('name-twice', { values: { value: name } });
  const source = await readText(archive, bundle, 'episode.md', notes);
  const { values, body, bodyLine, faults } = readEpisodeFile(source ?? '', bundle.key);
  notes.faults.push(...faults);
  if (notes.hasError) return notes.reading<Episode>(undefined, true);

  const isWithdrawn = values.status === 'withdrawn';
  const article = parseArticle(isWithdrawn ? '' : body);
  const heard = isWithdrawn ? [] : await readSegmentFiles(facts, bundle, values, article, notes, context.now);
  if (notes.hasError) {
    const isCopying = notes.faults.every(
      ({ severity, code }) => severity === 'warning' || code === 'audio-being-copied',
    );
    return notes.reading<Episode>(undefined, isCopying);
  }
  const isUnfinished = values.status === 'draft' || values.status === 'review';
  if (heard.length === 0 && !isWithdrawn) {
    if (!isUnfinished) {
      notes.error('audio-missing');
      return notes.reading<Episode>(undefined, false);
    }
    // Staff see in their lists what still waits for its sound.
    notes.warn('audio-missing');
  }
  return assembleEpisode(archive, facts, bundle, context, { values, article, bodyLine, heard, notes });
}

async function readSegmentFiles(
  facts: FileFacts,
  bundle: Bundle,
  values: EpisodeFile,
  article: Article,
  notes: ReadingNotes,
  now: number,
): Promise<Heard[]> {
  const files = new Map<string, StoredFile>();
  for (const file of bundle.files) {
    if (!isAudioName(file.name)) continue;
    if (file.leadsOut) notes.warn('link-leads-out', { file: file.name, values: { value: file.name } });
    else files.set(file.name, file);
  }
  const plan = planSegments([...files.keys()], values.segments ?? [], article.linked);
  for (const value of plan.missing)
    notes.warn('segment-not-found', { file: 'episode.md', values: { value } });
  if (plan.renamed !== undefined) {
    const { from: value, to: found } = plan.renamed;
    notes.warn('segment-renamed', { file: 'episode.md', values: { value, found } });
  }
  const heard: Heard[] = [];
  for (const segment of plan.segments) {
    const file = files.get(segment.file);
    const audio = file && (await readAudio(facts, bundle, file, notes, now));
    if (audio !== undefined) heard.push({ ...segment, audio });
  }
  return heard;
}
