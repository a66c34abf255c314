import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Archive, Bundle, Watch } from '../../src/archive/archive.ts';
import { AlreadyThere, FileNotFound, KeyRefused } from '../../src/archive/archive-errors.ts';

const EPISODE = 'stacca-stacca/2025-01-30-sputnik-moment';
const text = (content: string): Uint8Array => new TextEncoder().encode(content);
const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

export async function bundlesOf(archive: Archive): Promise<Bundle[]> {
  return Array.fromAsync(archive.bundles());
}

/** Resolves once `watched` was told of all `keys` since `act` began. */
export async function reportedAfter(watched: Watched, keys: string[], act: () => Promise<unknown>) {
  watched.keys.length = 0;
  await act();
  while (!keys.every((key) => watched.keys.includes(key))) await watched.next();
}

/** What a watch was told so far, one list of keys a call. */
export class Watched {
  readonly keys: string[] = [];
  readonly calls: string[][] = [];
  #wake: () => void = () => {};

  readonly changed = (keys: string[]): void => {
    this.keys.push(...keys);
    this.calls.push(keys);
    this.#wake();
  };

  next(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }
}

/** What every archive does, whatever it is made of. `makeArchive` returns an empty one and the way to be rid of it. */
export function archiveBehaviour(
  name: string,
  makeArchive: () => Promise<{ archive: Archive; dispose: () => Promise<void> }>,
): void {
  describe(name, () => {
    let archive: Archive;
    let dispose: () => Promise<void>;

    beforeEach(async () => {
      ({ archive, dispose } = await makeArchive());
      await archive.write('station.md', text('title: Radio Blackout'));
      await archive.write('stacca-stacca/show.md', text('title: Stacca Stacca'));
      await archive.write(`${EPISODE}/episode.md`, text('title: Sputnik moment'));
      await archive.write(`${EPISODE}/gilberto.mp3`, text('0123456789'));
    });
    afterEach(() => dispose());

    describe('listing', () => {
      it('yields the station, then each show followed by its episodes', async () => {
        await archive.write('bello-come/show.md', text('title: Bello come'));
        await archive.write('bello-come/2024-02-02-due/episode.md', text('title: due'));
        await archive.write('bello-come/2024-01-01-uno/episode.md', text('title: uno'));
        const bundles = await bundlesOf(archive);
        expect(bundles.map(({ key, kind }) => [key, kind])).toEqual([
          ['', 'station'],
          ['bello-come', 'show'],
          ['bello-come/2024-01-01-uno', 'episode'],
          ['bello-come/2024-02-02-due', 'episode'],
          ['stacca-stacca', 'show'],
          [EPISODE, 'episode'],
        ]);
      });

      it('tells the name and bytes of each file', async () => {
        const bundle = await archive.bundle(EPISODE);
        expect(bundle?.files.map(({ name, bytes }) => [name, bytes])).toEqual([
          ['episode.md', 21],
          ['gilberto.mp3', 10],
        ]);
        expect(bundle?.files.every(({ modifiedAt }) => Math.abs(modifiedAt - Date.now()) < 600_000)).toBe(
          true,
        );
      });

      it('has the same bundle by its key as in the list', async () => {
        for (const bundle of await bundlesOf(archive)) {
          expect(await archive.bundle(bundle.key)).toEqual(bundle);
        }
      });

      it('has no bundle where there is none', async () => {
        expect(await archive.bundle('stacca-stacca/2025-01-31-other')).toBeUndefined();
        expect(await archive.bundle('other/2025-01-30-sputnik-moment')).toBeUndefined();
        expect(await archive.bundle('stacca-stacca/show.md')).toBeUndefined();
      });
    });

    describe('signatures', () => {
      const signature = async (): Promise<string | undefined> => (await archive.bundle(EPISODE))?.signature;

      it('stay the same while nothing changes', async () => {
        expect(await signature()).toBe(await signature());
      });

      it('differ after a file came, changed, was renamed and went', async () => {
        const seen = [await signature()];
        await archive.write(`${EPISODE}/cover.jpg`, text('picture'));
        seen.push(await signature());
        await archive.write(`${EPISODE}/cover.jpg`, text('PICTURE'));
        seen.push(await signature());
        await archive.move(`${EPISODE}/cover.jpg`, `${EPISODE}/poster.jpg`);
        seen.push(await signature());
        await archive.remove(`${EPISODE}/gilberto.mp3`);
        seen.push(await signature());
        expect(new Set(seen).size).toBe(5);
      });

      it('of a show do not depend on its episodes', async () => {
        const before = (await archive.bundle('stacca-stacca'))?.signature;
        await archive.write('stacca-stacca/2025-02-06-next/episode.md', text('title: next'));
        expect((await archive.bundle('stacca-stacca'))?.signature).toBe(before);
      });
    });

    describe('reading', () => {
      it('gives the bytes that were written', async () => {
        expect(textOf(await archive.read(`${EPISODE}/gilberto.mp3`))).toBe('0123456789');
      });

      it.each([
        [{ start: 2, end: 5 }, '234'],
        [{ start: 8, end: 100 }, '89'],
        [{ start: 10, end: 20 }, ''],
        [{ start: 0, end: 0 }, ''],
      ])('gives the part %o', async (range, expected) => {
        expect(textOf(await archive.read(`${EPISODE}/gilberto.mp3`, range))).toBe(expected);
      });

      it.each(['nothing.md', 'stacca-stacca/nothing.md', `${EPISODE}/nothing.mp3`, 'stacca-stacca', EPISODE])(
        'finds no file at %s',
        async (key) => {
          await expect(archive.read(key)).rejects.toThrow(FileNotFound);
          expect(await archive.localPath(key)).toBeUndefined();
        },
      );
    });

    describe('keys', () => {
      const REFUSED = [
        '..',
        '../etc/passwd',
        'stacca-stacca/../../etc/passwd',
        'stacca-stacca/./show.md',
        '/etc/passwd',
        'stacca-stacca//show.md',
        'stacca-stacca/',
        'show\0.md',
        '..\\..\\etc\\passwd',
        'a/b/c/d.md',
        '.git/config',
        'stacca-stacca/.hidden',
        'stacca-stacca/half.mp3.part',
      ];

      it.each(REFUSED)('refuses %j', async (key) => {
        await expect(archive.read(key)).rejects.toThrow(KeyRefused);
        await expect(archive.localPath(key)).rejects.toThrow(KeyRefused);
        await expect(archive.bundle(key)).rejects.toThrow(KeyRefused);
        await expect(archive.write(key, text('x'))).rejects.toThrow(KeyRefused);
        await expect(archive.remove(key)).rejects.toThrow(KeyRefused);
        await expect(archive.move(key, 'other.md')).rejects.toThrow(KeyRefused);
        await expect(archive.move('station.md', key)).rejects.toThrow(KeyRefused);
      });

      it('refuses the empty key of a file, and to remove the whole station', async () => {
        await expect(archive.read('')).rejects.toThrow(KeyRefused);
        await expect(archive.write('', text('x'))).rejects.toThrow(KeyRefused);
        await expect(archive.remove('')).rejects.toThrow(KeyRefused);
      });

      it.each([
        'perché no? 100% #1',
        "l'" + '"eco" di Torino',
        'città & <b>',
        '📻 onda',
        '%2e%2e',
        ' spazio ',
      ])('takes %j as a name like any other', async (name) => {
        const key = `stacca-stacca/${name}/${name}.mp3`;
        await archive.write(key, text(name));
        expect(textOf(await archive.read(key))).toBe(name);
        const bundle = (await bundlesOf(archive)).find((each) => each.key === `stacca-stacca/${name}`);
        expect(bundle?.files.map((file) => file.name)).toEqual([`${name}.mp3`]);
        await archive.remove(key);
        await expect(archive.read(key)).rejects.toThrow(FileNotFound);
      });

      it('are the same in NFC and NFD', async () => {
        await archive.write('stacca-stacca/perché/là.md'.normalize('NFD'), text('ciao'));
        expect(textOf(await archive.read('stacca-stacca/perché/là.md'.normalize('NFC')))).toBe('ciao');
        expect((await archive.bundle('stacca-stacca/perché'))?.files[0]?.name).toBe('là.md'.normalize('NFC'));
      });
    });

    describe('writing', () => {
      it('replaces a file as a whole', async () => {
        await archive.write(`${EPISODE}/gilberto.mp3`, text('new'));
        expect(textOf(await archive.read(`${EPISODE}/gilberto.mp3`))).toBe('new');
      });

      it('takes a stream', async () => {
        async function* parts() {
          yield text('one ');
          yield text('two');
        }
        await archive.write(`${EPISODE}/notes.md`, parts());
        expect(textOf(await archive.read(`${EPISODE}/notes.md`))).toBe('one two');
      });

      it('leaves what was there when the stream fails', async () => {
        async function* broken() {
          yield text('half');
          throw new Error('the line went dead');
        }
        const before = await archive.bundle(EPISODE);
        await expect(archive.write(`${EPISODE}/gilberto.mp3`, broken())).rejects.toThrow(
          'the line went dead',
        );
        expect(await archive.bundle(EPISODE)).toEqual(before);
      });

      it('makes no bundle when the stream of its first file fails', async () => {
        async function* broken(): AsyncGenerator<Uint8Array> {
          yield new Uint8Array();
          throw new Error('the line went dead');
        }
        await expect(archive.write('new-show/new-episode/a.mp3', broken())).rejects.toThrow();
        expect(await archive.bundle('new-show/new-episode')).toBeUndefined();
        expect(await archive.bundle('new-show')).toBeUndefined();
      });

      it('puts no file in the place of a bundle', async () => {
        await expect(archive.write(EPISODE, text('x'))).rejects.toThrow(AlreadyThere);
        expect((await archive.bundle(EPISODE))?.files).toHaveLength(2);
      });

      it('keeps one of two that write at once, whole', async () => {
        const long = 'x'.repeat(100_000);
        await Promise.all([
          archive.write(`${EPISODE}/notes.md`, text(long)),
          archive.write(`${EPISODE}/notes.md`, text('short')),
        ]);
        expect([long, 'short']).toContain(textOf(await archive.read(`${EPISODE}/notes.md`)));
      });
    });

    describe('moving', () => {
      it('renames an episode with all in it', async () => {
        await archive.move(EPISODE, 'stacca-stacca/2025-01-30-deepseek');
        expect(await archive.bundle(EPISODE)).toBeUndefined();
        expect((await archive.bundle('stacca-stacca/2025-01-30-deepseek'))?.files).toHaveLength(2);
      });

      it('takes an episode into another show, made where there is none', async () => {
        await archive.move(EPISODE, 'other-show/2025-01-30-sputnik-moment');
        expect((await archive.bundle('other-show/2025-01-30-sputnik-moment'))?.files).toHaveLength(2);
      });

      it('renames a show with its episodes', async () => {
        await archive.move('stacca-stacca', 'stacca');
        expect((await bundlesOf(archive)).map(({ key }) => key)).toEqual([
          '',
          'stacca',
          'stacca/2025-01-30-sputnik-moment',
        ]);
      });

      it('renames a file', async () => {
        await archive.move(`${EPISODE}/gilberto.mp3`, `${EPISODE}/intervista.mp3`);
        expect((await archive.bundle(EPISODE))?.files.map(({ name }) => name)).toEqual([
          'episode.md',
          'intervista.mp3',
        ]);
      });

      it('never puts one thing over another', async () => {
        await archive.write('stacca-stacca/other/episode.md', text('title: other'));
        await expect(archive.move(EPISODE, 'stacca-stacca/other')).rejects.toThrow(AlreadyThere);
        await expect(archive.move(`${EPISODE}/episode.md`, `${EPISODE}/gilberto.mp3`)).rejects.toThrow(
          AlreadyThere,
        );
        expect(textOf(await archive.read('stacca-stacca/other/episode.md'))).toBe('title: other');
        expect(textOf(await archive.read(`${EPISODE}/gilberto.mp3`))).toBe('0123456789');
      });

      it('of what is not there fails', async () => {
        await expect(archive.move('stacca-stacca/none', 'stacca-stacca/other')).rejects.toThrow(FileNotFound);
      });

      it('makes no episode of a show', async () => {
        await expect(archive.move('stacca-stacca', 'other/stacca-stacca')).rejects.toThrow(KeyRefused);
        expect(await archive.bundle(EPISODE)).toBeDefined();
      });
    });

    describe('removing', () => {
      it('takes a file, an episode, a show away', async () => {
        await archive.remove(`${EPISODE}/gilberto.mp3`);
        expect((await archive.bundle(EPISODE))?.files.map(({ name }) => name)).toEqual(['episode.md']);
        await archive.remove(EPISODE);
        expect(await archive.bundle(EPISODE)).toBeUndefined();
        await archive.remove('stacca-stacca');
        expect((await bundlesOf(archive)).map(({ key }) => key)).toEqual(['']);
      });

      it('of what is not there is no error', async () => {
        await archive.remove('stacca-stacca/none');
        await archive.remove('none/none/none.md');
        expect(await bundlesOf(archive)).toHaveLength(3);
      });
    });

    describe('watching', () => {
      let watched: Watched;
      let watch: Watch;
      beforeEach(async () => {
        watched = new Watched();
        watch = await archive.watch(watched.changed);
      });
      afterEach(() => watch.close());

      it('reports an episode whose text was written', async () => {
        await reportedAfter(watched, [EPISODE], () =>
          archive.write(`${EPISODE}/episode.md`, text('title: x')),
        );
      });

      it('reports a new show and its episode', async () => {
        await reportedAfter(watched, ['new', 'new/first'], async () => {
          await archive.write('new/show.md', text('title: new'));
          await archive.write('new/first/episode.md', text('title: first'));
        });
      });

      it('reports changes in an episode that came after the watch', async () => {
        await reportedAfter(watched, ['stacca-stacca/new'], () =>
          archive.write('stacca-stacca/new/episode.md', text('title: new')),
        );
        await reportedAfter(watched, ['stacca-stacca/new'], () =>
          archive.write('stacca-stacca/new/a.mp3', text('sound')),
        );
      });

      it('reports the old key and the new one of what was moved', async () => {
        await reportedAfter(watched, [EPISODE, 'stacca-stacca/moved'], () =>
          archive.move(EPISODE, 'stacca-stacca/moved'),
        );
        await reportedAfter(watched, ['stacca-stacca', 'stacca-stacca/moved', 'stacca', 'stacca/moved'], () =>
          archive.move('stacca-stacca', 'stacca'),
        );
      });

      it('reports what was removed, a show with its episodes', async () => {
        await reportedAfter(watched, ['stacca-stacca', EPISODE], () => archive.remove('stacca-stacca'));
      });

      it('reports the station and a show whose files changed', async () => {
        await reportedAfter(watched, [''], () => archive.write('cover.jpg', text('picture')));
        await reportedAfter(watched, ['stacca-stacca'], () =>
          archive.write('stacca-stacca/cover.jpg', text('picture')),
        );
      });

      it('reports sorted keys, each once a call', async () => {
        await reportedAfter(watched, ['', 'stacca-stacca', EPISODE], () =>
          Promise.all([
            archive.write('station.md', text('title: a')),
            archive.write('stacca-stacca/show.md', text('title: b')),
            archive.write(`${EPISODE}/episode.md`, text('title: c')),
            archive.write(`${EPISODE}/notes.md`, text('d')),
          ]),
        );
        for (const keys of watched.calls) expect(keys).toEqual([...new Set(keys)].sort());
      });

      it('reports nothing once it is closed', async () => {
        const still = new Watched();
        const other = await archive.watch(still.changed);
        await watch.close();
        watched.calls.length = 0;
        await reportedAfter(still, [EPISODE], () => archive.write(`${EPISODE}/episode.md`, text('title: y')));
        await other.close();
        expect(watched.calls).toEqual([]);
      });
    });
  });
}
