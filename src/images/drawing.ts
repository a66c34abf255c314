import sharp from 'sharp';
import { colourOrSignal, readableOn } from './colour.ts';
import { lettering } from './lettering.ts';
import { MOTIFS } from './motifs.ts';
import type { Drawing } from './picture-id.ts';
import { seededRandom } from './seeded-random.ts';

const SIDE = 1400;
const MARGIN = 76;

/**
 * Returns a cover as SVG, 1400 × 1400 px: a motif, which the seed chooses, over title and subtitle, on the given colour. Letters
 * are outlines, so that no font is needed. The same drawing always gives the same text.
 */
export function drawCover({ title, subtitle, colour, seed }: Drawing): string {
  const ground = colourOrSignal(colour);
  const ink = readableOn(ground);
  const width = SIDE - 2 * MARGIN;
  const small = lettering(subtitle, { weight: 600, width, largest: 78, height: 150, lines: 2 });
  const large = lettering(title, { weight: 800, width, largest: 236, height: 560, lines: 4 });
  // The descenders of the last line need room.
  const smallTop = SIDE - MARGIN - small.height;
  const between = small.size > 0 && large.size > 0 ? Math.max(44, large.size * 0.27) : 0;
  const largeTop = smallTop - between - large.height;
  const fieldHeight = large.size + small.size > 0 ? largeTop - 58 : SIDE;
  const chance = seededRandom(seed);
  const motif = chance.oneOf(MOTIFS)?.({ width: SIDE, height: fieldHeight, colour: ink }, chance) ?? '';
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${SIDE}" height="${SIDE}" viewBox="0 0 ${SIDE} ${SIDE}">`,
    `<defs><clipPath id="field"><path d="M0 0H${SIDE}V${Math.round(fieldHeight)}H0Z"/></clipPath></defs>`,
    `<path fill="${ground}" d="M0 0H${SIDE}V${SIDE}H0Z"/>`,
    `<g clip-path="url(#field)">${motif}</g>`,
    `<path fill="${ink}" d="${large.at(MARGIN, largeTop)}${small.at(MARGIN, smallTop)}"/>`,
    '</svg>',
  ].join('');
}

/** Returns a drawn cover as a PNG of 1400 × 1400 px, a source for `makeVariant`. */
export function renderCover(drawing: Drawing): Promise<Buffer> {
  return sharp(Buffer.from(drawCover(drawing)), { limitInputPixels: SIDE * SIDE })
    .flatten()
    .png({ compressionLevel: 3 })
    .toBuffer();
}
