import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { makeArchive, SHOWS } from './make-archive.ts';
import { timedGet } from './timed-get.ts';

const MAIN = new URL('../bin/riascolta.js', import.meta.url).pathname;
const ROUNDS = 40;
/** Longer than the watch takes for a folder that is written to without a pause (ms). */
const BETWEEN_EDITS = 1_200;
const QUESTIONS = [
  'intelligenze artificiali',
  'cina',
  'torino sciopero',
  'fabbriche',
  'carceri lettera',
  'porto gru grano',
];

type Growth = {
  episodes: number;
  coldIndex: number;
  warmStart: number;
  edit: number;
  /** Rendered anew since something changed; `newFeed`: of a show whose feed nobody asked for before. */
  feed: number;
  newFeed: number;
  home: number;
  search: number;
  memory: number;
};

type Running = { address: string; process: ChildProcess; firstAnswer: number; indexed: Promise<number> };

/** Starts the program; `firstAnswer` is ms from its start to the first whole feed. */
async function start(episodesDir: string, dataDir: string): Promise<Running> {
  const startedAt = performance.now();
  const port = 20_000 + Math.floor(Math.random() * 20_000);
  const child = spawn(process.execPath, ['--max-semi-space-size=8', MAIN, 'serve'], {
    env: {
      ...process.env,
      MALLOC_ARENA_MAX: '2',
      HOST: '127.0.0.1',
      PORT: String(port),
      EPISODES_DIR: episodesDir,
      DATA_DIR: dataDir,
      LOG_LEVEL: 'info',
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const indexed = Promise.withResolvers<number>();
  createInterface({ input: child.stderr }).on('line', (line) => {
    if (line.includes('"msg":"indexed"')) indexed.resolve(performance.now() - startedAt);
  });
  const address = `http://127.0.0.1:${port}`;
  for (;;) {
    const answer = await fetch(`${address}/feed.xml`).catch(() => undefined);
    if (answer?.status === 200 && (await answer.text()).endsWith('</rss>')) break;
    await sleep(5);
  }
  return { address, process: child, firstAnswer: performance.now() - startedAt, indexed: indexed.promise };
}

async function stop({ process: child }: Running): Promise<void> {
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
}

/** Resident memory of the process and of those it started, in MB. */
async function memoryOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const children = (await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')).split(' ').filter(Boolean);
  const own = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
  const theirs = await Promise.all(children.map((child) => memoryOf(Number(child)).catch(() => 0)));
  return own + theirs.reduce((sum, value) => sum + value, 0);
}

const ordered = (values: number[]): number[] => values.toSorted((one, other) => one - other);
const quantile = (values: number[], part: number): number =>
  ordered(values)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? Number.NaN;

/**
 * Changes the newest episode's title, and asks for the feed as an app does, with the ETag that it has. Resolves with the
 * ms until the feed with the new title is there.
 */
async function edit(address: string, text: string, file: string, round: number): Promise<number> {
  const title = `Ritocco numero ${round}`;
  const { headers } = await timedGet(`${address}/feed.xml`);
  const startedAt = performance.now();
  await writeFile(file, text.replace(/^title: .*$/m, `title: ${title}`));
  for (;;) {
    const { status, body } = await timedGet(`${address}/feed.xml`, { 'If-None-Match': headers.etag ?? '' });
    const milliseconds = performance.now() - startedAt;
    if (status === 200 && gunzipSync(body).includes(title)) return milliseconds;
    await sleep(2);
  }
}

async function newestEpisode(folder: string, count: number): Promise<string> {
  const show = join(folder, `show-${(count - 1) % SHOWS}`);
  const names = (await readdir(show)).filter((name) => name.includes(`-${count - 1}-`));
  return join(show, names[0] ?? '', 'episode.md');
}

/** Measures how one archive is indexed, started on, edited and shown. */
async function growth(episodes: number): Promise<Growth> {
  const folder = await mkdtemp(join(tmpdir(), 'riascolta-bench-'));
  try {
    const [archive, data] = [join(folder, 'episodes'), join(folder, 'var')];
    await makeArchive(archive, episodes);
    const cold = await start(archive, data);
    const coldIndex = await cold.indexed;
    await stop(cold);

    const warm = await start(archive, data);
    await warm.indexed;
    const file = await newestEpisode(archive, episodes);
    const text = await readFile(file, 'utf8');
    const times: Record<'edit' | 'feed' | 'newFeed' | 'home' | 'search', number[]> = {
      edit: [],
      feed: [],
      newFeed: [],
      home: [],
      search: [],
    };
    const edited = `/shows/show-${(episodes - 1) % SHOWS}/feed.xml`;
    const others = Array.from({ length: SHOWS }, (_, show) => `/shows/show-${show}/feed.xml`).filter(
      (path) => path !== edited,
    );
    const first = async (path: string) => (await timedGet(warm.address + path)).milliseconds;
    for (let round = 0; round < ROUNDS; round += 1) {
      times.edit.push(await edit(warm.address, text, file, round));
      times.home.push(await first('/'));
      if (round > 0) times.feed.push(await first(edited));
      else await first(edited);
      const question = QUESTIONS[round % QUESTIONS.length] ?? '';
      times.search.push(await first(`/search?q=${encodeURIComponent(question)}`));
      const other = others[round];
      if (other !== undefined) times.newFeed.push(await first(other));
      await sleep(BETWEEN_EDITS);
    }
    // The process that examines audio ends by itself when it has nothing to do.
    await sleep(20_000);
    const memory = await memoryOf(warm.process.pid ?? 0);
    await stop(warm);
    return {
      episodes,
      coldIndex: coldIndex / 1000,
      warmStart: warm.firstAnswer,
      edit: quantile(times.edit, 0.5),
      feed: quantile(times.feed, 0.95),
      newFeed: quantile(times.newFeed, 0.5),
      home: quantile(times.home, 0.95),
      search: quantile(times.search, 0.95),
      memory,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Prints how the program grows with the archive, as a Markdown table. */
export async function archiveGrowth(sizes: number[]): Promise<void> {
  console.log(
    '| episodes | cold index | warm start to first answer | edit to new feed, median | first render p95: feed | home | search | a feed never asked for, median | memory |',
  );
  console.log('|---|---|---|---|---|---|---|---|---|');
  for (const size of sizes) {
    const { episodes, coldIndex, memory, ...times } = await growth(size);
    const { warmStart, edit, feed, home, search, newFeed } = times;
    const ms = (value: number) => `${value.toFixed(0)} ms`;
    const cells = [
      episodes,
      `${coldIndex.toFixed(1)} s`,
      ...[warmStart, edit, feed, home, search, newFeed].map(ms),
      `${memory.toFixed(0)} MB`,
    ];
    console.log(`| ${cells.join(' | ')} |`);
  }
}

if (process.argv[1] === import.meta.filename) {
  const sizes = process.argv
    .slice(2)
    .map(Number)
    .filter((size) => size > 0);
  await archiveGrowth(sizes.length > 0 ? sizes : [1_000, 10_000, 100_000]);
}
