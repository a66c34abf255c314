import { z } from 'zod';
import { type Actor, VIA } from '../model/permissions.ts';
import type { JournalActor } from '../records/journal.ts';
import type { Intent } from './drafts/drafts.ts';

const actor = z.object({ id: z.string(), name: z.string(), via: z.enum(VIA) });

/** The part of every job's payload that says who wants it done. */
export const actorPayload = ({ id, name, via }: Actor): { by: JournalActor } => ({ by: { id, name, via } });

/** The schema of that part. */
export const actorPayloadShape = { by: actor };

/** Returns who set a draft's intent. */
export const actorOfIntent = ({ byId, byName, via }: Intent): JournalActor => ({
  id: byId,
  name: byName,
  via,
});
