/** The roles of staff. Admins may do all, editors work on every show, contributors on their own shows. */
export const ROLES = ['admin', 'editor', 'contributor'] as const;
export type Role = (typeof ROLES)[number];

/** What an API token may be used for. */
export const SCOPES = ['read', 'write', 'publish'] as const;
export type Scope = (typeof SCOPES)[number];

/** The doors by which something can be done. `system`: the program itself. */
export const VIA = ['studio', 'api', 'command', 'system'] as const;

/** Somebody who does something in the studio, by whatever door. */
export type Actor = {
  id: string;
  name: string;
  role: Role;
  /** A contributor's shows, by slug. */
  shows: string[];
  /** Whether a contributor may publish; others may. */
  mayPublish: boolean;
  via: (typeof VIA)[number];
  /** Of an API token; all where not given. */
  scopes?: Scope[];
};

/** Returns whether the actor may write for a show. */
export const mayWriteFor = (actor: Actor, show: string): boolean =>
  allows(actor, 'write') && (actor.role !== 'contributor' || actor.shows.includes(show));

/** Returns whether the actor may put what a show makes before the public, or change what is there. */
export const mayPublishFor = (actor: Actor, show: string): boolean =>
  allows(actor, 'publish') &&
  mayWriteFor({ ...actor, scopes: undefined }, show) &&
  (actor.role !== 'contributor' || actor.mayPublish);

/** Returns whether the actor may change the station, its shows and accounts. */
export const mayManage = (actor: Actor): boolean => actor.role === 'admin' && actor.scopes === undefined;

const allows = ({ scopes }: Actor, scope: Scope): boolean => scopes === undefined || scopes.includes(scope);
