import { z } from 'zod';
import { Refused } from '../model/problem.ts';
import { addJournalEntry } from '../records/journal.ts';
import type { PublishingContext } from './context.ts';
import { maySee, showOf } from './permissions.ts';
import type { Publishing } from './publishing.ts';

/**
 * The actions of publishing in the journal. Their subject is an episode's key, a show's slug, `''`, or a
 * draft's id.
 */
export const PUBLISHING_ACTIONS = [
  'episode-published', // { title, draft }
  'episode-saved', // { title, draft }
  'episode-handed-in', // { title, draft }
  'writing-stopped', // { title, problem } and the problem's values; of a draft or an episode
  'draft-discarded', // {}
  'status-changed', // { title, status }
  'version-restored', // { title, version }
  'episode-withdrawn', // {}
  'episode-binned', // { title }
  'episode-restored', // { title }
  'bin-emptied', // { title }
  'episode-moved', // { title, from }
  'show-created', // { title }
  'show-saved', // { title }
  'show-renamed', // { title, from }
  'station-saved', // {}
  'cover-replaced', // {}
] as const;
export type PublishingAction = (typeof PUBLISHING_ACTIONS)[number];

const details = z.record(z.string(), z.string());

export function journalOperations({ records, now }: PublishingContext): Publishing['journal'] {
  return {
    add: (actor, action, subject, details) =>
      records.write((db) => addJournalEntry(db, now(), actor, { action, subject, details })),

    async list(actor, { before, limit, subject }) {
      // Contributors see entries about their own shows; all other entries are for editors and admins.
      const isOwn = subject?.includes('/') && maySee(actor, { show: showOf(subject), ownerId: '' });
      if (!isOwn && actor.role === 'contributor') throw new Refused('not-allowed');
      let query = records.db.selectFrom('journal').selectAll().orderBy('id', 'desc').limit(limit);
      if (before !== undefined) query = query.where('id', '<', before);
      if (subject !== undefined) query = query.where('subject', '=', subject);
      return (await query.execute()).map((row) => ({
        id: row.id,
        at: row.at,
        byName: row.by_name,
        via: row.via,
        action: row.action,
        subject: row.subject,
        details: details.parse(JSON.parse(row.details_json)),
      }));
    },
  };
}
