import { fileFingerprint } from '../../audio/fingerprint.ts';
import { withTag } from '../../audio/production/mp3/id3-tag.ts';
import { fileFacts } from '../../indexing/reading/file-facts.ts';
import { ReadingNotes } from '../../indexing/reading/reading.ts';
import { waveformPath } from '../../listening/waveform-path.ts';
import type { Chapter } from '../../model/segment.ts';
import type { PublishingContext } from '../context.ts';
import { ownCover } from './put-files.ts';
import { chaptersInArticle, soundTag } from './sound-tag.ts';
import type { WritingTask } from './writing-task.ts';

/** How far two times of one chapter may differ, since tags count milliseconds (s). */
const SAME_MOMENT = 0.01;

/** A sound with a new tag, and the path of the waveform that it keeps. */
export type Retagged = { file: string; peaks: string; data: AsyncIterable<Uint8Array> };

/**
 * Returns the sounds whose tags hold chapters of the article's earlier headings, which would take precedence
 * over the new ones. Each is made on demand.
 */
export async function staleTags(
  context: PublishingContext,
  task: WritingTask,
): Promise<(() => Promise<Retagged>)[]> {
  const { key, base, plan, tagged } = task;
  const before = base.before.content;
  if (before.body === plan.content.body || base.isNew) return [];
  const bundle = await context.archive.bundle(key);
  const facts = fileFacts(context.archive, context.catalogue, context.prober);
  const stale: (() => Promise<Retagged>)[] = [];
  for (const [position, { file, upload, was }] of plan.segments.entries()) {
    const stored = bundle?.files.find(({ name }) => name === file);
    const at = before.segments.findIndex((one) => one.file === was);
    if (bundle === undefined || stored === undefined || upload !== undefined || at < 0) continue;
    // Without a moment in a heading there is nothing to compare, so no file is opened.
    if (!hasChapters(before.body)) continue;
    const audio = await facts.audio(bundle, stored, new ReadingNotes(key)).catch(() => undefined);
    if (audio === undefined || audio.type !== 'audio/mpeg') continue;
    const { seconds, chapters: tags, title } = audio;
    const said = chaptersInArticle(before, at, seconds);
    const says = chaptersInArticle(plan.content, position, seconds);
    if (said.length === 0 || !isSame(said, tags) || isSame(said, says)) continue;
    stale.push(async () => {
      const path = await context.archive.localPath(`${key}/${file}`);
      if (path === undefined) throw new Error(`${key}/${file} went while its tag was written`);
      const peaks = waveformPath(context.dataDir, await fileFingerprint(path));
      const episode = { ...tagged, ...(await ownCover(context, { key, plan })) };
      const tag = soundTag(episode, { position, seconds, ownTitle: title, chapters: [] });
      return { file, peaks, data: withTag(tag, path) };
    });
  }
  return stale;
}

const hasChapters = (body: string): boolean => /^#{1,6} .*#t=|^.*#t=.*\n[=-]+$/m.test(body);

const isSame = (one: readonly Chapter[], other: readonly Chapter[]): boolean =>
  one.length === other.length &&
  one.every(({ start, title }, at) => {
    const twin = other[at];
    return twin !== undefined && twin.title === title && Math.abs(twin.start - start) <= SAME_MOMENT;
  });
