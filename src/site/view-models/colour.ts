/** Red, green and blue, each 0 to 255. */
export type Rgb = readonly [number, number, number];

/** Returns the colour that `#e8321a` names; `undefined` for anything else. */
export function parseColour(text: string): Rgb | undefined {
  const parts = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(text);
  if (parts === null) return undefined;
  return [hexByte(parts[1]), hexByte(parts[2]), hexByte(parts[3])];
}

const hexByte = (digits: string | undefined): number => Number.parseInt(digits ?? '00', 16);

/** Returns `#rrggbb`. */
export function colourText(colour: Rgb): string {
  return `#${colour.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;
}

/** Returns the colour with `share` (0 to 1) of `other` in it. */
export function mix(colour: Rgb, other: Rgb, share: number): Rgb {
  const part = (index: 0 | 1 | 2): number => colour[index] * (1 - share) + other[index] * share;
  return [part(0), part(1), part(2)];
}

/** Returns the relative luminance, 0 to 1 (WCAG 2.2, definition of "relative luminance"). */
export function luminance([red, green, blue]: Rgb): number {
  const linear = (part: number): number => {
    const value = part / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

/** Returns the contrast of two colours, 1 to 21 (WCAG 2.2, definition of "contrast ratio"). */
export function contrast(one: Rgb, other: Rgb): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

const BLACK: Rgb = [0, 0, 0];
const WHITE: Rgb = [255, 255, 255];

/**
 * Returns the colour moved away from the background (darker on light, lighter on dark) just far enough to
 * have a contrast of at least `ratio` against it; the colour itself if it has that already. WCAG 2.2, 1.4.3
 * asks 4.5 of text, 1.4.11 asks 3 of parts of a control.
 */
export function readableOn(background: Rgb, colour: Rgb, ratio: number): Rgb {
  const towards = contrast(background, BLACK) > contrast(background, WHITE) ? BLACK : WHITE;
  for (let share = 0; share < 1; share += 0.02) {
    // Measured after rounding, since the screen gets the rounded colour.
    const moved = parseColour(colourText(mix(colour, towards, share))) ?? towards;
    if (contrast(background, moved) >= ratio) return moved;
  }
  return towards;
}

/** Returns which of the two stands out more on the background; the first where both reach `enough`. */
export function clearerOn(background: Rgb, first: Rgb, second: Rgb, enough: number): Rgb {
  if (contrast(background, first) >= enough) return first;
  return contrast(background, first) >= contrast(background, second) ? first : second;
}
