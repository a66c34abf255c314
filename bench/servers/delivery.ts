/** A server with nothing but delivery: the feed, a page and the audio of `DATA`, on a free port that it prints. */
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { createDelivery, createHttpServer, makeEdition } from '../../src/delivery/delivery.ts';
import type { Resource } from '../../src/delivery/resource.ts';

const data = process.env.DATA ?? '.';
const delivery = createDelivery({ source: { state: () => '1' }, maxEditionBytes: 64 * 1024 * 1024 });

function resourceFor(path: string): Resource | undefined {
  if (path === '/feed.xml') {
    const type = 'application/rss+xml; charset=utf-8';
    const body = readFileSync(join(data, 'feed.xml'));
    return makeEdition({ type, body, cacheControl: 'public, max-age=60', crossOrigin: true });
  }
  if (path === '/page.html') {
    const body = readFileSync(join(data, 'page.html'));
    return makeEdition({ type: 'text/html; charset=utf-8', body, cacheControl: 'no-cache' });
  }
  if (/^\/audio(-\d+)?\.mp3$/.test(path)) {
    const cacheControl = 'public, max-age=31536000, immutable';
    return {
      kind: 'file',
      path: join(data, path),
      type: 'audio/mpeg',
      cacheControl,
      crossOrigin: true,
      headers: {},
    };
  }
  return undefined;
}

async function render(req: IncomingMessage, res: ServerResponse): Promise<void> {
  const { url = '/' } = req;
  const resource = resourceFor(url);
  const notFound = makeEdition({
    status: 404,
    type: 'text/plain',
    body: 'Not found',
    cacheControl: 'no-store',
  });
  await delivery.send(req, res, resource ?? notFound, resource === undefined ? {} : { holdAs: url });
}

const { server, drain } = createHttpServer((req, res) => {
  delivery.handle(req, res, () => {
    render(req, res).catch(() => res.destroy());
  });
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address !== null && typeof address === 'object') console.log(address.port);
});
process.once('SIGTERM', () => drain(1000));
