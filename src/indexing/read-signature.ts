import { createHash } from 'node:crypto';
import type { Show } from '../model/show.ts';
import type { Station } from '../model/station.ts';

/** Goes up when a new version of the program reads the same folder differently: then all are read again. */
const READING_VERSION = 2;

/** Returns what of the station the reading of shows and episodes depends on, as a short hash. */
export function stationContext({ guid, timezone, language, colour, licence }: Station): string {
  return shortHash([READING_VERSION, guid, timezone, language, colour, licence]);
}

/** Returns what of a show (and its station) the reading of its episodes depends on, as a short hash. */
export function showContext(
  station: string,
  { slug, guid, language, explicit, licence, cover }: Show,
): string {
  return shortHash([station, slug, guid, language, explicit, licence, cover.id]);
}

/** Returns the signature under which a bundle was read: that of its files, and that of what it took over. */
export function readSignature(bundleSignature: string, context: string): string {
  return `${bundleSignature}.${context}`;
}

function shortHash(parts: unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 12);
}
