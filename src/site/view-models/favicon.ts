import { colourText, parseColour } from './colour.ts';

/** Returns the site's favicon as SVG: rings on the station's colour, as on its covers. */
export function faviconSvg(stationColour: string): string {
  const colour = colourText(parseColour(stationColour) ?? [0xe8, 0x32, 0x1a]);
  const rings = [3, 7, 11, 15]
    .map((radius) => `<circle cx="14" cy="18" r="${radius}" fill="none" stroke="#fff" stroke-width="2"/>`)
    .join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path fill="${colour}" d="M0 0h32v32H0z"/>${rings}</svg>`;
}
