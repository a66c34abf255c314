import { describe, expect, test } from 'vitest';
import { clearerOn, contrast, parseColour, type Rgb, readableOn } from '../../src/site/view-models/colour.ts';
import { colourClass, themeCss } from '../../src/site/view-models/theme.ts';

const PAPER: Rgb = [0xf5, 0xf2, 0xec];
const NIGHT: Rgb = [0x12, 0x11, 0x0e];
const colours = ['#e8321a', '#14130f', '#ffffff', '#e3b505', '#00ffcc', '#1d4f8c', '#ff69b4', '#808080'];

function colour(text: string): Rgb {
  const parsed = parseColour(text);
  if (parsed === undefined) throw new Error(`${text} is no colour`);
  return parsed;
}

describe('contrast', () => {
  test('of black and white is 21, of a colour with itself 1, whichever comes first', () => {
    expect(contrast([0, 0, 0], [255, 255, 255])).toBeCloseTo(21, 5);
    expect(contrast([255, 255, 255], [0, 0, 0])).toBeCloseTo(21, 5);
    expect(contrast(PAPER, PAPER)).toBe(1);
  });

  test('of #767676 on white is the known 4.54', () => {
    expect(contrast(colour('#767676'), [255, 255, 255])).toBeCloseTo(4.54, 2);
  });
});

describe('readableOn', () => {
  test.each(colours)('makes %s readable on paper and on the night', (text) => {
    expect(contrast(readableOn(PAPER, colour(text), 4.5), PAPER)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(readableOn(NIGHT, colour(text), 4.5), NIGHT)).toBeGreaterThanOrEqual(4.5);
  });

  test('leaves a colour alone that is readable already', () => {
    expect(readableOn(PAPER, colour('#1d4f8c'), 4.5)).toEqual(colour('#1d4f8c'));
  });

  test('darkens no further than it must', () => {
    expect(contrast(readableOn(PAPER, colour('#e8321a'), 4.5), PAPER)).toBeLessThan(5);
  });
});

test('clearerOn prefers the first colour where it is clear enough, else the clearer one', () => {
  const [white, ink] = [colour('#ffffff'), colour('#14130f')];
  expect(clearerOn(colour('#e8321a'), white, ink, 3)).toEqual(white);
  expect(clearerOn(colour('#e3b505'), white, ink, 3)).toEqual(ink);
});

describe('themeCss', () => {
  test.each(colours)('gives text in %s 4.5:1 on paper and on marked passages, in light and dark', (text) => {
    const css = themeCss(text, []);
    const [light = '', dark = ''] = css.split('@media (prefers-color-scheme: dark)');
    for (const [rules, paper] of [[light, PAPER] as const, [dark, NIGHT] as const]) {
      const value = (name: string): Rgb =>
        colour(new RegExp(`${name}:(#[0-9a-f]{6})`).exec(rules)?.[1] ?? '');
      expect(contrast(value('--signal-text'), paper)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(value('--signal-text'), value('--mark'))).toBeGreaterThanOrEqual(4.5);
      expect(contrast(value('--on-signal-bar'), value('--signal-bar'))).toBeGreaterThanOrEqual(3);
    }
  });

  test('has one class for each colour, however many shows share it or write it in capitals', () => {
    const css = themeCss('#e8321a', ['#1d4f8c', '#1D4F8C', '#2f6f4f']);
    expect(css.match(/\.c-1d4f8c\{/g)).toHaveLength(2);
    expect(colourClass('#1D4F8C')).toBe('c-1d4f8c');
  });

  test('lets nothing out of a colour that is none', () => {
    expect(themeCss('red;} body{display:none', ['url(x)'])).not.toMatch(/body|url/);
  });
});
