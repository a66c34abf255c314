import { Refused } from '../../model/problem.ts';
import type { PublishingContext } from '../context.ts';
import {
  currentStation,
  dateOfFile,
  type EpisodeFolder,
  episodeFolder,
  replaceText,
} from '../folders/folders.ts';
import { assertMayPublish, assertMayWrite, showOf } from '../permissions.ts';
import type { Publishing } from '../publishing.ts';
import { pinnedText } from '../writing/writing.ts';
import { binEpisode } from './bin-episode.ts';
import { moveEpisode } from './move-episode.ts';
import { listVersions, restoreVersion, versionDifference } from './versions.ts';
import { withdrawEpisode } from './withdraw-episode.ts';

export { binOperations, restoreJob } from './bin.ts';
export { binJob, emptyFolder } from './bin-episode.ts';
export { moveJob, redirectedFrom } from './move-episode.ts';
export { textDifference } from './text-difference.ts';
export { withdrawJob } from './withdraw-episode.ts';

/** Returns what staff do with episodes that have a folder. */
export function episodeOperations(context: PublishingContext): Publishing['episodes'] {
  return {
    async setStatus(actor, episode, status) {
      const show = showOf(episode);
      assertMayWrite(actor, show);
      const folder = await episodeFolder(context, episode);
      const present = folder.reading.values.status ?? 'published';
      if (status === 'published' || present === 'published') assertMayPublish(actor, show);
      if (status === present) return;
      const { content } = folder.reading;
      if (status === 'published' && content.segments.length === 0) throw new Refused('sound-missing');
      await replaceText(context, folder, {
        text: await textWithStatus(context, folder, status),
        by: actor,
        entry: { action: 'status-changed', subject: episode, details: { title: content.title, status } },
        keepsDraft: true,
      });
    },
    withdraw: (actor, episode) => withdrawEpisode(context, actor, episode),
    bin: (actor, episode) => binEpisode(context, actor, episode),
    move: (actor, episode, show) => moveEpisode(context, actor, episode, show),
    versions: (actor, episode) => listVersions(context, actor, episode),
    difference: (actor, episode, from, to) => versionDifference(context, actor, episode, from, to),
    restoreVersion: (actor, episode, version) => restoreVersion(context, actor, episode, version),
  };
}

/** Returns the text with the status. An episode that is published without a date gets the present one. */
async function textWithStatus(
  context: PublishingContext,
  { key, reading }: EpisodeFolder,
  status: 'published' | 'draft' | 'review',
): Promise<string> {
  const { timezone } = await currentStation(context);
  return pinnedText(reading, timezone, {
    status,
    publishedAt: status === 'published' ? context.now() : await dateOfFile(context, key, reading),
  });
}
