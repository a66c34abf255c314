import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { StudioAssets } from '../../src/studio/assets.ts';
import { readStudioAssets } from '../../src/studio/assets.ts';

const directory = mkdtempSync(join(tmpdir(), 'riascolta-bundles-'));
const options = {
  directory,
  fonts: (name: string) => `/assets/${name}`,
  log: { info: () => {}, warn: () => {} },
};
let bundles: StudioAssets;

beforeAll(async () => {
  bundles = await readStudioAssets(options);
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const bodyOf = (address: string): Buffer => {
  const asset = bundles.find(address.replace('/studio/assets/', ''));
  if (asset === undefined) throw new Error(`There is nothing at ${address}`);
  return asset.body;
};

test('the page for a new episode loads under 150 KB of script, compressed either way', () => {
  const script = bodyOf(bundles.script('draft'));
  expect(gzipSync(script, { level: 9 }).length).toBeLessThan(150_000);
  expect(brotliCompressSync(script).length).toBeLessThan(150_000);
});

test('a later start reads what is kept, and makes anew what is damaged', async () => {
  const file = join(directory, 'studio-bundles.json');
  const made = statSync(file).ino;
  const again = await readStudioAssets(options);
  expect(again.script('draft')).toBe(bundles.script('draft'));
  expect(statSync(file).ino).toBe(made);

  const whole = readFileSync(file);
  writeFileSync(file, whole.subarray(0, 1_000));
  const mended = await readStudioAssets(options);
  expect(mended.script('draft')).toBe(bundles.script('draft'));
  expect(readFileSync(file).equals(whole)).toBe(true);
  expect(readdirSync(directory).filter((name) => name.endsWith('.part'))).toEqual([]);
});

test('where nothing can be kept the scripts are there all the same', async () => {
  const warnings: string[] = [];
  const nowhere = await readStudioAssets({
    ...options,
    directory: join(directory, 'studio-bundles.json', 'below-a-file'),
    log: { info: () => {}, warn: (_details, sentence) => warnings.push(sentence) },
  });
  expect(nowhere.script('draft')).toBe(bundles.script('draft'));
  expect(warnings).toHaveLength(1);
});

test('names that are none are refused', () => {
  expect(() => bundles.script('nothing')).toThrow('nothing');
  expect(bundles.find('draft-0000000000.js')).toBeUndefined();
});

test('the sheet names the site’s faces, and the policy’s inline styles are nowhere needed', () => {
  const sheet = bodyOf(bundles.sheet).toString();
  expect(sheet).toContain('url("/assets/barlow-condensed-latin-800.woff2")');
  expect(sheet).toContain('--signal:');
  expect(sheet).not.toContain('/*');
});
