import type { Resource } from '../delivery/delivery.ts';

/**
 * The answer of a handler. `cacheKey` is the one address under which delivery may hold it. It is held only
 * when exactly that address was requested, so that invented parameters fill no memory.
 */
export type SiteResponse = { resource: Resource; cacheKey?: string };

/**
 * Browsers ask again each time and get 304 while nothing has changed, so that a page shows a change at once.
 */
export const REVALIDATE = 'public, no-cache';
/** For addresses whose content never changes. */
export const FOR_EVER = 'public, max-age=31536000, immutable';

export const redirectTo = (status: 301 | 302, location: string): SiteResponse => ({
  resource: { kind: 'redirect', status, location },
});
