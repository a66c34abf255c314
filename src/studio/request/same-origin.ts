import type { IncomingMessage } from 'node:http';

/**
 * Returns whether a request that changes something comes from a page of ours. Browsers say where it comes
 * from in `Sec-Fetch-Site` (W3C Fetch Metadata, section 2.2) or `Origin` (RFC 6454, section 7); a request
 * with neither counts as foreign. `publicUrl`: our own origin; that of the requested host is ours, too.
 */
export function isSameOrigin(req: Pick<IncomingMessage, 'headers'>, publicUrl: string): boolean {
  const site = req.headers['sec-fetch-site'];
  if (site === 'same-origin') return true;
  if (site === 'cross-site' || site === 'same-site') return false;
  const { origin, host } = req.headers;
  if (origin === undefined || !URL.canParse(origin)) return false;
  return origin === publicUrl || new URL(origin).host === host;
}
