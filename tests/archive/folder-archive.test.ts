import { execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmod,
  link,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Archive } from '../../src/archive/archive.ts';
import { ArchiveNotFound, LinkLeadsOut, NotReadable, NotWritable } from '../../src/archive/archive-errors.ts';
import { openFolderArchive } from '../../src/archive/folder-archive.ts';
import { archiveBehaviour, bundlesOf } from './archive-suite.ts';

const EPISODE = 'stacca-stacca/2025-01-30-sputnik-moment';
const text = (content: string): Uint8Array => new TextEncoder().encode(content);

archiveBehaviour('a folder archive', async () => {
  const root = await mkdtemp(join(tmpdir(), 'riascolta-'));
  return { archive: await openFolderArchive(root), dispose: () => rm(root, { recursive: true }) };
});

let base: string;
let root: string;
let outside: string;
let archive: Archive;

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'riascolta-'));
  root = join(base, 'episodes');
  outside = join(base, 'outside');
  await mkdir(join(root, EPISODE), { recursive: true });
  await mkdir(outside);
  await writeFile(join(root, 'station.md'), 'title: Radio Blackout');
  await writeFile(join(root, EPISODE, 'episode.md'), 'title: Sputnik moment');
  await writeFile(join(outside, 'secret.md'), 'secret');
  archive = await openFolderArchive(root);
});
afterEach(() => rm(base, { recursive: true, force: true }));

const filesOf = async (key: string) => (await archive.bundle(key))?.files ?? [];
const namesOf = async (key: string) => (await filesOf(key)).map(({ name }) => name);

describe('opening', () => {
  it('fails where there is no folder', async () => {
    await expect(openFolderArchive(join(base, 'none'))).rejects.toThrow(ArchiveNotFound);
    await expect(openFolderArchive(join(root, 'station.md'))).rejects.toThrow(ArchiveNotFound);
  });

  it('takes a root that is a link', async () => {
    await symlink(root, join(base, 'current'));
    const linked = await openFolderArchive(join(base, 'current'));
    expect((await bundlesOf(linked)).map(({ key }) => key)).toEqual(['', 'stacca-stacca', EPISODE]);
    expect(await linked.read(`${EPISODE}/episode.md`)).toHaveLength(21);
  });
});

describe('what is not part of a bundle', () => {
  it('is left out: hidden, half-downloaded and system files, and folders in episodes', async () => {
    const litter = [
      '.DS_Store',
      'episode.md~',
      'a.mp3.part',
      'a.tmp',
      'a.CRDOWNLOAD',
      'a.filepart',
      'Thumbs.db',
    ];
    for (const name of litter) await writeFile(join(root, EPISODE, name), 'x');
    await mkdir(join(root, EPISODE, 'raw takes'));
    await writeFile(join(root, EPISODE, 'raw takes', 'one.wav'), 'x');
    const before = (await archive.bundle(EPISODE))?.signature;
    expect(await namesOf(EPISODE)).toEqual(['episode.md']);
    await rm(join(root, EPISODE, '.DS_Store'));
    expect((await archive.bundle(EPISODE))?.signature).toBe(before);
  });

  it('is left out at the level of shows and episodes too', async () => {
    for (const name of ['.git', '__MACOSX', 'lost+found', 'node_modules']) {
      await mkdir(join(root, name, 'inside'), { recursive: true });
      await mkdir(join(root, 'stacca-stacca', name));
    }
    expect((await bundlesOf(archive)).map(({ key }) => key)).toEqual(['', 'stacca-stacca', EPISODE]);
  });
});

describe('names on disk', () => {
  it('are found by their NFC key when the disk has NFD', async () => {
    const onDisk = join(root, 'stacca-stacca', 'perché'.normalize('NFD'));
    await mkdir(onDisk);
    await writeFile(join(onDisk, 'città.md'.normalize('NFD')), 'ciao');
    const key = 'stacca-stacca/perché'.normalize('NFC');
    expect((await bundlesOf(archive)).map((bundle) => bundle.key)).toContain(key);
    const fileKey = `${key}/città.md`.normalize('NFC');
    expect(await archive.read(fileKey)).toEqual(Buffer.from('ciao'));
    await archive.write(fileKey, text('di nuovo'));
    expect(await readdir(onDisk)).toEqual(['città.md'.normalize('NFD')]);
    expect(await readFile(join(onDisk, 'città.md'.normalize('NFD')), 'utf8')).toBe('di nuovo');
  });

  it('that fold to one key: the NFC one wins, the other is named as a clash', async () => {
    const [nfc, nfd] = ['è.mp3'.normalize('NFC'), 'è.mp3'.normalize('NFD')];
    await writeFile(join(root, EPISODE, nfd), 'nfd');
    await writeFile(join(root, EPISODE, nfc), 'the nfc one');
    const bundle = await archive.bundle(EPISODE);
    expect(bundle?.files.map(({ name, bytes }) => [name, bytes])).toEqual([
      ['episode.md', 21],
      [nfc, 11],
    ]);
    expect(bundle?.clashes).toEqual([nfd]);
    expect(await archive.read(`${EPISODE}/${nfc}`)).toEqual(Buffer.from('the nfc one'));
  });

  it('that no key can have are named as clashes', async () => {
    await writeFile(Buffer.concat([Buffer.from(`${root}/${EPISODE}/perch`), Buffer.from([0xe9])]), 'latin 1');
    await writeFile(join(root, EPISODE, 'a\\b.mp3'), 'x');
    const bundle = await archive.bundle(EPISODE);
    expect(bundle?.files.map(({ name }) => name)).toEqual(['episode.md']);
    expect(bundle?.clashes).toEqual(['a\\b.mp3', 'perch\uFFFD']);
  });
});

describe('links', () => {
  it('are followed to files and folders inside', async () => {
    await symlink(join(root, 'station.md'), join(root, EPISODE, 'linked.md'));
    await symlink(join(root, EPISODE), join(root, 'stacca-stacca', 'again'));
    expect(await archive.read(`${EPISODE}/linked.md`)).toHaveLength(21);
    expect((await filesOf(EPISODE)).find(({ name }) => name === 'linked.md')).toMatchObject({ bytes: 21 });
    expect(await namesOf('stacca-stacca/again')).toEqual(['episode.md', 'linked.md']);
  });

  it('that lead out, or nowhere, are named and never read', async () => {
    await symlink(join(outside, 'secret.md'), join(root, EPISODE, 'out.md'));
    await symlink(join(root, 'none.md'), join(root, EPISODE, 'nowhere.md'));
    await symlink('loop.md', join(root, EPISODE, 'loop.md'));
    await symlink(outside, join(root, 'stacca-stacca', 'out'));
    const leading = (await filesOf(EPISODE)).filter((file) => file.leadsOut).map(({ name }) => name);
    expect(leading).toEqual(['loop.md', 'nowhere.md', 'out.md']);
    for (const name of leading) {
      await expect(archive.read(`${EPISODE}/${name}`)).rejects.toThrow(LinkLeadsOut);
      expect(await archive.localPath(`${EPISODE}/${name}`)).toBeUndefined();
    }
    expect((await bundlesOf(archive)).map(({ key }) => key)).toEqual(['', 'stacca-stacca', EPISODE]);
    expect(await archive.bundle('stacca-stacca/out')).toBeUndefined();
    await expect(archive.read('stacca-stacca/out/secret.md')).rejects.toThrow(LinkLeadsOut);
    expect(await filesOf('stacca-stacca')).toMatchObject([{ name: 'out', leadsOut: true }]);
  });

  it('that lead out are not written, moved or removed through', async () => {
    await symlink(outside, join(root, 'stacca-stacca', 'out'));
    await expect(archive.write('stacca-stacca/out/new.md', text('x'))).rejects.toThrow(LinkLeadsOut);
    await expect(archive.remove('stacca-stacca/out/secret.md')).rejects.toThrow(LinkLeadsOut);
    await expect(archive.move('stacca-stacca/out/secret.md', 'got.md')).rejects.toThrow(LinkLeadsOut);
    await expect(archive.move('station.md', 'stacca-stacca/out/station.md')).rejects.toThrow(LinkLeadsOut);
    expect(await readdir(outside)).toEqual(['secret.md']);
  });

  it('are removed as links: what they lead to stays', async () => {
    await symlink(outside, join(root, 'stacca-stacca', 'out'));
    await archive.remove('stacca-stacca/out');
    expect(await readdir(join(root, 'stacca-stacca'))).toEqual(['2025-01-30-sputnik-moment']);
    expect(await readdir(outside)).toEqual(['secret.md']);
  });

  it('on a pipe in the way, nothing waits', async () => {
    execFileSync('mkfifo', [join(root, EPISODE, 'pipe.mp3')]);
    expect(await filesOf(EPISODE)).toMatchObject([
      { name: 'episode.md' },
      { name: 'pipe.mp3', leadsOut: true },
    ]);
    await expect(archive.read(`${EPISODE}/pipe.mp3`)).rejects.toThrow(LinkLeadsOut);
  });

  it('of the hard kind are files', async () => {
    await link(join(root, 'station.md'), join(root, EPISODE, 'hard.md'));
    expect(await archive.read(`${EPISODE}/hard.md`)).toHaveLength(21);
  });
});

describe('localPath', () => {
  it('is the real path', async () => {
    await symlink(join(root, 'station.md'), join(root, EPISODE, 'linked.md'));
    expect(await archive.localPath(`${EPISODE}/episode.md`)).toBe(join(root, EPISODE, 'episode.md'));
    expect(await archive.localPath(`${EPISODE}/linked.md`)).toBe(join(root, 'station.md'));
  });
});

describe('signatures', () => {
  it('differ when a file is replaced by one of the same size and time', async () => {
    const path = join(root, EPISODE, 'a.mp3');
    await writeFile(path, 'one');
    await utimes(path, 1_700_000_000, 1_700_000_000);
    const before = await archive.bundle(EPISODE);
    await writeFile(`${path}.new`, 'two');
    await utimes(`${path}.new`, 1_700_000_000, 1_700_000_000);
    await rename(`${path}.new`, path);
    const after = await archive.bundle(EPISODE);
    expect(after?.signature).not.toBe(before?.signature);
    expect(after?.files[0]?.version).not.toBe(before?.files[0]?.version);
  });
});

describe('atomic writing', () => {
  it('leaves no temporary file, neither on success nor on failure', async () => {
    await archive.write(`${EPISODE}/a.md`, text('x'));
    async function* broken() {
      yield text('half');
      throw new Error('the line went dead');
    }
    await expect(archive.write(`${EPISODE}/b.md`, broken())).rejects.toThrow();
    await archive.remove(`${EPISODE}/a.md`);
    expect(await readdir(join(root, EPISODE))).toEqual(['episode.md']);
  });

  it('keeps the rights of the file that it replaces', async () => {
    await chmod(join(root, EPISODE, 'episode.md'), 0o664);
    await archive.write(`${EPISODE}/episode.md`, text('title: other'));
    expect((await stat(join(root, EPISODE, 'episode.md'))).mode & 0o777).toBe(0o664);
  });

  it('leaves the old file when the process is killed, and the next listing sweeps what it left', async () => {
    const child = spawn(process.execPath, [
      '--input-type=module-typescript',
      '-e',
      `
      const { openFolderArchive } = await import(${JSON.stringify(join(import.meta.dirname, '../../src/archive/folder-archive.ts'))});
      const archive = await openFolderArchive(${JSON.stringify(root)});
      async function* slow() { yield Buffer.from('half'); console.log('begun'); await new Promise((resolve) => setTimeout(resolve, 60000)); }
      await archive.write(${JSON.stringify(`${EPISODE}/episode.md`)}, slow());
    `,
    ]);
    await once(child.stdout, 'data');
    expect(await readdir(join(root, EPISODE))).toHaveLength(2);
    await bundlesOf(archive);
    expect(await readdir(join(root, EPISODE))).toHaveLength(2);
    child.kill('SIGKILL');
    await once(child, 'exit');
    await bundlesOf(archive);
    expect(await readdir(join(root, EPISODE))).toEqual(['episode.md']);
    expect(await readFile(join(root, EPISODE, 'episode.md'), 'utf8')).toBe('title: Sputnik moment');
  });

  it('sweeps nothing that another program left', async () => {
    await writeFile(join(root, EPISODE, '.episode.md.Xy12ab'), 'rsync at work');
    await utimes(join(root, EPISODE, '.episode.md.Xy12ab'), 0, 0);
    await bundlesOf(archive);
    expect(await readdir(join(root, EPISODE))).toContain('.episode.md.Xy12ab');
  });
});

const NOBODY = 65534;
const Outcome = z.array(z.string());

/** Runs `code` as another user, for whom rights count (a test may run as root), with `archive` open; returns what it prints. */
async function asNobody(code: string): Promise<string[]> {
  const source = join(import.meta.dirname, '../../src/archive');
  const script = `
    const { openFolderArchive } = await import(${JSON.stringify(join(source, 'folder-archive.ts'))});
    if (process.getuid() === 0) { process.setgroups([]); process.setgid(${NOBODY}); process.setuid(${NOBODY}); }
    const archive = await openFolderArchive(${JSON.stringify(root)});
    const attempt = (work) => work().then(() => 'done', (error) => error.name);
    const outcome = await (async () => { ${code} })();
    console.log(JSON.stringify(outcome));`;
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--input-type=module-typescript',
    '-e',
    script,
  ]);
  return Outcome.parse(JSON.parse(stdout));
}

describe('without rights', () => {
  it('a folder is unreadable and the rest is listed', async () => {
    await chmod(base, 0o755);
    await mkdir(join(root, 'stacca-stacca', 'locked'));
    await writeFile(join(root, 'stacca-stacca', 'locked', 'episode.md'), 'title: locked');
    await mkdir(join(root, 'zeta'));
    await chmod(join(root, 'stacca-stacca', 'locked'), 0o000);
    const listed = await asNobody(
      'return (await Array.fromAsync(archive.bundles())).map((b) => [b.key, b.files.length, b.unreadable ?? false].join(" "));',
    );
    expect(listed).toEqual([
      ' 1 false',
      'stacca-stacca 0 false',
      `${EPISODE} 1 false`,
      'stacca-stacca/locked 0 true',
      'zeta 0 false',
    ]);
    await chmod(join(root, 'stacca-stacca', 'locked'), 0o755);
  });

  it('a file is not readable, and says so', async () => {
    await chmod(base, 0o755);
    await chmod(join(root, 'station.md'), 0o000);
    expect(await asNobody(`return [await attempt(() => archive.read('station.md'))];`)).toEqual([
      NotReadable.name,
    ]);
  });

  it('the archive is not writable: it is read, and every change fails with one sentence', async () => {
    await chmod(base, 0o755);
    await chmod(root, 0o555);
    const outcome = await asNobody(`return [
      await attempt(() => archive.read('station.md')),
      await attempt(() => archive.write('station.md', Buffer.from('x'))),
      await attempt(() => archive.move('station.md', 'other.md')),
      await attempt(() => archive.remove('station.md')),
      await archive.remove('station.md').catch((error) => error.message),
    ];`);
    expect(outcome).toEqual([
      'done',
      ...Array(3).fill(NotWritable.name),
      '"station.md" cannot be written: this process has no right to write there.',
    ]);
    await chmod(root, 0o755);
  });

  it('a single folder is not writable, and says so', async () => {
    await chmod(base, 0o755);
    await chmod(root, 0o777);
    const locked = [join(root, EPISODE), join(root, 'stacca-stacca')];
    for (const folder of locked) await chmod(folder, 0o555);
    expect(
      await asNobody(`return [
        await attempt(() => archive.write(${JSON.stringify(`${EPISODE}/a.md`)}, Buffer.from('x'))),
        await attempt(() => archive.remove(${JSON.stringify(EPISODE)})),
      ];`),
    ).toEqual([NotWritable.name, NotWritable.name]);
    for (const folder of locked) await chmod(folder, 0o755);
  });
});
