import { createHash } from 'node:crypto';

/** Raised whenever the same source is rendered differently, so that addresses change. */
export const RENDERING_VERSION = 1;

/** Returns the name of a picture: 20 hex digits, a hash of its source's bytes (or its drawing) and `RENDERING_VERSION`. */
export function pictureId(source: Uint8Array | string): string {
  return createHash('sha256').update(`look ${RENDERING_VERSION}\n`).update(source).digest('hex').slice(0, 20);
}

/** What a generated cover is drawn from. `colour`: `#rrggbb`; the same `seed` gives the same motif. */
export type Drawing = { title: string; subtitle: string; colour: string; seed: string };

/** Returns the name of a drawing's picture without drawing it: 20 hex digits. */
export function drawingId({ title, subtitle, colour, seed }: Drawing): string {
  return pictureId(JSON.stringify([title, subtitle, colour, seed]));
}

/** Returns the folder of the card of the episode with this guid, among the pictures: 20 hex digits. */
export function cardFolder(guid: string): string {
  return pictureId(`card ${guid}`);
}
