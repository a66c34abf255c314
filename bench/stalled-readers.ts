/**
 * How much memory the program takes for clients that ask for the 10 MB file and then stop reading.
 *
 *     node bench/stalled-readers.ts
 */
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { makeStation, pathsOf } from './delivery-data.ts';
import { startStation } from './peers.ts';

const READERS = 500;

async function residentMegabytes(pid: number): Promise<number> {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) / 1024;
}

/** Returns the server's resident memory before, with all readers stalled, and after they left, in MB. */
async function benchStalledReaders(): Promise<{ before: number; stalled: number; after: number }> {
  const folder = await mkdtemp(join(tmpdir(), 'riascolta-bench-'));
  const sockets: Socket[] = [];
  try {
    const episodes = join(folder, 'episodes');
    await makeStation(episodes);
    const server = await startStation(episodes, join(folder, 'var'));
    try {
      const { audio } = await pathsOf(server.origin);
      for (let round = 0; round < 20; round += 1) await (await fetch(server.origin + audio)).bytes();
      const before = await residentMegabytes(server.pid);
      const port = Number(new URL(server.origin).port);
      for (let index = 0; index < READERS; index += 1) {
        const socket = connect(port, '127.0.0.1').pause();
        sockets.push(socket);
        await once(socket, 'connect');
        socket.write(`GET ${audio} HTTP/1.1\r\nHost: radio.example\r\n\r\n`);
      }
      await wait(4000);
      const stalled = await residentMegabytes(server.pid);
      for (const socket of sockets) socket.destroy();
      await wait(1000);
      return { before, stalled, after: await residentMegabytes(server.pid) };
    } finally {
      await server.stop();
    }
  } finally {
    for (const socket of sockets) socket.destroy();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Returns the figures as one sentence. */
export async function stalledReaders(): Promise<string> {
  const { before, stalled, after } = await benchStalledReaders();
  const megabytes = (value: number) => `${Math.round(value)} MB`;
  const rest = `${megabytes(stalled)} with them, ${megabytes(after)} after.`;
  return `${READERS} stalled readers of 10 MB: ${megabytes(before)} before, ${rest}`;
}

if (import.meta.main) console.log(await stalledReaders());
