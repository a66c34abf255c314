import type { SeededRandom } from './seeded-random.ts';

/** Returns a motif as SVG in `colour` for a field of `width` × `height` px with its corner at 0, 0. The caller clips it. */
export type Motif = (
  field: { width: number; height: number; colour: string },
  chance: SeededRandom,
) => string;

const px = (value: number): string => String(Math.round(value * 10) / 10);

/** Rings with slightly different centres and lines of changing width, like brush strokes. */
const rings: Motif = ({ width, height, colour }, chance) => {
  let x = width * chance.between(0.26, 0.74);
  let y = height * chance.between(0.42, 0.78);
  const drift = chance.between(0, Math.PI * 2);
  const swell = chance.between(0.5, 0.9);
  const gap = chance.between(62, 84);
  const circles: string[] = [];
  for (let ring = 0, radius = gap * 1.1; radius < Math.hypot(width, height) * 1.1; ring++) {
    const line = gap * (0.36 + 0.22 * Math.sin(ring * swell));
    circles.push(`<circle cx="${px(x)}" cy="${px(y)}" r="${px(radius)}" stroke-width="${px(line)}"/>`);
    radius += gap * (1 + 0.1 * Math.sin(ring * 1.7));
    x += Math.cos(drift) * gap * 0.16;
    y += Math.sin(drift) * gap * 0.16;
  }
  return `<g fill="none" stroke="${colour}">${circles.join('')}</g>`;
};

/** Rings with gaps, turned against each other: a dial, a broken record. */
const brokenRings: Motif = ({ width, height, colour }, chance) => {
  const x = width * chance.between(0.3, 0.7);
  const y = height * chance.between(0.45, 0.62);
  const line = chance.between(50, 66);
  const arcs: string[] = [];
  let turn = chance.between(0, 360);
  const step = chance.oneOf([27, 41, 63, -33, -52]) ?? 27;
  for (let radius = line * 1.2; radius < Math.hypot(width, height); radius += line * 1.75) {
    const share = chance.between(0.58, 0.86);
    const round = 2 * Math.PI * radius;
    const dash = `${px(round * share)} ${px(round * (1 - share))}`;
    arcs.push(
      `<circle cx="${px(x)}" cy="${px(y)}" r="${px(radius)}" stroke-dasharray="${dash}" transform="rotate(${px(turn)} ${px(x)} ${px(y)})"/>`,
    );
    turn += step;
  }
  const dot = `<circle cx="${px(x)}" cy="${px(y)}" r="${px(line * 0.42)}" fill="${colour}"/>`;
  return `${dot}<g fill="none" stroke="${colour}" stroke-width="${px(line)}">${arcs.join('')}</g>`;
};

/** Lines with one wave through all of them, each thickest where it rises. */
const waves: Motif = ({ width, height, colour }, chance) => {
  const gap = chance.between(74, 96);
  const length = chance.between(560, 900);
  const rise = chance.between(58, 96);
  const lean = chance.between(0.28, 0.62) * (chance.whole(0, 1) === 0 ? 1 : -1);
  const start = chance.between(0, Math.PI * 2);
  const bands: string[] = [];
  for (let row = -2; row * gap < height + rise * 2; row++) {
    const upper: string[] = [];
    const lower: string[] = [];
    for (let x = -20; x <= width + 20; x += 20) {
      const phase = (x / length) * Math.PI * 2 + start + row * lean;
      const y = row * gap + rise * Math.sin(phase) + rise * 0.3 * Math.sin(phase * 0.5 + row * 0.2);
      const half = gap * (0.2 + 0.13 * Math.cos(phase));
      upper.push(`${px(x)} ${px(y - half)}`);
      lower.unshift(`${px(x)} ${px(y + half)}`);
    }
    bands.push(`M${upper.join('L')}L${lower.join('L')}Z`);
  }
  return `<path fill="${colour}" d="${bands.join('')}"/>`;
};

/** A programme schedule: rows of blocks of different lengths. */
const rundown: Motif = ({ width, height, colour }, chance) => {
  const rows = Math.max(4, Math.round(height / chance.between(104, 132)));
  const pitch = height / rows;
  const bar = pitch * 0.62;
  const margin = 76;
  const blocks: string[] = [];
  for (let row = 0; row < rows; row++) {
    let x = margin - (row % 2 === 0 ? 0 : chance.between(0, 1) * margin * 4);
    const y = row * pitch + (pitch - bar) / 2 + margin * 0.2;
    while (x < width) {
      const length = (chance.oneOf([1, 1, 2, 3, 5, 8]) ?? 1) * bar * 0.9;
      blocks.push(`M${px(x)} ${px(y)}h${px(length)}v${px(bar)}h${px(-length)}Z`);
      x += length + pitch - bar;
    }
  }
  return `<path fill="${colour}" d="${blocks.join('')}"/>`;
};

/** The outline of a sound: bars around a middle line, louder and softer in long waves. */
const sound: Motif = ({ width, height, colour }, chance) => {
  const count = chance.whole(15, 21);
  const margin = 76;
  const pitch = (width - 2 * margin) / (count - 0.42);
  const bar = pitch * 0.58;
  const middle = height / 2 + 10;
  const breath = chance.between(0.28, 0.5);
  const start = chance.between(0, Math.PI * 2);
  const bars = Array.from({ length: count }, (_, index) => {
    const loud = 0.5 + 0.32 * Math.sin(index * breath + start) + 0.3 * Math.sin(index * 2.3 + start * 2);
    const half = (height / 2 - margin * 0.8) * Math.min(1, Math.max(0.07, loud * chance.between(0.75, 1.15)));
    return `M${px(margin + index * pitch)} ${px(middle - half)}h${px(bar)}v${px(half * 2)}h${px(-bar)}Z`;
  });
  return `<path fill="${colour}" d="${bars.join('')}"/>`;
};

/** All motifs. The seed chooses by position: another order changes covers. */
export const MOTIFS: readonly Motif[] = [rings, waves, brokenRings, rundown, rings, sound];
