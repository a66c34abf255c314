import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { contrast, INK, PAPER } from '../../src/images/colour.ts';
import { drawCover, renderCover } from '../../src/images/drawing.ts';
import { drawingId } from '../../src/images/picture-id.ts';
import { makeVariant } from '../../src/images/variants.ts';
import { colourAt, isLike } from './pictures.ts';

const STACCA = {
  title: 'Stacca Stacca',
  subtitle: 'hacking e reti',
  colour: '#e8321a',
  seed: 'stacca-stacca',
};

/** The path of all letters: the last one in the drawing. */
const letters = (svg: string): string => /.*<path fill="[^"]+" d="([^"]*)"\/><\/svg>$/s.exec(svg)?.[1] ?? '';

/** All x coordinates of a path. */
const across = (path: string): number[] =>
  [...path.matchAll(/(-?[\d.]+) (-?[\d.]+)/g)].map(([, x]) => Number(x));

describe('a drawn cover', () => {
  it('is the same for the same show, and another for another', () => {
    expect(drawCover(STACCA)).toBe(drawCover({ ...STACCA }));
    const others = ['a', 'b', 'c', 'd', 'e', 'f'].map((seed) => drawCover({ ...STACCA, seed }));
    expect(new Set(others).size).toBe(6);
  });

  it('loads nothing and names no font', () => {
    const svg = drawCover({ ...STACCA, title: '<script>"&\'</script>' });
    expect(svg).not.toMatch(/href|url\((?!#field)|<text|font|script|NaN|undefined/);
  });

  it.each([
    'Stacca Stacca',
    'Frittura Mista',
    'Perché l’àncora è più giù: «così» dice Zoë — 1993…',
    'Donaudampfschifffahrtsgesellschaft',
    'Una settimana di voci dal picchetto, '.repeat(8),
    'Šťastný Łódź',
  ])('has all of the title %j inside its margins', (title) => {
    const path = letters(drawCover({ ...STACCA, title }));
    expect(path).not.toContain('NaN');
    expect(Math.min(...across(path))).toBeGreaterThanOrEqual(70);
    expect(Math.max(...across(path))).toBeLessThanOrEqual(1330);
    const fewer = letters(drawCover({ ...STACCA, title: title.slice(0, -1) }));
    expect(path.split('Z').length).toBeGreaterThanOrEqual(fewer.split('Z').length);
  });

  it('sets what the face cannot write without accents, or leaves it out', () => {
    const plain = letters(drawCover({ ...STACCA, title: 'Radio a' }));
    expect(letters(drawCover({ ...STACCA, title: 'Radio \u0430 a Радио 🎙️' }))).toBe(plain);
    expect(letters(drawCover({ ...STACCA, title: '', subtitle: '' }))).toBe('');
  });

  it.each([
    ['#14130f', PAPER],
    ['#e8321a', PAPER],
    ['#1f4e8c', PAPER],
    ['#e0b400', INK],
    ['#ffffff', INK],
  ])('on %s is lettered in %s, which can be read', (colour, ink) => {
    expect(drawCover({ ...STACCA, colour })).toContain(`<path fill="${ink}" d="M`);
    expect(contrast(colour, ink)).toBeGreaterThanOrEqual(3);
  });

  it('takes the signal colour where the colour is none', () => {
    expect(drawCover({ ...STACCA, colour: '"/><script>' })).toBe(drawCover(STACCA));
  });

  it('becomes a picture of 1400 px, from which variants are made', async () => {
    const png = await renderCover(STACCA);
    expect(await sharp(png).metadata()).toMatchObject({ width: 1400, height: 1400, format: 'png' });
    expect(isLike(await colourAt(png, 20, 1390), [0xe8, 0x32, 0x1a])).toBe(true);
    expect((await sharp(await makeVariant(png, '96.webp')).metadata()).width).toBe(96);
  });

  it('has a name that changes with each thing that is drawn', () => {
    const drawings = [STACCA, ...Object.keys(STACCA).map((key) => ({ ...STACCA, [key]: '#000000' }))];
    expect(new Set(drawings.map(drawingId)).size).toBe(5);
    expect(drawingId(STACCA)).toMatch(/^[0-9a-f]{20}$/);
  });
});
