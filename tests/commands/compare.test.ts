import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { runCommand } from '../fixtures/running-station.ts';
import { putFiles, temporaryFolder } from '../fixtures/station-folder.ts';

type Item = { guid?: string; title: string; date?: string; sound?: string };

const item = ({ guid, title, date = 'Thu, 30 Jan 2025 18:00:00 +0100', sound }: Item): string =>
  `<item><title>${title}</title>${guid ? `<guid isPermaLink="false">${guid}</guid>` : ''}<pubDate>${date}</pubDate>${
    sound ? `<enclosure url="${sound}" length="1" type="audio/mpeg"/>` : ''
  }</item>`;

const feed = (items: Item[], links = ''): string =>
  `<?xml version="1.0"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Prova</title>${links}${items
    .map(item)
    .join('')}</channel></rss>`;

async function server(answer: RequestListener): Promise<string> {
  const listening = createServer(answer).listen(0, '127.0.0.1');
  await once(listening, 'listening');
  onTestFinished(() => {
    listening.close();
  });
  return `http://127.0.0.1:${(listening.address() as AddressInfo).port}`;
}

async function files(named: Record<string, string>): Promise<(name: string) => string> {
  const folder = await temporaryFolder();
  await putFiles(folder, named);
  return (name) => join(folder, name);
}

it('says what apps would lose by a move, and exits 1', async () => {
  const origin = await server((req, res) => {
    res.writeHead(req.url === '/c.mp3' ? 404 : 200).end();
  });
  const sound = (name: string): string => `${origin}/${name}.mp3`;
  const at = await files({
    'before.xml': feed([
      { guid: 'a', title: 'Andato' },
      { guid: 'b', title: 'Ridatato', sound: sound('b') },
      { guid: 'c', title: 'Muto', sound: 'https://altrove.example/c.mp3' },
      { guid: 'd', title: 'Traslocato', sound: 'https://altrove.example/d.mp3' },
    ]),
    'after.xml': feed([
      { guid: 'b', title: 'Ridatato', date: 'Fri, 31 Jan 2025 18:00:00 +0100', sound: sound('b') },
      { guid: 'c', title: 'Muto', sound: sound('c') },
      { guid: 'd', title: 'Traslocato', sound: sound('d') },
      { guid: 'e', title: 'Nuovo \u001b[31m\u202e', sound: sound('e') },
    ]),
  });
  const english = await runCommand(['compare', at('before.xml'), at('after.xml')]);
  expect(english).toEqual({
    code: 1,
    err: '',
    out: [
      'Andato: vanishes (guid a): apps lose it',
      'Ridatato: changes its date, from 2025-01-30T17:00:00Z to 2025-01-31T17:00:00Z: apps take it for new',
      `Muto: its sound is not found: ${sound('c')}`,
      `Traslocato: its sound has another address, ${sound('d')} instead of https://altrove.example/d.mp3`,
      'Nuovo  [31m : is new',
      '4 items before, 4 after: 3 differences to be mended, 2 to be known.',
      '',
    ].join('\n'),
  });
  const italian = await runCommand(['compare', at('before.xml'), at('before.xml'), '--no-sounds'], {
    LC_ALL: 'it_IT.UTF-8',
  });
  expect(italian).toEqual({
    code: 0,
    err: '',
    out: '4 elementi prima, 4 dopo: 0 differenze da risolvere, 0 da sapere.\n',
  });
});

it('reads the pages of an archive, and sounds where the feed is read when its own address does not lead there yet', async () => {
  const own = 'https://radio.example';
  const link = (rel: string, path: string): string => `<atom:link rel="${rel}" href="${own}${path}"/>`;
  const asked: string[] = [];
  const origin = await server((req, res) => {
    asked.push(`${req.method} ${req.url}`);
    const pages: Record<string, string> = {
      '/feed.xml': feed(
        [{ guid: 'b', title: 'B', sound: `${own}/b.mp3` }],
        link('self', '/feed.xml') + link('prev-archive', '/feed-1.xml'),
      ),
      '/feed-1.xml': feed([{ guid: 'a', title: 'A', sound: `${own}/a.mp3` }], link('self', '/feed-1.xml')),
    };
    if (req.method === 'HEAD') res.writeHead(405).end();
    else res.writeHead(200).end(pages[req.url ?? ''] ?? 'x');
  });
  const at = await files({
    'before.xml': feed([
      { guid: 'a', title: 'A', sound: `${own}/a.mp3` },
      { guid: 'b', title: 'B', sound: `${own}/b.mp3` },
    ]),
  });
  const { code, out } = await runCommand(['compare', at('before.xml'), `${origin}/feed.xml`]);
  expect(out).toBe('2 items before, 2 after: 0 differences to be mended, 0 to be known.\n');
  expect(code).toBe(0);
  expect(asked.toSorted()).toEqual([
    'GET /a.mp3',
    'GET /b.mp3',
    'GET /feed-1.xml',
    'GET /feed.xml',
    'HEAD /a.mp3',
    'HEAD /b.mp3',
  ]);
});

it('says in one sentence what it cannot compare', async () => {
  const at = await files({ 'pagina.html': '<html><body>ciao</body></html>', 'feed.xml': feed([]) });
  const [nothing, page, missing] = await Promise.all([
    runCommand(['compare', at('feed.xml')]),
    runCommand(['compare', at('feed.xml'), at('pagina.html')]),
    runCommand(['compare', at('manca.xml'), at('feed.xml')], { LC_ALL: 'it_IT.UTF-8' }),
  ]);
  expect(nothing).toMatchObject({ code: 2, out: '' });
  expect(nothing.err).toContain('Usage: riascolta compare');
  expect(page).toEqual({
    code: 2,
    out: '',
    err: `This feed cannot be read: ${at('pagina.html')}: no RSS.\n`,
  });
  expect(missing).toMatchObject({ code: 2, out: '' });
  expect(missing.err).toMatch(/^Questo feed non si legge: .*manca\.xml: ENOENT/);
});
