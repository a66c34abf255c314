import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { type ClientRequest, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Peer, startNginx, startNode } from './peers.ts';
import { median } from './wrk.ts';

const MB = 1e6;
const BLOCK = Buffer.alloc(1024 * 1024, 'Radio Blackout 105.250 ');
const DRAFT = '00000000-0000-4000-8000-000000000000';
const TUS = { 'Tus-Resumable': '1.0.0' };
const NO_PATHS = { feed: '', longFeed: '', page: '', audio: '' };

/** One upload: how long it took from its first byte to its answer (ms), and by how much the server grew (bytes). */
type Round = { milliseconds: number; growth: number };
type Uploader = { peer: Peer; begin(bytes: number): Promise<ClientRequest>; folder: string };

/** Sends so many bytes as fast as they are taken. Returns the status of the answer. */
async function send(asked: ClientRequest, bytes: number): Promise<number> {
  const answered = once(asked, 'response');
  for (let left = bytes; left > 0; left -= BLOCK.length) {
    if (!asked.write(BLOCK.subarray(0, Math.min(left, BLOCK.length)))) await once(asked, 'drain');
  }
  asked.end();
  const [answer] = await answered;
  answer.resume();
  await once(answer, 'end');
  return answer.statusCode;
}

/** Resident memory of a process (bytes). */
async function memoryOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) * 1024;
}

async function round({ peer, begin, folder }: Uploader, bytes: number): Promise<Round> {
  const asked = await begin(bytes);
  const before = await memoryOf(peer.pid);
  let most = before;
  const sampling = setInterval(async () => {
    most = Math.max(most, await memoryOf(peer.pid));
  }, 50);
  const startedAt = performance.now();
  const status = await send(asked, bytes);
  const milliseconds = performance.now() - startedAt;
  clearInterval(sampling);
  if (status >= 300) throw new Error(`${peer.name} answered ${status}`);
  for (const name of await readdir(folder)) {
    const { size } = await stat(join(folder, name));
    if (size !== bytes && name !== 'page.html') throw new Error(`${peer.name} has ${size} of ${bytes} bytes`);
    if (name !== 'page.html') await rm(join(folder, name));
  }
  // What the disk still has to write must not weigh on the next.
  spawnSync('sync');
  await sleep(1_000);
  return { milliseconds, growth: most - before };
}

async function ours(folder: string): Promise<Uploader> {
  const peer = await startNode('Riascolta', 'uploads.ts', folder, NO_PATHS);
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  const metadata = `filename ${base64('nastro.wav')},draft ${base64(DRAFT)}`;
  return {
    peer,
    folder: join(folder, 'var', 'uploads'),
    async begin(bytes) {
      const headers = { ...TUS, 'Upload-Length': String(bytes), 'Upload-Metadata': metadata };
      const created = await fetch(`${peer.origin}/studio/uploads`, { method: 'POST', headers });
      const address = `${peer.origin}${created.headers.get('location')}`;
      return request(address, {
        method: 'PATCH',
        headers: {
          ...TUS,
          'Upload-Offset': '0',
          'Content-Type': 'application/offset+octet-stream',
          'Content-Length': bytes,
        },
      });
    },
  };
}

async function theirs(folder: string): Promise<Uploader> {
  const data = join(folder, 'data');
  await mkdir(data, { recursive: true });
  await writeFile(join(data, 'page.html'), 'here');
  // nginx's workers may be somebody else.
  await Promise.all([folder, data].map((path) => chmod(path, 0o777)));
  const dav = ['dav_methods PUT;', 'client_max_body_size 0;'];
  const peer = await startNginx('nginx', folder, data, NO_PATHS, dav);
  return {
    peer,
    folder: data,
    begin: async (bytes) =>
      request(`${peer.origin}/nastro.wav`, { method: 'PUT', headers: { 'Content-Length': bytes } }),
  };
}

/**
 * Uploads a file over loopback, ours and nginx's WebDAV PUT in turn, and returns what came of it as Markdown. We answer when the file is
 * on the disk; nginx when it is in the system's memory.
 */
export async function benchUploads({ quick = false }: { quick?: boolean } = {}): Promise<string> {
  if (spawnSync('nginx', ['-v']).status !== 0) return 'Skipped: there is no nginx on this machine.';
  const bytes = quick ? 256 * 1024 * 1024 : 2 * 1024 ** 3;
  const rounds = 3;
  const folder = await mkdtemp(join(tmpdir(), 'riascolta-bench-'));
  await chmod(folder, 0o711);
  const uploaders: Uploader[] = [];
  try {
    uploaders.push(await ours(join(folder, 'ours')), await theirs(join(folder, 'nginx')));
    const results = new Map<string, Round[]>(uploaders.map(({ peer }) => [peer.name, []]));
    for (let turn = 0; turn < rounds; turn += 1)
      for (const uploader of uploaders) results.get(uploader.peer.name)?.push(await round(uploader, bytes));
    const pace = (name: string) =>
      median((results.get(name) ?? []).map(({ milliseconds }) => bytes / MB / (milliseconds / 1_000)));
    const lines = [...results].map(([name, all]) => {
      const growth = Math.max(...all.map((one) => one.growth)) / MB;
      return `| ${name} | ${pace(name).toFixed(0)} MB/s | ${growth.toFixed(0)} MB |`;
    });
    return [
      `| ${(bytes / 1024 ** 3).toFixed(2)} GiB, median of ${rounds} | pace | memory grows by at most |`,
      '|---|---|---|',
      ...lines,
      '',
      `Riascolta takes it at ${(pace('Riascolta') / pace('nginx')).toFixed(2)} × the pace of nginx.`,
    ].join('\n');
  } finally {
    for (const { peer } of uploaders) await peer.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === import.meta.filename)
  console.log(await benchUploads({ quick: process.argv.includes('--quick') }));
