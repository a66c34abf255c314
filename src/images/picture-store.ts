import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { exists } from '../disk/exists.ts';
import { replaceFile } from '../disk/replace-file.ts';
import type { PictureVariant } from '../model/addresses.ts';
import { NotPicture, PicturesBusy } from './picture-errors.ts';
import type { PictureSource } from './picture-source.ts';

export interface PictureStore {
  /**
   * Returns the path of a picture's variant. When it is not there yet, it is made from the source that `load` returns; once,
   * however many ask for it. Throws `NotPicture`, `PictureTooLarge`, `PicturesBusy`, and what `load` throws.
   */
  variant(id: string, variant: PictureVariant, load: () => Promise<PictureSource>): Promise<string>;
  /**
   * Returns the path of an episode's card (`id`: its `cardFolder`, `mark`: its `cardMark`). When it is not there yet, it is made by
   * `make`, and the episode's earlier cards are removed. Throws `NotPicture`, `PicturesBusy`, and what `make` throws.
   */
  card(id: string, mark: string, make: () => Promise<Uint8Array>): Promise<string>;
}

/** `directory` is made when it is not there. `waiting`: how many variants may wait to be made, 500 unless given. */
export type PictureStoreOptions = { directory: string; waiting?: number };

/**
 * Opens the store of made pictures, `<directory>/<id>/<variant>`. Several processes may share it: a file appears whole or not at
 * all, and the same id and variant are the same picture in each process. All of it may be deleted at any time. One picture is
 * made at a time, so that a processor is left for listeners.
 */
export function openPictureStore({ directory, waiting = 500 }: PictureStoreOptions): PictureStore {
  const underWay = new Map<string, Promise<string>>();
  let last: Promise<unknown> = Promise.resolve();

  async function find(path: string, make: () => Promise<Uint8Array>): Promise<string> {
    if (await exists(path)) return path;
    const turn = last.then(async () => {
      // Another process may have made it while this one waited.
      if (!(await exists(path))) await put(path, await make());
    });
    last = turn.catch(() => undefined);
    await turn;
    return path;
  }

  /** Returns the picture when it is ready, made once for all who ask. Throws `PicturesBusy` when too many wait. */
  async function keep(path: string, make: () => Promise<Uint8Array>): Promise<string> {
    const begun = underWay.get(path);
    if (begun) return begun;
    if (underWay.size >= waiting) throw new PicturesBusy(`${waiting} pictures are waiting to be made`);
    const found = find(path, make);
    underWay.set(path, found);
    try {
      return await found;
    } finally {
      underWay.delete(path);
    }
  }

  function placeOf(id: string, file: string): string {
    if (!/^[0-9a-f]{20}$/.test(id)) throw new NotPicture('that is no name of a picture');
    return join(directory, id, file);
  }

  return {
    async variant(id, variant, load) {
      return keep(placeOf(id, variant), async () => {
        // Loaded when a picture is made: without it the server needs no encoder in its memory.
        const { makeVariant } = await import('./variants.ts');
        return makeVariant(await load(), variant);
      });
    },
    async card(id, mark, make) {
      if (!/^[0-9a-f]{10}$/.test(mark)) throw new NotPicture('that is no mark of a card');
      const file = `card-${mark}.png`;
      return keep(placeOf(id, file), async () => {
        const bytes = await make();
        await removeOthers(join(directory, id), file);
        return bytes;
      });
    },
  };
}

/** Removes an episode's earlier cards, which nothing links to any more. */
async function removeOthers(folder: string, file: string): Promise<void> {
  const there = await readdir(folder).catch(() => []);
  const old = there.filter((name) => name.startsWith('card-') && name !== file);
  await Promise.all(old.map((name) => rm(join(folder, name), { force: true })));
}

async function put(path: string, bytes: Uint8Array): Promise<void> {
  const folder = join(path, '..');
  await mkdir(folder, { recursive: true });
  await replaceFile(path, bytes, { temporary: join(folder, `.${randomUUID()}.part`) });
}
