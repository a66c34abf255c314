import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { NotPicture, PicturesBusy } from '../../src/images/picture-errors.ts';
import { openPictureStore } from '../../src/images/picture-store.ts';
import { plain } from './pictures.ts';

const ID = '0123456789abcdef0123';
const source = () => plain(60, 40, '#e8321a').png().toBuffer();

let directory: string;
beforeEach(() => {
  directory = join(mkdtempSync(join(tmpdir(), 'riascolta-pictures-')), 'pictures');
});
afterEach(() => rmSync(join(directory, '..'), { recursive: true, force: true }));

describe('the picture store', () => {
  it('makes a variant once, for all who ask at the same time and later', async () => {
    const store = openPictureStore({ directory });
    const load = vi.fn(source);
    const paths = await Promise.all([1, 2, 3].map(() => store.variant(ID, '96.webp', load)));
    paths.push(await openPictureStore({ directory }).variant(ID, '96.webp', load));
    expect(new Set(paths)).toEqual(new Set([join(directory, ID, '96.webp')]));
    expect(load).toHaveBeenCalledTimes(1);
    expect((await sharp(readFileSync(paths[0] ?? '')).metadata()).format).toBe('webp');
  });

  it('may be shared by processes that make the same picture at once', async () => {
    const stores = [openPictureStore({ directory }), openPictureStore({ directory })];
    await Promise.all(stores.map((store) => store.variant(ID, '96.jpg', source)));
    expect(readdirSync(join(directory, ID))).toEqual(['96.jpg']);
  });

  it('keeps nothing of a source that fails, and goes on with the others', async () => {
    const store = openPictureStore({ directory });
    const bad = store.variant(ID, '96.jpg', async () => Buffer.from('no picture'));
    const gone = store.variant(ID, '320.jpg', () => Promise.reject(new RangeError('gone')));
    const good = store.variant(ID, '96.webp', source);
    await Promise.all([
      expect(bad).rejects.toBeInstanceOf(NotPicture),
      expect(gone).rejects.toBeInstanceOf(RangeError),
    ]);
    await good;
    expect(readdirSync(join(directory, ID))).toEqual(['96.webp']);
    await store.variant(ID, '96.jpg', source);
    expect(readdirSync(join(directory, ID)).sort()).toEqual(['96.jpg', '96.webp']);
  });

  it('turns away more than it has room for, and takes them again later', async () => {
    const store = openPictureStore({ directory, waiting: 1 });
    const first = store.variant(ID, '96.jpg', source);
    await expect(store.variant(ID, '96.webp', source)).rejects.toBeInstanceOf(PicturesBusy);
    await first;
    await expect(store.variant(ID, '96.webp', source)).resolves.toContain('96.webp');
  });

  it('refuses names that lead elsewhere', async () => {
    const store = openPictureStore({ directory });
    await expect(store.variant('../../elsewhere', '96.jpg', source)).rejects.toBeInstanceOf(NotPicture);
  });
});
