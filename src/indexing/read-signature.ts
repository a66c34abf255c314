import { createHash } from 'node:crypto';
import type { Show } from '../model/show.ts';
import type { Station } from '../model/station.ts';

/** Increased when the program reads the same folder differently: then all folders are read again. */
const READING_VERSION = 2;

/** Returns a short hash of the station's values that shows and episodes depend on. */
export function stationContext({ guid, timezone, language, colour, licence }: Station): string {
  return shortHash([READING_VERSION, guid, timezone, language, colour, licence]);
}

/** Returns a short hash of the values of a show and its station that episodes depend on. */
export function showContext(
  station: string,
  { slug, guid, language, explicit, licence, cover }: Show,
): string {
  return shortHash([station, slug, guid, language, explicit, licence, cover.id]);
}

/** Returns the signature of a reading: that of the files, and that of the inherited values. */
export function readSignature(bundleSignature: string, context: string): string {
  return `${bundleSignature}.${context}`;
}

function shortHash(parts: unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 12);
}
