import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** Where a peer has what is asked of it. */
export type Paths = { feed: string; longFeed: string; page: string; audio: string };

export type Peer = { name: string; origin: string; paths: Paths; pid: number; stop(): Promise<void> };

/** The core that every server runs on; the load comes from `LOAD_CORE`. */
const SERVER_CORE = '0';
export const LOAD_CORE = '1';

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

/**
 * Starts the program itself, as `npm start` does, on the servers' core unless told; resolves when it says that it listens.
 */
export async function startStation(
  episodes: string,
  data: string,
  cores = SERVER_CORE,
): Promise<Omit<Peer, 'paths'>> {
  const main = join(import.meta.dirname, '..', 'bin', 'riascolta.js');
  const node = [process.execPath, '--max-semi-space-size=8', main, 'serve'];
  const child = spawn('taskset', ['-c', cores, ...node], {
    env: {
      ...process.env,
      MALLOC_ARENA_MAX: '2',
      HOST: '127.0.0.1',
      PORT: '0',
      EPISODES_DIR: episodes,
      DATA_DIR: data,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  const origin = /http:\S+/.exec(String(line))?.[0] ?? '';
  return { name: 'Riascolta', origin, pid: child.pid ?? 0, stop: () => stop(child) };
}

/** Starts a TypeScript server that prints its port, on the servers' core. */
export async function startNode(name: string, script: string, data: string, paths: Paths): Promise<Peer> {
  const file = join(import.meta.dirname, 'servers', script);
  const child = spawn('taskset', ['-c', SERVER_CORE, process.execPath, file], {
    env: { ...process.env, DATA: data, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [port] = await once(createInterface({ input: child.stdout }), 'line');
  return { name, origin: `http://127.0.0.1:${port}`, paths, pid: child.pid ?? 0, stop: () => stop(child) };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

/**
 * Starts nginx with one worker on the servers' core; everything that it writes lies in `folder`. `tcp_nopush` stays
 * off, as it is by default: with it, ranges over loopback wait for delayed acknowledgements (40 ms each).
 */
export async function startNginx(
  name: string,
  folder: string,
  data: string,
  paths: Paths,
  extra: string[] = [],
): Promise<Peer> {
  await mkdir(folder, { recursive: true });
  const port = await freePort();
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  const configuration = `
worker_processes 1;
daemon off;
pid ${folder}/nginx.pid;
error_log ${folder}/error.log crit;
events { worker_connections 1024; }
http {
  types { application/rss+xml xml; text/html html; audio/mpeg mp3; }
  ${temporary.map((path) => `${path}_temp_path ${folder}/${path};`).join('\n  ')}
  access_log off;
  sendfile on;
  gzip_static on;
  gzip_vary on;
  add_header Cache-Control "public, max-age=60";
  add_header X-Content-Type-Options nosniff;
  add_header Access-Control-Allow-Origin *;
  keepalive_requests 10000000;
  ${extra.join('\n  ')}
  server { listen 127.0.0.1:${port}; root ${data}; }
}
`;
  const file = join(folder, 'nginx.conf');
  await writeFile(file, configuration);
  const child = spawn(
    'taskset',
    ['-c', SERVER_CORE, 'nginx', '-p', folder, '-c', file, '-e', join(folder, 'error.log')],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const origin = `http://127.0.0.1:${port}`;
  try {
    await answering(origin);
  } catch (error) {
    await stop(child);
    throw error;
  }
  return { name, origin, paths, pid: child.pid ?? 0, stop: () => stop(child) };
}

async function answering(origin: string): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const answer = await fetch(`${origin}/page.html`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`no answer from ${origin}`);
}
