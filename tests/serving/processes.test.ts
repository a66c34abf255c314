import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { mp3 } from '../fixtures/audio.ts';
import {
  ENVIRONMENT,
  eventually,
  type RunningStation,
  runCommand,
  runStation,
  SAMPLE_STATION,
} from '../fixtures/running-station.ts';
import { episodeMd, putFiles, SHOW, STATION, temporaryFolder } from '../fixtures/station-folder.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FILES = {
  'station.md': STATION,
  's/show.md': SHOW,
  's/2024-01-01-a/episode.md': episodeMd(['title: Prima', 'guid: a']),
  's/2024-01-01-a/a.mp3': mp3(),
};

const WITH_LONG_SOUND = { ...FILES, 's/2024-01-01-a/a.mp3': mp3({ seconds: 900 }) };

/** Tells a program to end while it sends a file of these bytes: the file arrives whole, and the program ends well. */
async function endDuringDownload(running: RunningStation, bytes: number): Promise<void> {
  const url = /enclosure url="([^"]+)"/.exec(await running.text('/feed.xml'))?.[1] ?? '';
  const download = await fetch(url, { headers: { Connection: 'close' } });
  const exited = once(running.process, 'exit');
  running.process.kill('SIGTERM');
  expect((await download.arrayBuffer()).byteLength).toBe(bytes);
  expect(await exited).toEqual([0, null]);
}

/** What a second program says that is to listen where this one does. */
async function askForTakenPort({ address }: RunningStation, folder: string, WORKERS: string): Promise<void> {
  const PORT = new URL(address).port;
  const settings = {
    HOST: '127.0.0.1',
    PORT,
    WORKERS,
    EPISODES_DIR: folder,
    DATA_DIR: await temporaryFolder(),
  };
  const { code, err } = await runCommand(['serve'], settings);
  expect(code).toBe(2);
  expect(err).toMatch(/^[^\n]*PORT[^\n]*\n$/);
}

it('answers whoever asks in the first moment that it listens, before anything was kept from an earlier start', async () => {
  const folder = await temporaryFolder();
  await putFiles(folder, FILES);
  const before = await runStation(folder);
  const { port } = new URL(before.address);
  const ended = once(before.process, 'exit');
  before.process.kill('SIGTERM');
  await ended;
  const starting = runStation(folder, { PORT: port });
  let isUp = false;
  const asked: number[] = [];
  const asking = Array.from({ length: 4 }, async () => {
    while (!isUp) {
      const answer = await fetch(`http://127.0.0.1:${port}/feed.xml`).catch(() => undefined);
      if (answer !== undefined) asked.push(answer.status);
    }
  });
  const running = await starting.finally(() => {
    isUp = true;
  });
  await Promise.all(asking);
  expect(new Set(asked).isSubsetOf(new Set([200, 404, 503]))).toBe(true);
  expect(running.process.exitCode).toBeNull();
});

it('serves a folder that it may not write to, says which port is taken, and lets a download under way finish', async () => {
  const folder = await temporaryFolder();
  await putFiles(folder, WITH_LONG_SOUND);
  const before = await readdir(folder, { recursive: true });
  for (const path of ['s/2024-01-01-a', 's', '.']) await chmod(join(folder, path), 0o555);
  const running = await runStation(folder);
  expect(await running.text('/feed.xml')).toContain('Prima');
  expect(await readdir(folder, { recursive: true })).toEqual(before);
  await askForTakenPort(running, folder, '1');
  await endDuringDownload(running, WITH_LONG_SOUND['s/2024-01-01-a/a.mp3'].length);
  for (const path of ['.', 's', 's/2024-01-01-a']) await chmod(join(folder, path), 0o755);
});

it('shows a change in every one of several processes, and ends them all as it does one', async () => {
  const folder = await temporaryFolder();
  await putFiles(folder, WITH_LONG_SOUND);
  const running = await runStation(folder, { WORKERS: '2' });
  await putFiles(folder, { 's/2024-01-01-a/episode.md': episodeMd(['title: Dopo', 'guid: a']) }, 1);
  await eventually(
    () => running.text('/feed.xml'),
    (feed) => feed.includes('Dopo'),
  );
  await new Promise((resolve) => setTimeout(resolve, 1000));
  // Each connection may land in another process.
  const answers = Array.from({ length: 24 }, () =>
    running.get('/feed.xml', { headers: { Connection: 'close' } }),
  );
  for (const answer of await Promise.all(answers)) expect(await answer.text()).toContain('Dopo');
  await askForTakenPort(running, folder, '2');
  await endDuringDownload(running, WITH_LONG_SOUND['s/2024-01-01-a/a.mp3'].length);
});

it('ends with npm, when npm is told to end', async () => {
  const folder = await temporaryFolder();
  await putFiles(folder, FILES);
  const env = {
    ...ENVIRONMENT,
    HOST: '127.0.0.1',
    PORT: '0',
    EPISODES_DIR: folder,
    DATA_DIR: await temporaryFolder(),
  };
  const npm = spawn('npm', ['start', '--silent'], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'inherit'] });
  const address = /http:\S+/.exec(String(await once(npm.stdout, 'data')))?.[0] ?? '';
  expect((await fetch(`${address}/healthz`)).status).toBe(200);
  const npmEnded = once(npm, 'exit');
  npm.kill('SIGTERM');
  await npmEnded;
  await eventually(
    () =>
      fetch(`${address}/healthz`).then(
        () => 'answers',
        () => 'ended',
      ),
    (state) => state === 'ended',
  );
});

it('makes the catalogue anew while the site stays up, and after var/ was deleted', async () => {
  const folder = await temporaryFolder();
  const data = await temporaryFolder();
  await putFiles(folder, FILES);
  const running = await runStation(folder, { DATA_DIR: data });
  const before = await running.text('/feed.xml');
  const { code, out } = await runCommand(['reindex'], { EPISODES_DIR: folder, DATA_DIR: data });
  expect([code, out]).toEqual([
    0,
    expect.stringMatching(/^Catalogue made anew from 3 folders in [\d.]+ s\.\n$/),
  ]);
  expect(await running.text('/feed.xml')).toBe(before);
  await putFiles(folder, { 's/2024-01-02-b/b.mp3': mp3({ title: 'Ancora', salt: 1 }) });
  await eventually(
    () => running.text('/feed.xml'),
    (feed) => feed.includes('Ancora'),
  );
  running.process.kill('SIGTERM');
  await once(running.process, 'exit');

  await rm(data, { recursive: true });
  await rm(join(folder, 's/2024-01-02-b'), { recursive: true });
  const again = await runStation(folder, { DATA_DIR: data });
  expect((await again.text('/feed.xml')).replaceAll(again.address, '')).toBe(
    before.replaceAll(running.address, ''),
  );
});

it.each([
  [{ PORT: 'tremila' }, /^The setting PORT \("tremila"\) must be a port number from 0 to 65535\.\n$/],
  [{ PUBLIC_URL: 'radio.example' }, /^The setting PUBLIC_URL .* must be an address such as .*\.\n$/],
  [
    { PUBLIC_URL: 'https://radio.example/podcast' },
    /^The setting PUBLIC_URL .*with nothing behind the host\.\n$/,
  ],
  [{ WORKERS: '0' }, /^The setting WORKERS .*\.\n$/],
  [{ LOG_LEVEL: 'loud' }, /^The setting LOG_LEVEL .*\.\n$/],
  [
    { DATA_DIR: '/etc/hostname/var' },
    /^The setting DATA_DIR .* must be a folder that can be written to .*\n$/,
  ],
  [{ EPISODES_DIR: '/nowhere/at/all' }, /^There is no folder "\/nowhere\/at\/all".*\n$/],
])('stops at its start with one sentence when a setting is wrong: %j', async (setting, sentence) => {
  const { code, out, err } = await runCommand(['serve'], {
    PORT: '0',
    DATA_DIR: await temporaryFolder(),
    ...setting,
  });
  expect([code, out]).toEqual([2, '']);
  expect(err).toMatch(sentence);
});

it('checks the sample station: warnings where guids are not pinned, no error', async () => {
  const { code, out } = await runCommand(['check'], { EPISODES_DIR: SAMPLE_STATION });
  expect(out).toMatch(
    /malormone\/2025-02-11-cassetta\/episode\.md: warning: The guid does not stand in the text/,
  );
  expect(out).toMatch(/\n\d+ folders read: 0 errors, \d+ warnings\.\n$/);
  expect(code).toBe(0);
});

it('checks each folder and names file, line and remedy, in the reader’s language', async () => {
  const folder = await temporaryFolder();
  await putFiles(folder, {
    ...FILES,
    's/2024-01-02-b/episode.md': '---\ntitle: B\ntags: [\n---\n',
    's/2024-01-03-c/episode.md': episodeMd(['title: C', 'date: ieri']),
    's/2024-01-03-c/c.mp3': mp3({ salt: 2 }),
  });
  const [english, italian] = await Promise.all([
    runCommand(['check'], { EPISODES_DIR: folder }),
    runCommand(['check'], { EPISODES_DIR: folder, LC_ALL: 'it_IT.UTF-8' }),
  ]);
  expect(english.code).toBe(1);
  expect(english.out).toMatch(
    /^s\/2024-01-02-b\/episode\.md:\d: error: The lines between the two --- cannot be read/m,
  );
  expect(italian.out).toMatch(/^s\/2024-01-03-c\/episode\.md(:\d+)?: errore: La data «ieri» non è una data/m);
});

it('pins guids into the files with check --pin', async () => {
  const folder = await temporaryFolder();
  await cp(join(SAMPLE_STATION, 'malormone'), join(folder, 'malormone'), { recursive: true });
  await putFiles(folder, { 'station.md': STATION });
  const { out } = await runCommand(['check', '--pin'], { EPISODES_DIR: folder });
  expect(out).toContain('malormone/2025-02-11-cassetta/episode.md: guid written');
  expect((await runCommand(['check'], { EPISODES_DIR: folder })).out).not.toContain('guid');
});

it('explains itself, and refuses what it does not know', async () => {
  expect(await runCommand(['help'])).toMatchObject({ code: 0, out: expect.stringContaining('reindex') });
  expect(await runCommand(['publish'])).toEqual({
    code: 2,
    out: '',
    err: 'There is no command "publish": try "riascolta help".\n',
  });
});
