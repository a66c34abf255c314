import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import opentype, { type Font, type Path } from 'opentype.js';

/**
 * Text in lines. In px: `height` from the top of the first line's capitals to the last baseline, `width` of the widest line,
 * `size` of the letters.
 */
export type Lettering = {
  /** All three are 0 when the face has none of the letters. */
  height: number;
  width: number;
  size: number;
  /** Returns SVG path data of the outlines, flush left at `left`, with the first line's capitals at `top`. */
  at(left: number, top: number): string;
};

/** `width` and `height` of the room, `largest` size of the letters (px); `lines`: at most so many. */
export type Setting = { weight: 600 | 800; width: number; height: number; largest: number; lines: number };

/** The height of capitals and the distance of baselines, as parts of the letters' size. */
const CAPITALS = 0.7;
const LEADING = 0.94;

/**
 * Returns text in lines of similar length, as large as fits: long text is made smaller, never cut. Letters that the face lacks
 * lose their accents, or are left out.
 */
export function lettering(text: string, setting: Setting): Lettering {
  const faces = facesOf(setting.weight);
  const words = writable(text, faces).split(/\s+/).filter(Boolean);
  const best = Array.from({ length: setting.lines }, (_, index) => broken(words, index + 1, faces))
    .map((lines) => ({ lines, size: sizeOf(lines, setting, faces) }))
    // A further line is used only where it makes the letters clearly larger.
    .reduce((chosen, other) => (other.size > chosen.size * 1.15 ? other : chosen), {
      lines: [] as string[],
      size: 0,
    });
  const { lines, size } = best;
  const height = size === 0 ? 0 : size * (CAPITALS + LEADING * (lines.length - 1));
  return {
    height,
    width: size === 0 ? 0 : Math.max(...lines.map((line) => widthOf(line, faces))) * size,
    size,
    at: (left, top) =>
      lines
        .map((line, index) => outline(line, faces, left, top + size * (CAPITALS + LEADING * index), size))
        .join(''),
  };
}

function sizeOf(lines: string[], { width, height, largest }: Setting, faces: Font[]): number {
  if (lines.length === 0) return 0;
  const widest = Math.max(...lines.map((line) => widthOf(line, faces)));
  return Math.min(largest, width / widest, height / (CAPITALS + LEADING * (lines.length - 1)));
}

/** Returns the words in at most `count` lines, of which the longest is as short as possible. */
function broken(words: string[], count: number, faces: Font[]): string[] {
  const widths = words.map((word) => widthOf(`${word} `, faces));
  let low = Math.max(0, ...widths);
  let high = widths.reduce((sum, width) => sum + width, 0);
  let best = words.length > 0 ? [words.join(' ')] : [];
  for (let tries = 0; tries < 24; tries++) {
    const middle = (low + high) / 2;
    const lines = filled(words, widths, middle);
    if (lines.length > count) low = middle;
    else {
      high = middle;
      best = lines;
    }
  }
  return best.length <= count ? best : filled(words, widths, high);
}

function filled(words: string[], widths: number[], width: number): string[] {
  const lines: string[][] = [];
  let left = 0;
  for (const [index, word] of words.entries()) {
    const needed = widths[index] ?? 0;
    if (lines.length === 0 || needed > left) {
      lines.push([]);
      left = width;
    }
    lines.at(-1)?.push(word);
    left -= needed;
  }
  return lines.map((line) => line.join(' '));
}

const KERNED = { kerning: true };

/** Returns the width of a line at a size of 1 px. */
function widthOf(line: string, faces: Font[]): number {
  return runs(line, faces).reduce(
    (sum, { text, face }) => sum + face.getAdvanceWidth(text, 1000, KERNED) / 1000,
    0,
  );
}

function outline(line: string, faces: Font[], left: number, baseline: number, size: number): string {
  let x = left;
  return runs(line, faces)
    .map(({ text, face }) => {
      const path = pathData(face.getPath(text, x, baseline, size, KERNED));
      x += face.getAdvanceWidth(text, size, KERNED);
      return path;
    })
    .join('');
}

// `toPathData` of opentype.js 2.0 writes NaN for some coordinates.
function pathData(path: Path): string {
  const points = (...numbers: number[]): string =>
    numbers.map((number) => Math.round(number * 10) / 10).join(' ');
  return path.commands
    .map((command) => {
      if (command.type === 'Z') return 'Z';
      const end = points(command.x, command.y);
      if (command.type === 'C') return `C${points(command.x1, command.y1, command.x2, command.y2)} ${end}`;
      return command.type === 'Q' ? `Q${points(command.x1, command.y1)} ${end}` : `${command.type}${end}`;
    })
    .join('');
}

/** Returns a line in runs, each with the first face that has its letters. */
function runs(line: string, faces: Font[]): { text: string; face: Font }[] {
  const found: { text: string; face: Font }[] = [];
  for (const letter of line) {
    const face = faces.find((one) => one.hasChar(letter));
    const last = found.at(-1);
    if (face && last?.face === face) last.text += letter;
    else if (face) found.push({ text: letter, face });
  }
  return found;
}

function writable(text: string, faces: Font[]): string {
  const has = (letter: string): boolean => /\s/.test(letter) || faces.some((face) => face.hasChar(letter));
  return [...text.normalize('NFC')]
    .map((letter) => {
      if (has(letter)) return letter;
      const plain = letter.normalize('NFKD').replace(/\p{M}/gu, '');
      return [...plain].every(has) ? plain : '';
    })
    .join('');
}

const loaded = new Map<number, Font[]>();

function facesOf(weight: 600 | 800): Font[] {
  const known = loaded.get(weight);
  if (known) return known;
  const faces = ['latin', 'latin-ext'].map((subset) => {
    const file = `@fontsource/barlow-condensed/files/barlow-condensed-${subset}-${weight}-normal.woff`;
    const bytes = readFileSync(createRequire(import.meta.url).resolve(file));
    return opentype.parse(Uint8Array.from(bytes).buffer);
  });
  loaded.set(weight, faces);
  return faces;
}
