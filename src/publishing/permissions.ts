import { type Actor, mayManage, mayPublishFor, mayWriteFor } from '../model/permissions.ts';
import { Refused } from '../model/problem.ts';

/** Whose a working copy is, and for which show (`''`: for none yet). */
export type Owned = { show: string; ownerId: string };

/** Returns whether the actor may write in a working copy: one without a show belongs to whoever began it, and editors. */
export function mayEdit(actor: Actor, { show, ownerId }: Owned): boolean {
  if (show !== '') return mayWriteFor(actor, show);
  // Whether it may write at all is asked of no show in particular.
  const mayWrite = mayWriteFor({ ...actor, role: 'editor' }, '');
  return mayWrite && (actor.role !== 'contributor' || ownerId === actor.id);
}

/** Returns whether the actor may look at a working copy; a token that only reads may. */
export const maySee = (actor: Actor, owned: Owned): boolean =>
  mayEdit(actor, owned) ||
  (actor.scopes?.includes('read') === true && mayEdit({ ...actor, scopes: undefined }, owned));

/** Throws `Refused` unless that is so. */
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
