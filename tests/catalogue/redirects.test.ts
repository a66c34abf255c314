import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rebuildCatalogue } from '../../src/catalogue/open.ts';
import { DAY, episodeOf, NOW, segmentOf, showOf } from '../fixtures/episodes.ts';
import { catalogueWith, emptyDirectory, opened, put } from './opened.ts';

const audio = (fingerprint: string) => [segmentOf({ file: 'gilberto.mp3', guid: 'g', fingerprint })];
const before = episodeOf({ slug: 'vecchio', guid: 'e', segments: audio('aaaaaaaaaa') });
const after = episodeOf({ slug: 'nuovo', guid: 'e', segments: audio('bbbbbbbbbb') });
const OLD_AUDIO = '/shows/stacca-stacca/vecchio/gilberto-aaaaaaaaaa.mp3';
const NEW_AUDIO = '/shows/stacca-stacca/nuovo/gilberto-bbbbbbbbbb.mp3';

async function renamed(directory: string) {
  const catalogue = await opened(directory);
  await put(catalogue, before);
  await catalogue.write(async (writer) => {
    await writer.removeFolder('stacca-stacca/vecchio');
    await writer.putEpisode({ episode: after, year: 2025, month: 1 });
  });
  return catalogue;
}

describe('an old address', () => {
  it('of a renamed episode and of its replaced audio leads to the new one', async () => {
    const catalogue = await renamed(await emptyDirectory());
    expect(await catalogue.redirectFor('/shows/stacca-stacca/vecchio', NOW)).toBe(
      '/shows/stacca-stacca/nuovo',
    );
    expect(await catalogue.redirectFor('/shows/stacca-stacca/vecchio/', NOW)).toBe(
      '/shows/stacca-stacca/nuovo',
    );
    expect(await catalogue.redirectFor(OLD_AUDIO, NOW)).toBe(NEW_AUDIO);
    expect(await catalogue.redirectFor('/shows/stacca-stacca/mai', NOW)).toBeUndefined();
  });

  it('is remembered by a catalogue that was built anew', async () => {
    const directory = await emptyDirectory();
    const catalogue = await renamed(directory);
    await rebuildCatalogue({ directory }, (fresh) => put(fresh, after));
    await catalogue.write(async () => undefined);
    expect(await catalogue.redirectFor(OLD_AUDIO, NOW)).toBe(NEW_AUDIO);
    expect(await (await opened(directory, 'read')).redirectFor(OLD_AUDIO, NOW)).toBe(NEW_AUDIO);
  });

  it('leads neither to itself nor to what the public may not see', async () => {
    const catalogue = await renamed(await emptyDirectory());
    expect(await catalogue.redirectFor(NEW_AUDIO, NOW)).toBeUndefined();
    expect(await catalogue.redirectFor('/shows/stacca-stacca/nuovo', NOW)).toBeUndefined();
    for (const hidden of [
      { status: 'withdrawn' },
      { status: 'draft' },
      { publishedAt: NOW + DAY },
    ] as const) {
      await put(catalogue, { ...after, ...hidden, redirectFrom: ['/p/12'] });
      expect(await catalogue.redirectFor(OLD_AUDIO, NOW)).toBeUndefined();
      expect(await catalogue.redirectFor('/p/12', NOW)).toBeUndefined();
    }
    await catalogue.write((writer) => writer.removeFolder('stacca-stacca/nuovo'));
    expect(await catalogue.redirectFor(OLD_AUDIO, NOW)).toBeUndefined();
  });

  it('of a draft is nobody’s business', async () => {
    const catalogue = await catalogueWith({ ...before, status: 'draft' });
    await catalogue.write((writer) => writer.removeFolder('stacca-stacca/vecchio'));
    await put(catalogue, after);
    expect(await catalogue.redirectFor('/shows/stacca-stacca/vecchio', NOW)).toBeUndefined();
  });

  it('that the front matter names leads there, however it is written', async () => {
    const catalogue = await catalogueWith(
      episodeOf({
        slug: 'città',
        redirectFrom: ['/2024/11/Città/', 'https://old.example/podcast/due.mp3', '/audio/uno.mp3'],
        segments: [
          segmentOf({ file: 'uno.mp3', guid: '1', fingerprint: 'aaaaaaaaaa' }),
          segmentOf({ file: 'due.mp3', guid: '2', fingerprint: 'bbbbbbbbbb' }),
        ],
      }),
    );
    const page = '/shows/stacca-stacca/citt%C3%A0';
    expect(await catalogue.redirectFor('/2024/11/Citt%C3%A0', NOW)).toBe(page);
    expect(await catalogue.redirectFor('/2024/11/Citta%CC%80/', NOW)).toBe(page);
    expect(await catalogue.redirectFor('/podcast/due.mp3', NOW)).toBe(`${page}/due-bbbbbbbbbb.mp3`);
    expect(await catalogue.redirectFor('/audio/uno.mp3', NOW)).toBe(`${page}/uno-aaaaaaaaaa.mp3`);
    await put(catalogue, episodeOf({ slug: 'città' }));
    expect(await catalogue.redirectFor('/2024/11/Citt%C3%A0', NOW)).toBeUndefined();
  });

  it('of a renamed show leads to it, and its feed to the feed', async () => {
    const catalogue = await catalogueWith();
    await catalogue.write((writer) => writer.putShow(showOf({ slug: 'prima', guid: 's' })));
    await catalogue.write(async (writer) => {
      await writer.removeFolder('prima');
      await writer.putShow(showOf({ slug: 'dopo', guid: 's', redirectFrom: ['/rubriche/antica'] }));
    });
    expect(await catalogue.redirectFor('/shows/prima', NOW)).toBe('/shows/dopo');
    expect(await catalogue.redirectFor('/shows/prima/feed.xml', NOW)).toBe('/shows/dopo/feed.xml');
    expect(await catalogue.redirectFor('/rubriche/antica', NOW)).toBe('/shows/dopo');
    expect(await catalogue.redirectFor('/shows/dopo/feed.xml', NOW)).toBeUndefined();
  });

  it('may be anything at all', async () => {
    const catalogue = await renamed(await emptyDirectory());
    for (const path of [
      '',
      '/',
      '//',
      '%',
      '/%00',
      '/\0',
      '/%ff',
      `/${'a'.repeat(9000)}`,
      "/' or 1=1 --",
      'http://',
    ]) {
      expect(await catalogue.redirectFor(path, NOW)).toBeUndefined();
    }
  });

  it('survives a damaged memory, which is set aside', async () => {
    const directory = await emptyDirectory();
    await writeFile(join(directory, 'addresses.sqlite'), 'rubbish '.repeat(1000));
    const catalogue = await renamed(directory);
    expect(await catalogue.redirectFor(OLD_AUDIO, NOW)).toBe(NEW_AUDIO);
  });
});

describe('the first address of a guid', () => {
  it('is the one under which it was published first', async () => {
    const catalogue = await renamed(await emptyDirectory());
    expect(await catalogue.firstAddressOf('e')).toBe('/shows/stacca-stacca/vecchio');
    expect(await catalogue.firstAddressOf('nobody')).toBeUndefined();
  });
});
