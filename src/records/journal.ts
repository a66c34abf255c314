import type { Actor } from '../model/permissions.ts';
import type { Db } from './records.ts';

/** Who did something, as the journal and the versions keep it. */
export type JournalActor = Pick<Actor, 'id' | 'name' | 'via'>;

/**
 * An action and its subject: an episode's key, the id of a draft, an upload or an account, or a show's slug.
 */
export type NewJournalEntry = { action: string; subject: string; details?: Record<string, string> };

/** The program itself, as the actor of what nobody asked for. */
export const SYSTEM: JournalActor = { id: 'system', name: 'Riascolta', via: 'system' };

/**
 * Writes an entry of the journal. Called in the transaction of the action that it records. `at`: milliseconds
 * since 1970.
 */
export async function addJournalEntry(
  db: Db,
  at: number,
  by: JournalActor,
  entry: NewJournalEntry,
): Promise<void> {
  const { action, subject, details = {} } = entry;
  await db
    .insertInto('journal')
    .values({
      at,
      by_id: accountIdOf(by),
      by_name: by.name,
      via: by.via,
      action,
      subject,
      details_json: JSON.stringify(details),
    })
    .execute();
}

/** Returns the id of somebody's account; the command line and the program itself have none. */
export const accountIdOf = ({ id, via }: JournalActor): string | null =>
  via === 'command' || via === 'system' ? null : id;
