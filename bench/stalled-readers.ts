/**
 * How much memory delivery takes for clients that ask for the 10 MB file and then stop reading.
 *
 *     node bench/stalled-readers.ts
 */
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { writeDeliveryData } from './delivery-data.ts';
import { startNode } from './peers.ts';

const READERS = 500;

async function residentMegabytes(pid: number): Promise<number> {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) / 1024;
}

/** Returns the server's resident memory before, with all readers stalled, and after they left, in MB. */
export async function benchStalledReaders(): Promise<{ before: number; stalled: number; after: number }> {
  const folder = await mkdtemp(join(tmpdir(), 'riascolta-bench-'));
  const sockets: Socket[] = [];
  try {
    await writeDeliveryData(folder);
    const server = await startNode('Riascolta', 'delivery.ts', folder);
    try {
      for (let round = 0; round < 20; round += 1) await (await fetch(`${server.origin}/audio.mp3`)).bytes();
      const before = await residentMegabytes(server.pid);
      const port = Number(new URL(server.origin).port);
      for (let index = 0; index < READERS; index += 1) {
        const socket = connect(port, '127.0.0.1').pause();
        sockets.push(socket);
        await once(socket, 'connect');
        socket.write('GET /audio.mp3 HTTP/1.1\r\nHost: radio.example\r\n\r\n');
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

if (import.meta.main) {
  const { before, stalled, after } = await benchStalledReaders();
  const megabytes = (value: number) => `${Math.round(value)} MB`;
  console.log(
    `${READERS} stalled readers of 10 MB: ${megabytes(before)} before, ${megabytes(stalled)} with them, ${megabytes(after)} after.`,
  );
}
