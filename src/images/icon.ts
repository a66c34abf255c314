import sharp from 'sharp';
import { colourOrSignal, readableOn } from './colour.ts';
import { lettering } from './lettering.ts';
import type { PictureSource } from './picture-source.ts';
import { squarePicture } from './scaled-picture.ts';

/** What a generated icon is drawn from. `initials`: a letter or two; `colour`: `#rrggbb`. */
export type IconDrawing = { initials: string; colour: string };

const SIDE = 512;
/** The upper edge of the letters' ground. */
const BAND = 292;
/** The greatest width of the letters inside a circle of 80 % of the icon. */
const LETTERS = 236;

/**
 * Returns a station's icon as SVG, 512 × 512 px: rings, as on its covers, over its initials. They are inside the circle that
 * masks leave (W3C Manifest, "Icon masks and safe zone"). `ground: 'none'` leaves out the colour, for systems that paint the
 * shape themselves.
 */
export function drawIcon({ initials, colour }: IconDrawing, ground: 'colour' | 'none' = 'colour'): string {
  const paint = colourOrSignal(colour);
  const ink = ground === 'none' ? '#000' : readableOn(paint);
  const letters = lettering(initials, { weight: 800, width: LETTERS, largest: 190, height: 120, lines: 1 });
  const rings = [36, 84, 132, 180, 228, 276, 324, 372]
    .map((radius) => `<circle cx="228" cy="214" r="${radius}"/>`)
    .join('');
  const left = (SIDE - Math.min(LETTERS, widthOf(letters.at(0, 0)))) / 2;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${SIDE}" height="${SIDE}" viewBox="0 0 ${SIDE} ${SIDE}">`,
    `<defs><clipPath id="field"><path d="M0 0H${SIDE}V${BAND}H0Z"/></clipPath></defs>`,
    ground === 'none' ? '' : `<path fill="${paint}" d="M0 0H${SIDE}V${SIDE}H0Z"/>`,
    `<g clip-path="url(#field)" fill="none" stroke="${ink}" stroke-width="22">${rings}</g>`,
    `<path fill="${ink}" d="${letters.at(left, BAND + 22)}"/>`,
    '</svg>',
  ].join('');
}

/** Returns the right edge of outlines that begin at 0 (px). */
function widthOf(outlines: string): number {
  const points = outlines.replace(/[A-Z]/g, ' ').trim().split(/\s+/).map(Number);
  return Math.max(0, ...points.filter((_, index) => index % 2 === 0));
}

/** Returns a generated icon as a PNG of `side` × `side` px. */
export function renderIcon(drawing: IconDrawing, side: number): Promise<Buffer> {
  return sharp(Buffer.from(drawIcon(drawing)), { limitInputPixels: SIDE * SIDE })
    .resize(side, side)
    .flatten()
    .png({ compressionLevel: 9, palette: true })
    .toBuffer();
}

/** Returns the station's own picture as an icon, a PNG of `side` × `side` px. Throws `NotPicture` and `PictureTooLarge`. */
export async function pictureIcon(source: PictureSource, side: number): Promise<Buffer> {
  const { picture } = await squarePicture(source, side);
  return picture.resize(side, side).png({ compressionLevel: 9, palette: true }).toBuffer();
}
