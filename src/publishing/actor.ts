import { z } from 'zod';
import { type Actor, VIA } from '../model/permissions.ts';
import type { JournalActor } from '../records/journal.ts';
import type { Intent } from './drafts/drafts.ts';

const doer = z.object({ id: z.string(), name: z.string(), via: z.enum(VIA) });

/** What every job is given of whoever wants it done. */
export const actorPayload = ({ id, name, via }: Actor): { by: JournalActor } => ({ by: { id, name, via } });

/** The shape of that in a job's payload. */
export const actorPayloadShape = { by: doer };

/** Who asked for what a draft is to become. */
export const actorOfIntent = ({ byId, byName, via }: Intent): JournalActor => ({
  id: byId,
  name: byName,
  via,
});
