import { execFile, spawn } from 'node:child_process';
import {
  appendFile,
  cp,
  mkdir,
  mkdtemp,
  open,
  rename,
  rm,
  symlink,
  unlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Archive, Watch } from '../../src/archive/archive.ts';
import { type FolderArchiveOptions, openFolderArchive } from '../../src/archive/folder-archive.ts';
import { reportedAfter, Watched } from './archive-suite.ts';

const SHOW = 'stacca-stacca';
const EPISODE = `${SHOW}/2025-01-30-sputnik-moment`;

let base: string;
let root: string;
let archive: Archive;
let watched: Watched;
let watch: Watch | undefined;

const at = (...parts: string[]): string => join(root, ...parts);

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'riascolta-'));
  root = join(base, 'episodes');
  await mkdir(at(EPISODE), { recursive: true });
  await writeFile(at('station.md'), 'title: Radio Blackout');
  await writeFile(at(SHOW, 'show.md'), 'title: Stacca Stacca');
  await writeFile(at(EPISODE, 'episode.md'), 'title: Sputnik moment');
  await writeFile(at(EPISODE, 'gilberto.mp3'), 'sound');
});
afterEach(async () => {
  await watch?.close();
  await rm(base, { recursive: true, force: true });
});

async function startWatching(options: FolderArchiveOptions): Promise<void> {
  archive = await openFolderArchive(root, options);
  watched = new Watched();
  watch = await archive.watch(watched.changed);
}

// Rounds so long that within a test only the system's events can have told.
const BY_EVENTS: FolderArchiveOptions = { quickRoundMs: 1e8, fullRoundMs: 1e8 };
const BY_QUICK_ROUNDS: FolderArchiveOptions = { eventWatches: 0, quickRoundMs: 30, fullRoundMs: 1e8 };
const BY_BOTH_ROUNDS: FolderArchiveOptions = { eventWatches: 0, quickRoundMs: 1e8, fullRoundMs: 30 };

describe.each([
  ['events of the system', BY_EVENTS],
  ['quick rounds', BY_QUICK_ROUNDS],
  ['full rounds', BY_BOTH_ROUNDS],
])('a watch by %s', (_, options) => {
  beforeEach(() => startWatching(options));

  it('reports a text written in place', () =>
    reportedAfter(watched, [EPISODE], () => appendFile(at(EPISODE, 'episode.md'), '\ntags: [ai]')));

  it('reports a text saved as a new file that takes the name of the old', () =>
    reportedAfter(watched, [EPISODE], async () => {
      await writeFile(at(EPISODE, '.episode.md.swp'), 'title: other');
      await rename(at(EPISODE, '.episode.md.swp'), at(EPISODE, 'episode.md'));
    }));

  it('reports a text that is taken away and written anew', () =>
    reportedAfter(watched, [EPISODE], async () => {
      await unlink(at(EPISODE, 'episode.md'));
      await writeFile(at(EPISODE, 'episode.md'), 'title: other');
    }));

  it('reports a file that keeps the date it had elsewhere', () =>
    reportedAfter(watched, [EPISODE], async () => {
      await writeFile(join(base, 'old.mp3'), 'old');
      await utimes(join(base, 'old.mp3'), 1_000_000_000, 1_000_000_000);
      await rename(join(base, 'old.mp3'), at(EPISODE, 'old.mp3'));
    }));

  it('reports a folder that is copied in, again after its last file', async () => {
    const copy = `${SHOW}/copy`;
    await reportedAfter(watched, [copy], () => mkdir(at(copy)));
    await reportedAfter(watched, [copy], () => cp(at(EPISODE), at(copy), { recursive: true }));
    await reportedAfter(watched, [copy], () => writeFile(at(copy, 'last.mp3'), 'sound'));
  });

  it('reports a show that is moved in with all its episodes', async () => {
    await mkdir(join(base, 'new-show', 'first'), { recursive: true });
    await mkdir(join(base, 'new-show', 'second'));
    await reportedAfter(watched, ['new-show', 'new-show/first', 'new-show/second'], () =>
      rename(join(base, 'new-show'), at('new-show')),
    );
    await reportedAfter(watched, ['new-show/second'], () =>
      writeFile(at('new-show/second/episode.md'), 'title: second'),
    );
  });

  it('reports a show that is moved out with all its episodes', () =>
    reportedAfter(watched, [SHOW, EPISODE], () => rename(at(SHOW), join(base, 'away'))));

  it('follows a renamed show: both names are reported, and later changes under the new one', async () => {
    await reportedAfter(watched, [SHOW, EPISODE, 'new-name', 'new-name/2025-01-30-sputnik-moment'], () =>
      rename(at(SHOW), at('new-name')),
    );
    await reportedAfter(watched, ['new-name/2025-01-30-sputnik-moment'], () =>
      appendFile(at('new-name/2025-01-30-sputnik-moment/episode.md'), 'x'),
    );
    expect(watched.keys).not.toContain(EPISODE);
  });

  it('reports an episode that is removed and put back', async () => {
    await reportedAfter(watched, [EPISODE], () => rename(at(EPISODE), join(base, 'away')));
    await reportedAfter(watched, [EPISODE], () => rename(join(base, 'away'), at(EPISODE)));
    await reportedAfter(watched, [EPISODE], () => appendFile(at(EPISODE, 'episode.md'), 'x'));
  });

  it('reports NFC keys for names that the disk has in NFD', async () => {
    const key = `${SHOW}/perché`.normalize('NFC');
    await reportedAfter(watched, [key], () => mkdir(at(key.normalize('NFD'))));
    await reportedAfter(watched, [key], () => writeFile(at(key.normalize('NFD'), 'episode.md'), 'title: x'));
  });

  it('reports an episode folder that is a link, and none that leads out', async () => {
    await mkdir(join(base, 'outside'));
    await reportedAfter(watched, [`${SHOW}/again`], async () => {
      await symlink(join(base, 'outside'), at(SHOW, 'out'));
      await symlink(at(EPISODE), at(SHOW, 'again'));
    });
    await reportedAfter(watched, [EPISODE], async () => {
      await writeFile(join(base, 'outside', 'episode.md'), 'title: outside');
      await appendFile(at(EPISODE, 'episode.md'), 'x');
    });
    expect(watched.keys).not.toContain(`${SHOW}/out`);
  });
});

describe('a watch of a folder that is exchanged for another', () => {
  it('reports what is there now, and later changes in it', async () => {
    await startWatching({ quickRoundMs: 40, fullRoundMs: 1e8 });
    await cp(root, join(base, 'checkout'), { recursive: true });
    await reportedAfter(watched, [''], () => rename(root, join(base, 'before')));
    await reportedAfter(watched, ['', SHOW, EPISODE], () => rename(join(base, 'checkout'), root));
    await reportedAfter(watched, [EPISODE], () => appendFile(at(EPISODE, 'gilberto.mp3'), 'more'));
  });
});

describe('a watch by events', () => {
  beforeEach(() => startWatching(BY_EVENTS));

  it('says nothing of hidden and half-downloaded files, and tells when they get their name', async () => {
    // The first rounds look at what was written just before the watch began.
    await reportedAfter(watched, [EPISODE], () => appendFile(at(EPISODE, 'episode.md'), 'x'));
    const calls = watched.calls.length;
    await mkdir(at(SHOW, '.hidden'));
    await writeFile(at(EPISODE, '.gilberto.mp3.Xy12'), 'sound');
    await writeFile(at(EPISODE, 'other.mp3.part'), 'sound');
    await reportedAfter(watched, [SHOW], () => appendFile(at(SHOW, 'show.md'), 'x'));
    expect(watched.calls.slice(calls).flat()).not.toContain(EPISODE);
    await reportedAfter(watched, [EPISODE], () =>
      rename(at(EPISODE, '.gilberto.mp3.Xy12'), at(EPISODE, 'gilberto.mp3')),
    );
  });

  it('reports a file that is being written less often than it is written, and after its end', async () => {
    const file = await open(at(EPISODE, 'long.mp3'), 'w');
    await reportedAfter(watched, [EPISODE], async () => {
      for (let block = 0; block < 200; block += 1) {
        await file.write(Buffer.alloc(1000));
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
    });
    expect(watched.calls.length).toBeLessThan(40);
    await reportedAfter(watched, [EPISODE], () =>
      file.close().then(() => appendFile(at(EPISODE, 'long.mp3'), 'x')),
    );
  });
});

describe('a watch with fewer event watches than folders', () => {
  it('watches the newest and finds changes in the others by its rounds', async () => {
    const key = (n: number): string => `${SHOW}/2024-01-${String(n).padStart(2, '0')}`;
    for (let n = 10; n < 30; n += 1) await mkdir(at(key(n)));
    await startWatching({ eventWatches: 3, quickRoundMs: 40, fullRoundMs: 1e8 });
    for (const n of [10, 29, 15, 10]) {
      await reportedAfter(watched, [key(n)], () =>
        writeFile(at(key(n), 'episode.md'), `title: ${Math.random()}`),
      );
    }
  });
});

const ARCHIVE = JSON.stringify(join(import.meta.dirname, '../../src/archive/folder-archive.ts'));

const run = (code: string, before: string[] = []) => {
  const [command = '', ...rest] = [
    ...before,
    process.execPath,
    '--input-type=module-typescript',
    '-e',
    `const { openFolderArchive } = await import(${ARCHIVE});
     const root = ${JSON.stringify(root)};
     ${code}`,
  ];
  return promisify(execFile)(command, rest);
};

describe('a process', () => {
  it('can end once its watch is closed', async () => {
    const { stdout } = await run(`
      const archive = await openFolderArchive(root);
      const watch = await archive.watch(() => {});
      await watch.close();
      console.log('closed');`);
    expect(stdout).toBe('closed\n');
  });
});

// A user namespace of one's own has a limit of its own, which can be lowered without touching the machine's.
const IN_NAMESPACE = ['unshare', '--user', '--map-root-user', 'sh', '-c'];
const lower = (granted: number): string => `echo ${granted} > /proc/sys/user/max_inotify_watches`;
const canLower = await new Promise<boolean>((resolve) => {
  const [command = '', ...rest] = [...IN_NAMESPACE, lower(3)];
  const child = spawn(command, rest, { stdio: 'ignore' });
  child.on('error', () => resolve(false));
  child.on('exit', (code) => resolve(code === 0));
});

describe.skipIf(!canLower)('a system that grants few watches', () => {
  it.each([0, 3])('(%i) is told once, and the other folders are seen by the rounds', async (granted) => {
    const { stdout } = await run(
      `
      import { mkdirSync, writeFileSync } from 'node:fs';
      const archive = await openFolderArchive(root, { quickRoundMs: 40, warn: (message) => console.log(message) });
      let seen = new Set();
      const watch = await archive.watch((keys) => { for (const key of keys) seen.add(key); });
      for (const key of ['${EPISODE}', '${SHOW}/new', 'new-show', 'new-show/new', '${EPISODE}']) {
        seen = new Set();
        mkdirSync(root + '/' + key, { recursive: true });
        writeFileSync(root + '/' + key + '/episode.md', 'title: x');
        while (!seen.has(key)) await new Promise((resolve) => setTimeout(resolve, 5));
      }
      await watch.close();
      console.log('all seen');`,
      [...IN_NAMESPACE, `${lower(granted)} && exec "$@"`, 'sh'],
    );
    const [warning, ...rest] = stdout.trim().split('\n');
    expect(warning).toContain(`grants no more than ${granted} folder watches (ENOSPC)`);
    expect(rest).toEqual(['all seen']);
  });
});
