/** The program's own colours. */
export const INK = '#14130f';
export const PAPER = '#f5f2ec';
export const SIGNAL = '#e8321a';

/** Returns the colour when it is `#rrggbb`, else the signal colour. */
export const colourOrSignal = (colour: string): string =>
  /^#[0-9a-f]{6}$/i.test(colour) ? colour.toLowerCase() : SIGNAL;

/**
 * Returns the colour of what is written on a ground: paper where large letters have the contrast of 3:1 of WCAG 2.2
 * (SC 1.4.3), else ink.
 */
export const readableOn = (ground: string): string => (contrast(ground, PAPER) >= 3 ? PAPER : INK);

/** Returns the contrast ratio of two `#rrggbb` colours, from 1 to 21 (WCAG 2.2, "contrast ratio"). */
export function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
