import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readEpisodeFile } from '../../src/model/front-matter/episode-file.ts';
import { openRecords } from '../../src/records/records.ts';
import { eventually, type RunningStation, runStation } from '../fixtures/running-station.ts';
import { putFiles, SHOW, STATION, temporaryFolder } from '../fixtures/station-folder.ts';
import { dataFolderWithAdmin } from '../fixtures/studio-station.ts';
import { toneWav } from '../fixtures/tone.ts';

/** `npm run test:kill` sets 200; the whole suite asks for some, so that it stays quick. */
const KILLS = Number(process.env.KILLS ?? 2);
/** Long enough for a segment to be uploaded, encoded, saved and published. */
const LATEST_KILL_MS = 3_000;
const MOST_EPISODES = 25;
/** After so many kills hundreds of jobs may wait, on a machine that has other work. */
const LONGEST_WORK_S = 300;

/** What the server has said it has: a text of a draft, the bytes of an upload. */
type Kept = { draft: string; marker: string; sha?: string };

const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/**
 * A volunteer in a hurry: begins episodes, changes them, publishes them, until the server is gone. In every other round they wait for
 * each to be out, so that the work itself is killed, and not only what orders it.
 */
async function work(
  station: RunningStation,
  token: string,
  round: number,
  kept: Map<string, Kept>,
): Promise<void> {
  const headers = { Authorization: `Bearer ${token}` };
  for (let turn = 0; ; turn += 1) {
    const marker = `testo-${round}-${turn}`;
    const sound = toneWav({ seconds: 0.6, frequency: 300 + round * 7 + turn });
    const form = new FormData();
    form.set('show', 'stacca-stacca');
    form.set('title', `Giro ${round} ${turn}`);
    form.set('body', `Prima ${marker}.`);
    form.set('audio', new Blob([Uint8Array.from(sound)]), `voce-${round}-${turn}.wav`);
    const made = await station.get('/api/v1/episodes', { method: 'POST', headers, body: form });
    if (!made.ok) throw new Error(`creating was refused: ${made.status} ${await made.text()}`);
    const { id } = await made.json();
    kept.set(id, { draft: id, marker: `Prima ${marker}.`, sha: hash(sound) });
    for (const word of ['Seconda', 'Terza']) {
      const wait = round % 2 === 0 && word === 'Terza' ? '?wait=20' : '';
      const saved = await station.get(`/api/v1/drafts/${id}${wait}`, {
        method: 'PATCH',
        headers: { ...headers, 'Content-Type': 'application/json' },
        body: JSON.stringify({ body: `${word} ${marker}.`, action: word === 'Terza' ? 'publish' : 'save' }),
      });
      if (!saved.ok) throw new Error(`saving was refused: ${saved.status} ${await saved.text()}`);
      kept.set(id, { draft: id, marker: `${word} ${marker}.`, sha: hash(sound) });
    }
  }
}

/** Every text that the station has: in folders, drafts and versions. */
async function textsOf(episodesDir: string, dataDir: string): Promise<string> {
  const records = await openRecords(dataDir);
  try {
    const drafts = await records.db.selectFrom('drafts').select('content_json').execute();
    return [...(await episodeTexts(episodesDir)).values(), ...drafts.map((row) => row.content_json)].join(
      '\n',
    );
  } finally {
    records.close();
  }
}

async function episodeTexts(episodesDir: string): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  const show = join(episodesDir, 'stacca-stacca');
  for (const entry of await readdir(show, { withFileTypes: true })) {
    if (!entry.isDirectory() || entry.name.startsWith('.')) continue;
    const text = await readFile(join(show, entry.name, 'episode.md'), 'utf8').catch(() => undefined);
    if (text !== undefined) texts.set(`stacca-stacca/${entry.name}`, text);
  }
  return texts;
}

/** The bytes of every upload that is on the disk, and how many episodes have their sound. */
async function soundsOf(dataDir: string): Promise<Set<string>> {
  const hashes = new Set<string>();
  for (const folder of ['uploads', 'originals']) {
    for (const name of await readdir(join(dataDir, folder)).catch(() => []))
      hashes.add(hash(await readFile(join(dataDir, folder, name)).catch(() => Buffer.alloc(0))));
  }
  return hashes;
}

const isPublished = (text: string): boolean => !/^status: (?:draft|review)$/m.test(text);

/** Some hand clears the folder out now and then: a feed of all would be in several pages. */
async function clearOut(episodesDir: string): Promise<void> {
  const published = [...(await episodeTexts(episodesDir))].filter(([, text]) => isPublished(text));
  if (published.length < MOST_EPISODES) return;
  for (const [key] of published) await rm(join(episodesDir, key), { recursive: true });
}

async function leftovers(...folders: string[]): Promise<string[]> {
  const found: string[] = [];
  for (const folder of folders) {
    for (const name of await readdir(folder, { recursive: true }))
      if (/(?:^|\/)\.riascolta-|\.part$/.test(name)) found.push(name);
  }
  return found;
}

async function assertNothingLost(
  station: RunningStation,
  { episodesDir, dataDir, kept }: { episodesDir: string; dataDir: string; kept: Map<string, Kept> },
): Promise<void> {
  const texts = await textsOf(episodesDir, dataDir);
  const sounds = await soundsOf(dataDir);
  for (const { marker, sha } of kept.values()) {
    // A later save may have gone through though its answer did not: then that text stands there.
    const later = new RegExp(`(?:Prima|Seconda|Terza) ${marker.split(' ')[1]?.replace('.', '\\.')}`);
    expect(texts, marker).toMatch(marker.startsWith('Terza') ? marker : later);
    if (sha !== undefined) expect(sounds, `the upload of ${marker}`).toContain(sha);
  }
  for (const [key, text] of await episodeTexts(episodesDir)) {
    const { faults } = readEpisodeFile(text, key);
    expect(faults).toEqual([]);
  }
  await eventually(
    () => leftovers(episodesDir, dataDir),
    (found) => found.length === 0,
  );
  await eventually(
    async () => {
      const published = [...(await episodeTexts(episodesDir)).values()].filter(isPublished);
      const feed = await station.text('/feed.xml');
      const guids = published.map((text) => /^guid: (\S+)$/m.exec(text)?.[1] ?? 'none');
      return guids.every((guid) => feed.includes(guid)) && feed.split('<item>').length - 1 === guids.length;
    },
    (agree) => agree,
    60,
  );
}

it(
  `loses nothing in ${KILLS} kills at random moments of upload, encode, save and publish`,
  async () => {
    const episodesDir = await temporaryFolder();
    await putFiles(episodesDir, { 'station.md': STATION, 'stacca-stacca/show.md': SHOW });
    const { dataDir, admin } = await dataFolderWithAdmin();
    const kept = new Map<string, Kept>();
    for (let round = 0; round < KILLS; round += 1) {
      const station = await runStation(episodesDir, { DATA_DIR: dataDir });
      await assertNothingLost(station, { episodesDir, dataDir, kept });
      kept.clear();
      await clearOut(episodesDir);
      const working = work(station, admin.token, round, kept).catch((error: unknown) => error);
      await new Promise((resolve) => setTimeout(resolve, 50 + Math.random() * LATEST_KILL_MS));
      const exited = once(station.process, 'exit');
      station.process.kill('SIGKILL');
      await exited;
      const ended = await working;
      if (ended instanceof Error && ended.message.includes('refused')) throw ended;
    }
    const last = await runStation(episodesDir, { DATA_DIR: dataDir });
    await assertNothingLost(last, { episodesDir, dataDir, kept });
    // In the end everything that was to be published is.
    await eventually(
      () => jobsUnderWay(dataDir),
      (jobs) => jobs === 0,
      LONGEST_WORK_S,
    );
    await assertNothingLost(last, { episodesDir, dataDir, kept: new Map() });
  },
  30_000 * KILLS + 2_000 * LONGEST_WORK_S,
);

async function jobsUnderWay(dataDir: string): Promise<number> {
  const records = await openRecords(dataDir);
  try {
    const rows = await records.db
      .selectFrom('jobs')
      .select('id')
      .where('state', 'in', ['waiting', 'running'])
      .execute();
    return rows.length;
  } finally {
    records.close();
  }
}
