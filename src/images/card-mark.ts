import { createHash } from 'node:crypto';

/**
 * What a card is drawn from, the picture of an episode that links to it show. `colour`: the show's, `#rrggbb`; `duration`: as
 * text; `sounds`: each segment's length (seconds) and, if there is one, its waveform (bytes, 255 for full scale); `seed`:
 * chooses the motif that replaces a missing waveform.
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

/** In px: Open Graph's pictures are 1.91 times as wide as high. */
export const CARD_WIDTH = 1200;
export const CARD_HEIGHT = 630;

/** Raised whenever the same card is drawn differently, so that its address changes. */
const CARD_LOOK = 1;

/** Returns the fingerprint of what a card shows, without drawing it: 10 hex digits. */
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
