/**
 * Draws the covers of the sample station: `node scripts/make-sample-covers.ts`. For maintainers only.
 * Each is 1400 px square: a flat ground, a figure of rings, waves or bars, and a block with the lettering.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import opentype from 'opentype.js';
import sharp from 'sharp';

const SIZE = 1400;
const FACES = 'node_modules/@fontsource/barlow-condensed/files/barlow-condensed-latin-';

type Face = ReturnType<typeof opentype.parse>;
type Cover = {
  path: string;
  /** Pixels of the written picture; drawn at 1400 and reduced. */
  size: number;
  ground: string;
  ink: string;
  /** Where the lettering's block begins, px from the top. */
  block: number;
  title: string[];
  note: string;
  figure: (ink: string, block: number) => string;
};

async function face(weight: 600 | 800): Promise<Face> {
  const bytes = await readFile(`${FACES}${weight}-normal.woff`);
  return opentype.parse(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}

/** Rings around (x, y) whose thickness swells and fades on the way out, as a sound does. */
function rings(x: number, y: number, step: number, beat: number): Cover['figure'] {
  return (ink) =>
    Array.from({ length: Math.ceil(1900 / step) }, (_, i) => {
      const width = step * (0.3 + 0.24 * Math.sin(i * beat + 1));
      return `<circle cx="${x}" cy="${y}" r="${(i + 1) * step}" stroke="${ink}" stroke-width="${width.toFixed(1)}" fill="none"/>`;
    }).join('');
}

/** Lines of sea: each a sine that is longer and thicker the nearer it comes. */
function waves(count: number): Cover['figure'] {
  return (ink, block) =>
    Array.from({ length: count }, (_, row) => {
      const near = (row + 1) / count;
      const y = 90 + (block - 130) * near ** 1.35;
      const points = Array.from({ length: 71 }, (_, i) => {
        const swell = Math.sin((i * 20) / (60 + 90 * near) + row * 1.7) * (8 + 34 * near);
        return `${i * 20},${(y + swell).toFixed(1)}`;
      });
      return `<polyline points="${points.join(' ')}" stroke="${ink}" stroke-width="${(5 + 26 * near).toFixed(1)}" fill="none"/>`;
    }).join('');
}

/** A waveform of thick bars, like hands raised in an assembly. */
function bars(count: number): Cover['figure'] {
  return (ink, block) => {
    const pitch = (SIZE - 120) / count;
    return Array.from({ length: count }, (_, i) => {
      const level = Math.abs(Math.sin(i * 0.61) * 0.6 + Math.sin(i * 1.93 + 0.8) * 0.4);
      const height = 60 + level * (block - 200);
      return `<rect x="${(60 + i * pitch).toFixed(1)}" y="${(block - height).toFixed(1)}" width="${(pitch * 0.62).toFixed(1)}" height="${height.toFixed(1)}" fill="${ink}"/>`;
    }).join('');
  };
}

/** Houses in a grid; a dashed line goes through the middle of the town. */
function town(line: string): Cover['figure'] {
  return (ink, block) => {
    const houses: string[] = [];
    for (let row = 0; row * 150 + 60 < block - 100; row++) {
      for (let column = 0; column < 9; column++) {
        const tall = 50 + ((row * 7 + column * 5) % 4) * 22;
        const x = 50 + column * 148 + (row % 2) * 20;
        houses.push(`<rect x="${x}" y="${row * 150 + 60}" width="96" height="${tall}" fill="${ink}"/>`);
      }
    }
    const path = `M -20 ${block - 160} L 420 ${block - 330} L 640 ${block - 560} L 1010 ${block - 600} L 1420 160`;
    return `${houses.join('')}<path d="${path}" stroke="${line}" stroke-width="46" stroke-dasharray="120 52" fill="none"/>`;
  };
}

/** The two reels and the window of a cassette. */
function cassette(paper: string): Cover['figure'] {
  return (ink) => {
    const reel = (x: number) =>
      [190, 150, 112, 78].map(
        (r, i) => `<circle cx="${x}" cy="520" r="${r}" fill="${i % 2 ? paper : ink}"/>`,
      );
    return `<rect x="110" y="170" width="1180" height="740" fill="none" stroke="${ink}" stroke-width="34"/>
      <rect x="190" y="235" width="1020" height="40" fill="${ink}"/>
      ${[...reel(430), ...reel(970)].join('')}
      <path d="M 400 910 L 460 780 H 940 L 1000 910" fill="none" stroke="${ink}" stroke-width="34"/>`;
  };
}

/** The path's own toPathData (opentype.js 2.0) writes NaN for numbers a hair above a whole one; hence by hand. */
function pathData(path: ReturnType<Face['getPath']>): string {
  const at = (...numbers: number[]) => numbers.map((n) => n.toFixed(1)).join(' ');
  return path.commands
    .map((c) => {
      if (c.type === 'Z') return 'Z';
      if (c.type === 'C') return `C${at(c.x1, c.y1, c.x2, c.y2, c.x, c.y)}`;
      if (c.type === 'Q') return `Q${at(c.x1, c.y1, c.x, c.y)}`;
      return c.type + at(c.x, c.y);
    })
    .join('');
}

function draw(cover: Cover, headline: Face, label: Face): string {
  const lines = cover.title.length;
  const widest = Math.max(...cover.title.map((line) => headline.getAdvanceWidth(line, 100)));
  const height = Math.min(((SIZE - 150) / widest) * 100, (SIZE - cover.block - 160) / (lines * 0.86));
  const lettering = cover.title.map((line, i) =>
    pathData(headline.getPath(line, 75, cover.block + height * (0.78 + i * 0.86), height)),
  );
  lettering.push(pathData(label.getPath(cover.note, 80, SIZE - 62, 84)));
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${SIZE}" height="${SIZE}" viewBox="0 0 ${SIZE} ${SIZE}">
    <rect width="${SIZE}" height="${SIZE}" fill="${cover.ground}"/>
    ${cover.figure(cover.ink, cover.block)}
    <rect y="${cover.block}" width="${SIZE}" height="${SIZE - cover.block}" fill="${cover.ground}"/>
    <path d="${lettering.join(' ')}" fill="${cover.ink}"/></svg>`;
}

const PAPER = '#f5f2ec';
const INK = '#14130f';
const covers: Cover[] = [
  {
    path: 'episodes/cover.jpg',
    size: 1400,
    ground: INK,
    ink: PAPER,
    block: 880,
    title: ['Blackout'],
    note: 'Radio Blackout, 105.250 FM, Torino',
    figure: (ink, block) =>
      `${rings(700, 880, 74, 0.55)(ink, block)}<circle cx="700" cy="880" r="150" fill="#e8321a"/>`,
  },
  {
    path: 'episodes/stacca-stacca/cover.jpg',
    size: 1400,
    ground: '#e8321a',
    ink: '#ffffff',
    block: 960,
    title: ['Stacca Stacca'],
    note: 'macchine, reti, chi ci mette le mani',
    figure: rings(430, 730, 78, 0.8),
  },
  {
    path: 'episodes/frittura-mista/cover.jpg',
    size: 1400,
    ground: '#1d4f91',
    ink: PAPER,
    block: 960,
    title: ['Frittura Mista'],
    note: 'lavoro, fabbriche, magazzini',
    figure: bars(23),
  },
  {
    path: 'episodes/arabesque/cover.jpg',
    size: 1400,
    ground: '#2f6b4d',
    ink: PAPER,
    block: 930,
    title: ['Arabesque'],
    note: 'di qua e di là dal Mediterraneo',
    figure: waves(9),
  },
  {
    path: 'episodes/arabesque/2025-02-06-citta-e-frontiere/mappa.jpg',
    size: 1400,
    ground: PAPER,
    ink: '#2f6b4d',
    block: 900,
    title: ['Città e frontiere'],
    note: 'una mappa disegnata a mano',
    figure: town('#e8321a'),
  },
  {
    path: 'scripts/sample-voices/malormone/2025-02-11-cassetta/cassetta-lato-a.mp3.jpg',
    size: 700,
    ground: '#e0b400',
    ink: INK,
    block: 960,
    title: ['Cassetta, lato A'],
    note: 'prova, non cancellare',
    figure: cassette('#e0b400'),
  },
];

const headline = await face(800);
const label = await face(600);
for (const cover of covers) {
  const picture = sharp(Buffer.from(draw(cover, headline, label))).resize(cover.size);
  const jpeg = await picture.jpeg({ quality: 76, mozjpeg: true, chromaSubsampling: '4:2:0' }).toBuffer();
  await mkdir(dirname(cover.path), { recursive: true });
  await writeFile(cover.path, jpeg);
  process.stdout.write(`${cover.path} ${Math.round(jpeg.length / 1024)} KB\n`);
}
