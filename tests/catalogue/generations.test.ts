import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import type { Catalogue } from '../../src/catalogue/catalogue.ts';
import { CatalogueReadOnly } from '../../src/catalogue/errors.ts';
import { rebuildCatalogue } from '../../src/catalogue/open.ts';
import { episodeOf, NOW, showOf } from '../fixtures/episodes.ts';
import { catalogueWith, emptyDirectory, opened, put } from './opened.ts';

async function titles(catalogue: Catalogue): Promise<string[]> {
  const { items } = await catalogue.cards({}, { limit: 50 }, NOW);
  return items.map((card) => card.title).sort();
}

const generationFile = async (directory: string): Promise<string> =>
  join(directory, `${(await readFile(join(directory, 'current'), 'utf8')).trim()}.sqlite`);

describe('the state', () => {
  it('differs after a write, for the writer and for every reader', async () => {
    const directory = await emptyDirectory();
    const writer = await opened(directory);
    const reader = await opened(directory, 'read');
    const before = reader.state(NOW);
    expect(writer.state(NOW)).toBe(before);
    await put(writer, episodeOf({ slug: 'a', title: 'Uno' }));
    expect(reader.state(NOW)).not.toBe(before);
    expect(reader.state(NOW)).toBe(writer.state(NOW));
    expect(await titles(reader)).toEqual(['Uno']);
  });

  it('stays when nothing that anybody sees was written', async () => {
    const catalogue = await catalogueWith(episodeOf({ slug: 'a' }));
    const before = catalogue.state(NOW);
    await put(catalogue, episodeOf({ slug: 'a' }));
    await catalogue.write((writer) => writer.putProbe('a/b/c.mp3', '1', { seconds: 3 }));
    await catalogue.write((writer) => writer.removeContent('stacca-stacca/nessuno'));
    expect(catalogue.state(NOW)).toBe(before);
  });

  it('differs for what is not in a list too: shows, pictures, drafts, faults', async () => {
    const catalogue = await catalogueWith();
    const states = [catalogue.state(NOW)];
    const step = async (write: Parameters<Catalogue['write']>[0]) => {
      await catalogue.write(write);
      states.push(catalogue.state(NOW));
    };
    await step((writer) => writer.putShow(showOf({ slug: 'a' })));
    await step((writer) => writer.putPicture('p', { from: 'file', fileKey: 'a/cover.jpg' }));
    await step((writer) =>
      writer.putEpisode({ episode: episodeOf({ slug: 'a', status: 'draft' }), year: 2025, month: 1 }),
    );
    await step((writer) =>
      writer.putFolder('a', 's', [{ folder: 'a', severity: 'error', code: 'yaml-broken', values: {} }]),
    );
    await step((writer) => writer.removeFolder('a'));
    expect(new Set(states).size).toBe(states.length);
  });

  it('belongs to the moment, whichever moment was asked for before', async () => {
    const catalogue = await catalogueWith(episodeOf({ slug: 'a', publishedAt: NOW + 1000 }));
    const early = catalogue.state(NOW);
    const late = catalogue.state(NOW + 1000);
    expect(late).not.toBe(early);
    expect(catalogue.state(NOW)).toBe(early);
    expect(catalogue.state(NOW + 5000)).toBe(late);
  });
});

describe('a write', () => {
  it('that fails leaves nothing behind, and the next one works', async () => {
    const catalogue = await catalogueWith();
    const failing = catalogue.write(async (writer) => {
      await writer.putEpisode({
        episode: episodeOf({ slug: 'a', tags: ['cina'], title: 'Balena' }),
        year: 2025,
        month: 1,
      });
      throw new Error('power cut');
    });
    await expect(failing).rejects.toThrow('power cut');
    expect(await titles(catalogue)).toEqual([]);
    await put(catalogue, episodeOf({ slug: 'b', tags: ['cina'], title: 'Balena' }));
    expect(await catalogue.tags(NOW)).toEqual([{ name: 'cina', slug: 'cina', count: 1 }]);
    expect((await catalogue.search('balen', { page: 1, size: 5 }, NOW)).total).toBe(1);
  });

  it('waits for the one before, of this or of another process', async () => {
    const directory = await emptyDirectory();
    const [one, two] = [await opened(directory), await opened(directory)];
    const slowly = (catalogue: Catalogue, slug: string) =>
      catalogue.write(async (writer) => {
        await writer.putEpisode({
          episode: episodeOf({ slug, title: slug, tags: ['t'] }),
          year: 2025,
          month: 1,
        });
        await pause(30);
      });
    await Promise.all([slowly(one, 'a'), slowly(two, 'b'), slowly(one, 'c'), slowly(two, 'd')]);
    expect(await titles(one)).toEqual(['a', 'b', 'c', 'd']);
    expect(await two.countEpisodes({ tag: 't' }, NOW)).toBe(4);
  });

  it('shows the indexer what it wrote so far, and the public nothing yet', async () => {
    const catalogue = await catalogueWith();
    await catalogue.write(async (writer) => {
      await writer.putEpisode({ episode: episodeOf({ slug: 'a' }), year: 2025, month: 1 });
      expect(await catalogue.keyOfGuid('episode-a')).toBe('stacca-stacca/a');
      expect(await titles(catalogue)).toEqual([]);
    });
    expect(await titles(catalogue)).toEqual(['a']);
  });

  it('is refused where the catalogue was opened for reading', async () => {
    const reader = await opened(await emptyDirectory(), 'read');
    await expect(reader.write(async () => undefined)).rejects.toBeInstanceOf(CatalogueReadOnly);
  });
});

describe('a reader', () => {
  it('that comes before any catalogue answers as if it were empty, and follows once there is one', async () => {
    const directory = await emptyDirectory();
    const reader = await opened(directory, 'read');
    const before = reader.state(NOW);
    expect(await reader.station()).toBeUndefined();
    expect(await titles(reader)).toEqual([]);
    expect((await reader.search('cina', { page: 1, size: 5 }, NOW)).total).toBe(0);
    expect(await reader.redirectFor('/vecchio')).toBeUndefined();
    expect(await readdir(directory)).toEqual([]);
    await put(await opened(directory), episodeOf({ slug: 'a', title: 'Uno' }));
    await vi.waitFor(() => expect(reader.state(NOW)).not.toBe(before));
    expect(await titles(reader)).toEqual(['Uno']);
  });
});

describe('a rebuilt catalogue', () => {
  it('takes the place of the one in use while others have it open, and the old file goes', async () => {
    const directory = await emptyDirectory();
    const writer = await opened(directory);
    const reader = await opened(directory, 'read');
    await put(writer, episodeOf({ slug: 'a', title: 'Vecchio' }));
    const before = reader.state(NOW);
    const old = await generationFile(directory);
    const generation = await rebuildCatalogue({ directory }, async (fresh) => {
      await put(fresh, episodeOf({ slug: 'a', title: 'Nuovo' }));
      expect(await titles(fresh)).toEqual(['Nuovo']);
      expect(await titles(reader)).toEqual(['Vecchio']);
    });
    await vi.waitFor(() => expect(reader.state(NOW)).not.toBe(before));
    expect(await titles(reader)).toEqual(['Nuovo']);
    await put(writer, episodeOf({ slug: 'b', title: 'Dopo' }));
    expect(writer.generation()).toBe(generation);
    expect(await titles(reader)).toEqual(['Dopo', 'Nuovo']);
    expect(await titles(writer)).toEqual(['Dopo', 'Nuovo']);
    expect((await readdir(directory)).filter((name) => old.endsWith(name))).toEqual([]);
  });

  it('is seen by a writer that writes nothing, so that it can look for what the rebuild missed', async () => {
    const directory = await emptyDirectory();
    const writer = await opened(directory);
    await writer.write((writing) => writing.putFolder('s/a', 'vecchia', []));
    const generation = await rebuildCatalogue({ directory }, (fresh) =>
      fresh.write((writing) => writing.putFolder('s/a', 'nuova', [])),
    );
    expect(writer.generation()).toBe(generation);
    expect(await writer.signaturesBelow('s')).toEqual(new Map([['s/a', 'nuova']]));
  });

  it('that fails half-way changes nothing', async () => {
    const directory = await emptyDirectory();
    const writer = await opened(directory);
    await put(writer, episodeOf({ slug: 'a', title: 'Vecchio' }));
    const files = await readdir(directory);
    const failing = rebuildCatalogue({ directory }, async (fresh) => {
      await put(fresh, episodeOf({ slug: 'a', title: 'Nuovo' }));
      throw new Error('unplugged');
    });
    await expect(failing).rejects.toThrow('unplugged');
    expect(await titles(writer)).toEqual(['Vecchio']);
    expect((await readdir(directory)).sort()).toEqual(files.sort());
  });

  it('keeps cursors good', async () => {
    const directory = await emptyDirectory();
    const catalogue = await opened(directory);
    const episodes = ['a', 'b', 'c'].map((slug) => episodeOf({ slug, title: slug }));
    await put(catalogue, ...episodes);
    const { next } = await catalogue.cards({}, { limit: 1 }, NOW);
    await rebuildCatalogue({ directory }, (fresh) => put(fresh, ...episodes.toReversed()));
    await catalogue.write(async () => undefined);
    expect(next).toMatch(/^[\w-]+$/);
    const { items } = await catalogue.cards(
      {},
      next === undefined ? { limit: 5 } : { before: next, limit: 5 },
      NOW,
    );
    expect(items.map((card) => card.slug)).toEqual(['b', 'a']);
  });
});

describe('a file that cannot be used', () => {
  it.each([
    [
      'is no database',
      (file: string) => writeFile(file, 'this is not a database, and quite long enough '.repeat(200)),
    ],
    ['is empty', (file: string) => writeFile(file, '')],
    ['is gone', (file: string) => rm(file)],
    [
      'was made by a newer version',
      async (file: string) => {
        const database = new DatabaseSync(file);
        database.exec("insert into kysely_migration (name, timestamp) values ('9999-later', '2030')");
        database.close();
      },
    ],
  ])('because it %s, gives way to a fresh one', async (_, damage) => {
    const directory = await emptyDirectory();
    const first = await opened(directory);
    await put(first, episodeOf({ slug: 'a', title: 'Vecchio' }));
    await first.close();
    await damage(await generationFile(directory));
    const reader = await opened(directory, 'read');
    expect(await titles(reader)).toEqual([]);
    const writer = await opened(directory);
    expect(await writer.signaturesBelow('s')).toEqual(new Map());
    await put(writer, episodeOf({ slug: 'b', title: 'Nuovo' }));
    await vi.waitFor(() => expect(reader.state(NOW)).toBe(writer.state(NOW)));
    expect(await titles(reader)).toEqual(['Nuovo']);
  });

  it('is also one whose name in `current` is nonsense', async () => {
    const directory = await emptyDirectory();
    await writeFile(join(directory, 'current'), '../../etc/passwd\n');
    const writer = await opened(directory);
    await put(writer, episodeOf({ slug: 'a', title: 'Uno' }));
    expect(await titles(await opened(directory, 'read'))).toEqual(['Uno']);
  });
});
