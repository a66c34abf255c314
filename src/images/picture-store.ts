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
   * Returns the path of the ready file of a picture's variant. Where it is not there yet, `load` is asked for the
   * source and the variant is made: once, however many ask for it. Throws `NotPicture`, `PictureTooLarge`,
   * `PicturesBusy`, and what `load` throws.
   */
  variant(id: string, variant: PictureVariant, load: () => Promise<PictureSource>): Promise<string>;
  /**
   * Returns the path of the ready card of an episode (`id`: its `cardFolder`) that shows what `mark` stands for (10 hex
   * digits); made by `make` where it is not there, and those of other marks let go. Throws `NotPicture`, `PicturesBusy`,
   * and what `make` throws.
   */
  card(id: string, mark: string, make: () => Promise<Uint8Array>): Promise<string>;
}

/** `directory` is made when it is not there; `waiting`: how many variants may wait to be made, 500 unless told. */
export type PictureStoreOptions = { directory: string; waiting?: number };

/**
 * Opens the place where made pictures are kept, as `<directory>/<id>/<variant>`. Several processes may share it: a file
 * appears there whole or not at all, and the same id and variant are the same picture whoever made it. All of it may be
 * deleted at any time. One picture is made at a time, so that the server has a processor left for its listeners.
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

  /** Waits for its turn, once for all who ask; refuses when too many wait. */
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
        // A server whose pictures were all made needs no encoder in its memory.
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

/** An episode has one card: what it showed before is of use to nobody. */
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
