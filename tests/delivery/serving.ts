import { mkdtemp, rm } from 'node:fs/promises';
import { type IncomingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createDelivery,
  createHttpServer,
  type Delivery,
  FileGone,
  type SendOptions,
} from '../../src/delivery/delivery.ts';
import type { ServerLimits } from '../../src/delivery/http-server.ts';
import type { Resource } from '../../src/delivery/resource.ts';

export type Answer = { status: number; headers: IncomingHttpHeaders; body: Buffer };

/** A small site behind delivery: `pages` says what lies where, `rendered` counts how often each was asked for. */
export type Site = {
  origin: string;
  port: number;
  folder: string;
  delivery: Delivery;
  pages: Map<string, () => Resource | Promise<Resource>>;
  rendered: Map<string, number>;
  state: { now: string; asked: number };
  drain(within: number): Promise<void>;
  close(): Promise<void>;
};

export async function startSite(
  options: { maxEditionBytes?: number; limits?: Partial<ServerLimits>; hold?: boolean } = {},
): Promise<Site> {
  const folder = await mkdtemp(join(tmpdir(), 'delivery-'));
  const state = { now: 'one', asked: 0 };
  const pages = new Map<string, () => Resource | Promise<Resource>>();
  const rendered = new Map<string, number>();
  const delivery = createDelivery({
    source: {
      state: () => {
        state.asked += 1;
        return state.now;
      },
    },
    maxEditionBytes: options.maxEditionBytes ?? 8 * 1024 * 1024,
  });
  const { server, drain } = createHttpServer((req, res) => {
    delivery.handle(req, res, async () => {
      const path = req.url ?? '';
      rendered.set(path, (rendered.get(path) ?? 0) + 1);
      const sending: SendOptions = options.hold === false ? {} : { cacheAs: path };
      try {
        const resource = await pages.get(path)?.();
        if (resource === undefined) res.writeHead(404).end();
        else await delivery.send(req, res, resource, sending);
      } catch (error) {
        if (error instanceof FileGone) res.writeHead(404).end();
        else res.destroy();
      }
    });
  }, options.limits);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    origin: `http://127.0.0.1:${address.port}`,
    port: address.port,
    folder,
    delivery,
    pages,
    rendered,
    state,
    drain,
    close: async () => {
      await drain(0);
      await delivery.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Asks with exactly these headers: nothing is decoded, followed or added. */
export function ask(
  site: Site,
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', port: site.port, path, headers, method }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', reject);
      incoming.on('end', () => {
        resolve({
          status: incoming.statusCode ?? 0,
          headers: incoming.headers,
          body: Buffer.concat(chunks),
        });
      });
    });
    outgoing.on('error', reject);
    outgoing.end();
  });
}

/** Sends bytes as they are and returns all that comes back until the server closes the connection. */
export function sendRaw(site: Site, text: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(site.port, '127.0.0.1');
    let received = '';
    socket.setEncoding('latin1');
    socket.on('data', (chunk) => {
      received += chunk;
    });
    // A server that refuses may well close before all was sent.
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(received));
    socket.write(text, 'latin1');
  });
}

/** Resolves when a state that changed just now must show. */
export const stateShows = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 15));
