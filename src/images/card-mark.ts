import { createHash } from 'node:crypto';

/**
 * What the picture of an episode that links show is drawn from. `colour`: the show's, `#rrggbb`; `duration`: as it is
 * written out; `sounds`: of each segment its length (seconds) and, where it is drawn, its waveform (bytes, 255 for full
 * scale); `seed`: chooses what stands in a waveform's place.
 */
export type Card = {
  title: string;
  show: string;
  station: string;
  frequency: string;
  duration: string;
  colour: string;
  seed: string;
  sounds: readonly { seconds: number; peaks?: Uint8Array | undefined }[];
};

/** Pixels; Open Graph's pictures are 1.91 times as wide as high. */
export const CARD_WIDTH = 1200;
export const CARD_HEIGHT = 630;

/** Goes up whenever the same card comes out looking different, so that its address changes with its looks. */
const CARD_LOOK = 1;

/** Returns the mark of what a card shows, without drawing it: 10 hex digits. */
export function cardMark(card: Card): string {
  const sounds = card.sounds.map(({ seconds, peaks }) => [
    Math.round(seconds),
    peaks === undefined ? '' : createHash('sha256').update(peaks).digest('hex'),
  ]);
  return createHash('sha256')
    .update(JSON.stringify([CARD_LOOK, { ...card, sounds }]))
    .digest('hex')
    .slice(0, 10);
}
