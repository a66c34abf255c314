import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Archive } from '../../src/archive/archive.ts';
import { FileNotFound, NotWritable } from '../../src/archive/archive-errors.ts';
import { openFolderArchive } from '../../src/archive/folder-archive.ts';
import { overlayArchive } from '../../src/publishing/dry-run/archive-overlay.ts';
import { putFiles, temporaryFolder } from '../fixtures/station-folder.ts';

let folder: string;
let base: Archive;

beforeEach(async () => {
  folder = await temporaryFolder();
  await putFiles(folder, {
    'station.md': 'stazione',
    'stacca/show.md': 'stacca',
    'stacca/uno/episode.md': 'uno',
    'stacca/uno/a.mp3': 'suono',
    'stacca/due/episode.md': 'due',
    'tav/show.md': 'tav',
    'tav/tre/episode.md': 'tre',
  });
  base = await openFolderArchive(folder);
});

async function listed(archive: Archive): Promise<string[]> {
  const found: string[] = [];
  for await (const { key, kind, files } of archive.bundles())
    found.push(`${kind} ${key}: ${files.map(({ name }) => name).join(' ')}`);
  return found;
}

const textIn = async (archive: Archive, key: string): Promise<string> =>
  new TextDecoder().decode(await archive.read(key));

describe('an archive as it would be', () => {
  it('is the real one where nothing is said of it', async () => {
    const same = overlayArchive(base, { bundles: [] });
    expect(await listed(same)).toEqual(await listed(base));
    expect(await same.bundle('stacca/uno')).toEqual(await base.bundle('stacca/uno'));
    expect(await same.localPath('stacca/uno/a.mp3')).toBe(await base.localPath('stacca/uno/a.mp3'));
  });

  it('has a folder made of a real one, of texts, and of files that lie elsewhere', async () => {
    const upload = join(folder, '.upload');
    await writeFile(upload, 'nuovo suono');
    const archive = overlayArchive(base, {
      bundles: [
        {
          key: 'stacca/uno',
          from: 'stacca/uno',
          without: ['a.mp3'],
          texts: { 'episode.md': 'riscritto' },
          files: { 'b.mp3': upload, 'manca.mp3': join(folder, '.niente') },
        },
      ],
    });
    expect(await listed(archive)).toContain('episode stacca/uno: b.mp3 episode.md');
    expect(await textIn(archive, 'stacca/uno/episode.md')).toBe('riscritto');
    expect(await textIn(archive, 'stacca/uno/b.mp3')).toBe('nuovo suono');
    expect(await archive.read('stacca/uno/b.mp3', { start: 6, end: 11 })).toEqual(Buffer.from('suono'));
    expect(await archive.read('stacca/uno/episode.md', { start: 2, end: 5 })).toEqual(
      new TextEncoder().encode('scr'),
    );
    expect(await archive.localPath('stacca/uno/b.mp3')).toBe(upload);
    expect(await archive.localPath('stacca/uno/episode.md')).toBeUndefined();
    await expect(archive.read('stacca/uno/a.mp3')).rejects.toThrow(FileNotFound);
    await expect(archive.read('stacca/uno/manca.mp3')).rejects.toThrow(FileNotFound);
    const [before, after] = [await base.bundle('stacca/uno'), await archive.bundle('stacca/uno')];
    expect(after?.signature).not.toBe(before?.signature);
    // A text is as old as the one in whose place it stands.
    expect(after?.files.at(-1)?.modifiedAt).toBe(before?.files.at(-1)?.modifiedAt);
  });

  it('has the folders of a show under its new name, each file where it really lies', async () => {
    const archive = overlayArchive(base, {
      bundles: [
        { key: 'stacca', gone: true },
        { key: 'attacca', from: 'stacca', texts: { 'show.md': 'attacca' } },
        { key: 'attacca/quattro', texts: { 'episode.md': 'quattro' } },
      ],
    });
    expect(await listed(archive)).toEqual([
      'station : station.md',
      'show tav: show.md',
      'episode tav/tre: episode.md',
      'show attacca: show.md',
      'episode attacca/due: episode.md',
      'episode attacca/quattro: episode.md',
      'episode attacca/uno: a.mp3 episode.md',
    ]);
    expect(await textIn(archive, 'attacca/show.md')).toBe('attacca');
    expect(await textIn(archive, 'attacca/uno/a.mp3')).toBe('suono');
    expect(archive.originOf('attacca/uno/a.mp3')).toBe('stacca/uno/a.mp3');
    expect(archive.originOf('attacca/show.md')).toBeUndefined();
    expect(await archive.bundle('stacca/uno')).toBeUndefined();
    expect((await archive.bundle('attacca/due'))?.signature).toBe(
      (await base.bundle('stacca/due'))?.signature,
    );
  });

  it('has a moved folder in its new show, and none below a show that is not there', async () => {
    const archive = overlayArchive(base, {
      bundles: [
        { key: 'stacca/uno', gone: true },
        { key: 'tav/uno', from: 'stacca/uno' },
        { key: 'nessuno/x', texts: { 'episode.md': 'x' } },
      ],
    });
    expect(await listed(archive)).toEqual([
      'station : station.md',
      'show stacca: show.md',
      'episode stacca/due: episode.md',
      'show tav: show.md',
      'episode tav/tre: episode.md',
      'episode tav/uno: a.mp3 episode.md',
    ]);
  });

  it('may be some of it only: these folders, what is below them and what they lie in', async () => {
    const bundles = [{ key: 'tav/bozza', texts: { 'episode.md': 'bozza' } }];
    expect(await listed(overlayArchive(base, { bundles, only: ['tav/bozza'] }))).toEqual([
      'station : station.md',
      'show tav: show.md',
      'episode tav/bozza: episode.md',
    ]);
    expect(await listed(overlayArchive(base, { bundles, only: ['tav'] }))).toEqual([
      'station : station.md',
      'show tav: show.md',
      'episode tav/tre: episode.md',
      'episode tav/bozza: episode.md',
    ]);
    const archive = overlayArchive(base, { bundles, only: ['tav/bozza'] });
    expect(await archive.bundle('stacca/uno')).toBeUndefined();
    await expect(archive.read('stacca/uno/a.mp3')).rejects.toThrow(FileNotFound);
  });

  it('cannot be written, and leads nowhere outside', async () => {
    const archive = overlayArchive(base, { bundles: [] });
    await expect(archive.write('stacca/uno/x.md', new Uint8Array())).rejects.toThrow(NotWritable);
    await expect(archive.move('stacca', 'x')).rejects.toThrow(NotWritable);
    await expect(archive.remove('stacca')).rejects.toThrow(NotWritable);
    await expect(archive.read('../etc/passwd')).rejects.toThrow('cannot be a key');
    expect(await listed(base)).toHaveLength(6);
  });
});
