import { Refused } from '../../model/problem.ts';
import type { Room } from '../context.ts';
import { datedByFile, type EpisodeFolder, episodeFolder } from '../folders/episode-folder.ts';
import { knownStation } from '../folders/known-show.ts';
import { replaceText } from '../folders/replace-text.ts';
import { assertMayPublish, assertMayWrite, showOf } from '../permissions.ts';
import type { Publishing } from '../publishing.ts';
import { pinnedText } from '../writing/pinned-text.ts';
import { binEpisode } from './bin-episode.ts';
import { moveEpisode } from './move-episode.ts';
import { differenceIn, restoreVersion, versionsOf } from './versions.ts';
import { withdrawEpisode } from './withdraw-episode.ts';

/** Returns what staff do with episodes that have a folder. */
export function episodesOf(room: Room): Publishing['episodes'] {
  return {
    async setStatus(actor, episode, status) {
      const show = showOf(episode);
      assertMayWrite(actor, show);
      const folder = await episodeFolder(room, episode);
      const present = folder.reading.values.status ?? 'published';
      if (status === 'published' || present === 'published') assertMayPublish(actor, show);
      if (status === present) return;
      const { content } = folder.reading;
      if (status === 'published' && content.segments.length === 0) throw new Refused('sound-missing');
      await replaceText(room, folder, {
        text: await textWithStatus(room, folder, status),
        by: actor,
        entry: { action: 'status-changed', subject: episode, details: { title: content.title, status } },
        keepsDraft: true,
      });
    },
    withdraw: (actor, episode) => withdrawEpisode(room, actor, episode),
    bin: (actor, episode) => binEpisode(room, actor, episode),
    move: (actor, episode, show) => moveEpisode(room, actor, episode, show),
    versions: (actor, episode) => versionsOf(room, actor, episode),
    difference: (actor, episode, from, to) => differenceIn(room, actor, episode, from, to),
    restoreVersion: (actor, episode, version) => restoreVersion(room, actor, episode, version),
  };
}

/** What goes out without a date gets that of now. */
async function textWithStatus(
  room: Room,
  { key, reading }: EpisodeFolder,
  status: 'published' | 'draft' | 'review',
): Promise<string> {
  const { timezone } = await knownStation(room);
  return pinnedText(reading, timezone, {
    status,
    publishedAt: status === 'published' ? room.now() : await datedByFile(room, key, reading),
  });
}
