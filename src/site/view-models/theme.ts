import { clearerOn, colourText, mix, parseColour, type Rgb, readableOn } from './colour.ts';

type Ground = { paper: Rgb; bar: Rgb; mark: number; signal: number };

const INK: Rgb = [0x14, 0x13, 0x0f];
const WHITE: Rgb = [0xff, 0xff, 0xff];
const DEFAULT_SIGNAL: Rgb = [0xe8, 0x32, 0x1a];

// Papers and bars are those of public/css/tokens.css. `mark`: the share of the signal colour in the
// background of a marked passage. `signal`: the contrast below which blocks and underlines in the plain
// colour would be lost on the paper.
const LIGHT: Ground = { paper: [0xf5, 0xf2, 0xec], bar: INK, mark: 0.13, signal: 1.6 };
const DARK: Ground = { paper: [0x12, 0x11, 0x0e], bar: [0x21, 0x20, 0x1b], mark: 0.16, signal: 5.5 };

/** Returns the name of the class that applies a show's colour: `c-1d4f8c`. */
export function colourClass(colour: string): string {
  return `c-${colourText(parseColour(colour) ?? DEFAULT_SIGNAL).slice(1)}`;
}

/**
 * Returns the style sheet of a station's and its shows' colours, for light and dark: custom properties on
 * `:root` and on each show's `colourClass`. Text in the signal colour has a contrast of at least 4.5:1 on
 * paper and on marked passages, and so have controls on the player's bar.
 */
export function themeCss(stationColour: string, showColours: readonly string[]): string {
  const others = [...new Set(showColours.map(colourClass))].sort();
  const rules = (ground: Ground): string =>
    [
      `:root{${properties(stationColour, ground)}}`,
      ...others.map((name) => `.${name}{${properties(`#${name.slice(2)}`, ground)}}`),
    ].join('\n');
  return `${rules(LIGHT)}\n@media (prefers-color-scheme: dark){\n${rules(DARK)}\n}\n`;
}

function properties(colour: string, ground: Ground): string {
  const given = parseColour(colour) ?? DEFAULT_SIGNAL;
  const signal = readableOn(ground.paper, given, ground.signal);
  const mark = mix(ground.paper, signal, ground.mark);
  const text = readableOn(ground.paper, readableOn(mark, signal, 4.5), 4.5);
  const bar = readableOn(ground.bar, signal, 4.5);
  const values: Record<string, Rgb> = {
    '--signal': signal,
    '--on-signal': clearerOn(signal, WHITE, INK, 3),
    '--signal-text': text,
    '--mark': mark,
    '--signal-bar': bar,
    '--on-signal-bar': clearerOn(bar, WHITE, INK, 3),
  };
  return Object.entries(values)
    .map(([name, value]) => `${name}:${colourText(value)}`)
    .join(';');
}
