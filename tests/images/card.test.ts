import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { drawCard, renderCard } from '../../src/images/card.ts';
import { type Card, cardMark } from '../../src/images/card-mark.ts';
import { NotPicture } from '../../src/images/picture-errors.ts';
import { cardFolder } from '../../src/images/picture-id.ts';
import { openPictureStore } from '../../src/images/picture-store.ts';
import { colourAt, isLike } from './pictures.ts';

const peaks = Uint8Array.from(
  { length: 1800 },
  (_, bin) => 40 + Math.round(180 * Math.abs(Math.sin(bin / 90))),
);
const CARD: Card = {
  title: 'Il modello che costa venti volte meno',
  show: 'Stacca Stacca',
  station: 'Radio Blackout',
  frequency: '105.250 FM',
  duration: `21'46"`,
  colour: '#e8321a',
  seed: 'a',
  sounds: [{ seconds: 1306, peaks }],
};

/** The outlines of show, station and title. */
const letters = (svg: string): string =>
  [...svg.matchAll(/<path fill="[^"]+" d="([^"]*)"\/>/g)].map(([, path = '']) => path).at(-2) ?? '';

const numbers = (path: string): { across: number[]; down: number[] } => {
  const pairs = [...path.matchAll(/(-?[\d.]+) (-?[\d.]+)/g)];
  return { across: pairs.map(([, x]) => Number(x)), down: pairs.map(([, , y]) => Number(y)) };
};

/** The bars of the waveforms: where each begins, and how high it is (px). */
const barsOf = (svg: string): { left: number; high: number }[] =>
  [...svg.matchAll(/M([\d.]+) [\d.]+h5v([\d.]+)h-5Z/g)].map(([, left, high]) => ({
    left: Number(left),
    high: Number(high),
  }));

describe('the card of an episode', () => {
  it('is a PNG of 1200 × 630 px under 300 KB, in the show’s colour', async () => {
    const bytes = await renderCard(CARD);
    expect(await sharp(bytes).metadata()).toMatchObject({ width: 1200, height: 630, format: 'png' });
    expect(bytes.length).toBeLessThan(300_000);
    expect(isLike(await colourAt(bytes, 20, 20), [0xe8, 0x32, 0x1a])).toBe(true);
    expect(isLike(await colourAt(bytes, 20, 620), [0x14, 0x13, 0x0f])).toBe(true);
  });

  it('loads nothing, names no font and lets no markup through', () => {
    const svg = drawCard({ ...CARD, title: '<script>"&\'</script>', colour: '"/><script>' });
    expect(svg).not.toMatch(/href|url\((?!#field)|<text|font|script|NaN|undefined/);
  });

  it.each([
    'Sciopero',
    'Il modello che costa venti volte meno',
    'Perché l’àncora è più giù: «così» dice Zoë — 1993… e la città che verrà, tra università e fabbriche',
    'Donaudampfschifffahrtsgesellschaft',
    'Una settimana di voci dal picchetto, '.repeat(8),
    'Šťastný Łódź',
  ])('has all of the title %j within its margins and above the band', (title) => {
    const { across, down } = numbers(letters(drawCard({ ...CARD, title })));
    expect(Math.min(...across)).toBeGreaterThanOrEqual(56);
    expect(Math.max(...across)).toBeLessThanOrEqual(1144);
    expect(Math.min(...down)).toBeGreaterThanOrEqual(40);
    expect(Math.max(...down)).toBeLessThanOrEqual(450);
  });

  it('gives a title that the face cannot write the show’s name instead', () => {
    const outlines = (title: string) => letters(drawCard({ ...CARD, title }));
    expect(outlines('Гудок 🎙️')).toBe(outlines('Stacca Stacca'));
  });

  it('draws the waveform as it is: loud where it is loud', () => {
    const rising = Uint8Array.from({ length: 1800 }, (_, bin) => Math.floor((bin / 1800) * 250));
    const bars = barsOf(drawCard({ ...CARD, sounds: [{ seconds: 10, peaks: rising }] }));
    expect(bars.length).toBeGreaterThan(50);
    expect(bars.map(({ high }) => high)).toEqual(bars.map(({ high }) => high).toSorted((a, b) => a - b));
    expect(bars.at(-1)?.high).toBeGreaterThan(100);
  });

  it('gives each of several segments the room of its length', () => {
    const bars = barsOf(
      drawCard({ ...CARD, sounds: [100, 300, 200].map((seconds) => ({ seconds, peaks })) }),
    );
    const begins = bars.flatMap(({ left }, index) =>
      index === 0 || left - (bars[index - 1]?.left ?? 0) > 15 ? [index] : [],
    );
    const groups = begins.map((begin, index) => (begins[index + 1] ?? bars.length) - begin);
    expect(groups).toHaveLength(3);
    const [short = 0, long = 0, middle = 0] = groups;
    expect(short).toBeLessThan(middle);
    expect(middle).toBeLessThan(long);
  });

  it('has a motif in the place of waveforms that are not all drawn, the same for the same seed', () => {
    const without = { ...CARD, sounds: [{ seconds: 10, peaks }, { seconds: 10 }] };
    expect(barsOf(drawCard(without))).toEqual([]);
    expect(drawCard(without)).toBe(drawCard({ ...without }));
    const seeds = ['a', 'b', 'c', 'd', 'e'].map((seed) => drawCard({ ...without, seed }));
    expect(new Set(seeds).size).toBe(5);
  });

  it('has a mark that changes with each thing it shows, and only with those', () => {
    const changed: Card[] = [
      { ...CARD, title: 'Altro' },
      { ...CARD, show: 'Altro' },
      { ...CARD, station: 'Altra' },
      { ...CARD, frequency: '' },
      { ...CARD, duration: '1' },
      { ...CARD, colour: '#000000' },
      { ...CARD, sounds: [{ seconds: 1306 }] },
      { ...CARD, sounds: [{ seconds: 1306, peaks: peaks.with(9, 0) }] },
    ];
    const marks = [CARD, ...changed].map(cardMark);
    expect(new Set(marks).size).toBe(changed.length + 1);
    for (const mark of marks) expect(mark).toMatch(/^[0-9a-f]{10}$/);
    expect(cardMark({ ...CARD, sounds: [{ seconds: 1306.2, peaks: peaks.slice() }] })).toBe(cardMark(CARD));
  });
});

describe('the place where cards are kept', () => {
  let directory: string;
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'riascolta-cards-'));
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  it('makes each once, and keeps only the newest of an episode', async () => {
    const store = openPictureStore({ directory });
    const id = cardFolder('guid');
    const make = vi.fn(async () => Buffer.from('picture'));
    await Promise.all([1, 2, 3].map(() => store.card(id, '0123456789', make)));
    expect(make).toHaveBeenCalledTimes(1);
    await store.card(id, 'abcdefabcd', make);
    expect(readdirSync(join(directory, id))).toEqual(['card-abcdefabcd.png']);
  });

  it('takes no name that leads elsewhere', async () => {
    const store = openPictureStore({ directory });
    const make = async () => Buffer.from('picture');
    await expect(store.card('../x', '0123456789', make)).rejects.toBeInstanceOf(NotPicture);
    await expect(store.card(cardFolder('guid'), '../../../../x', make)).rejects.toBeInstanceOf(NotPicture);
  });
});
