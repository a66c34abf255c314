import { type Actor, mayManage, mayPublishFor, mayWriteFor } from '../model/permissions.ts';
import { Refused } from '../model/problem.ts';

/** The owner of a draft, and its show (`''`: none yet). */
export type Owned = { show: string; ownerId: string };

/**
 * Returns whether the actor may edit a draft. One without a show may be edited by its owner and by editors.
 */
export function mayEdit(actor: Actor, { show, ownerId }: Owned): boolean {
  if (show !== '') return mayWriteFor(actor, show);
  // Asks whether the actor may write at all, for no particular show.
  const mayWrite = mayWriteFor({ ...actor, role: 'editor' }, '');
  return mayWrite && (actor.role !== 'contributor' || ownerId === actor.id);
}

/** Returns whether the actor may see a draft; a read-only token is enough. */
export const maySee = (actor: Actor, owned: Owned): boolean =>
  mayEdit(actor, owned) ||
  (actor.scopes?.includes('read') === true && mayEdit({ ...actor, scopes: undefined }, owned));

/** Throws `Refused` (`not-allowed`) unless it is allowed. */
export function assertAllowed(isAllowed: boolean): void {
  if (!isAllowed) throw new Refused('not-allowed');
}

export const assertMayWrite = (actor: Actor, show: string): void => assertAllowed(mayWriteFor(actor, show));
export const assertMaySee = (actor: Actor, show: string): void =>
  assertAllowed(maySee(actor, { show, ownerId: '' }));
export const assertMayPublish = (actor: Actor, show: string): void =>
  assertAllowed(mayPublishFor(actor, show));
export const assertMayManage = (actor: Actor): void => assertAllowed(mayManage(actor));

/** Returns the show in an episode's key. */
export const showOf = (episode: string): string => episode.split('/')[0] ?? '';
