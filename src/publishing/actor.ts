import { z } from 'zod';
import type { Actor } from '../model/staff.ts';
import type { Intent } from './drafts/draft.ts';
import { VIA } from './drafts/draft-rows.ts';
import type { Doer } from './journal.ts';

const doer = z.object({ id: z.string(), name: z.string(), via: z.enum(VIA) });

/** What every job is given of whoever wants it done. */
export const byActor = ({ id, name, via }: Actor): { by: Doer } => ({ by: { id, name, via } });

/** The shape of that in a job's payload. */
export const byShape = { by: doer };

/** Who asked for what a draft is to become. */
export const doerOf = ({ byId, byName, via }: Intent): Doer => ({ id: byId, name: byName, via });

/** The program itself, where nobody asked for it. */
export const SYSTEM: Doer = { id: 'system', name: 'Riascolta', via: 'system' };
