import { createHash } from 'node:crypto';

/** Goes up whenever the same source comes out looking different, so that addresses change with the looks. */
export const RENDERING_VERSION = 1;

/** Returns the name of a picture: 20 hex digits made of its source's bytes (or of its drawing) and of our rules. */
export function pictureId(source: Uint8Array | string): string {
  return createHash('sha256').update(`look ${RENDERING_VERSION}\n`).update(source).digest('hex').slice(0, 20);
}

/** What a cover that nobody drew is drawn from. `colour` is `#rrggbb`; the same `seed` gives the same motif. */
export type Drawing = { title: string; subtitle: string; colour: string; seed: string };

/** Returns the name of the picture that a drawing gives, without drawing it: 20 hex digits. */
export function drawingId({ title, subtitle, colour, seed }: Drawing): string {
  return pictureId(JSON.stringify([title, subtitle, colour, seed]));
}

/** Returns the name under which the card of the episode with this guid is kept among the pictures: 20 hex digits. */
export function cardFolder(guid: string): string {
  return pictureId(`card ${guid}`);
}
