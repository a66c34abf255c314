import type { Kysely } from 'kysely';
import type { Episode } from '../../model/episode.ts';
import type { Cue } from '../../model/transcript.ts';
import type { CatalogueTables } from '../schema.ts';
import type { SpokenText } from '../search/spoken-text.ts';
import { stemmedLanguage } from '../search/stems.ts';
import { stored } from '../stored.ts';

type Db = Kysely<CatalogueTables>;

/** Returns what is said in the segment at `position` (from 0) of the episode in this folder, public or not. */
export async function cues(db: Db, key: string, position: number): Promise<Cue[]> {
  const row = await db
    .selectFrom('transcripts')
    .innerJoin('episodes', 'episodes.id', 'transcripts.episode_id')
    .select('transcripts.cues')
    .where('episodes.key', '=', key)
    .where('transcripts.position', '=', position)
    .executeTakeFirst();
  return row === undefined ? [] : stored<Cue[]>(row.cues);
}

/** Returns what is said in each segment of an episode that has a transcript, in their order. */
export async function spokenIn(db: Db, id: number, episode: Episode): Promise<SpokenText[]> {
  const rows = await db
    .selectFrom('transcripts')
    .select(['position', 'cues'])
    .where('episode_id', '=', id)
    .orderBy('position')
    .execute();
  return rows.map(({ position, cues }) => {
    const tag = episode.segments[position]?.transcript?.language ?? episode.language;
    return { segment: position, language: stemmedLanguage(tag), cues: stored<Cue[]>(cues) };
  });
}
