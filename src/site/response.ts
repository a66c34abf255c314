import type { Resource } from '../delivery/delivery.ts';

/**
 * What a handler answers. `cacheKey` is the one address under which delivery may hold it; it is held only when the
 * request was made with exactly that address, so that made-up parameters fill no memory.
 */
export type SiteResponse = { resource: Resource; cacheKey?: string };

/** Asked again each time and answered with 304 while nothing changed: a page shows a change at once. */
export const REVALIDATE = 'public, no-cache';
/** For what an address names once and for all. */
export const FOR_EVER = 'public, max-age=31536000, immutable';

export const redirectTo = (status: 301 | 302, location: string): SiteResponse => ({
  resource: { kind: 'redirect', status, location },
});
