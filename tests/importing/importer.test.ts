import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createImporter, type ImporterOptions } from '../../src/importing/create-importer.ts';
import { type Problem, Refused } from '../../src/model/problem.ts';
import { ENVIRONMENT } from '../fixtures/running-station.ts';

type Answer = (req: IncomingMessage, res: ServerResponse) => void;

vi.stubEnv('NODE_COMPILE_CACHE', ENVIRONMENT.NODE_COMPILE_CACHE);

const PNG = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(400)]);
const ARTICLE = `<html lang="it"><title>Prova</title><article><h1>Prova</h1><div class="entry-content"><p>${'Una frase che si legge. '.repeat(20)}</p></div></article>`;

const page = (name: string): Buffer => readFileSync(new URL(`./pages/${name}.page`, import.meta.url));
const html = (body: string | Uint8Array, type = 'text/html'): Answer => {
  return (_, res) => res.writeHead(200, { 'content-type': type }).end(body);
};
const redirect = (location: string): Answer => {
  return (_, res) => res.writeHead(302, { location, 'set-cookie': 'a=1' }).end();
};

function* endless(): Generator<Buffer> {
  for (;;) yield Buffer.alloc(100_000, 32);
}

type Site = {
  port: number;
  asked: IncomingMessage[];
  reached: (string | undefined)[];
  at(path: string, host?: string): string;
};

/** A web server on this machine, by path. */
async function site(answers: Record<string, Answer>, host = '127.0.0.1'): Promise<Site> {
  const asked: IncomingMessage[] = [];
  const reached: (string | undefined)[] = [];
  const server = createServer((req, res) => {
    asked.push(req);
    reached.push(req.socket.localAddress);
    (answers[(req.url ?? '').split('?')[0] ?? ''] ?? ((_, end) => end.writeHead(404).end()))(req, res);
  });
  server.listen(0, host);
  await once(server, 'listening');
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { port, asked, reached, at: (path, name = '127.0.0.1') => `http://${name}:${port}${path}` };
}

/** An importer to which these sites are on the internet, and nothing else on this machine. */
const importerFor = (sites: Site[], options: ImporterOptions = {}) =>
  createImporter({ allows: (_, port) => sites.some((one) => one.port === port), ...options });

async function problemOf(work: Promise<unknown>): Promise<Problem> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Refused)) throw error ?? new Error('it was not refused');
  return error.problem;
}

describe('an article from an address', () => {
  it('is taken out of a WordPress page with its cover, and nothing that surrounds it', async () => {
    const server = await site({
      '/porto': (_, res) =>
        res
          .writeHead(200, { 'content-type': 'text/html', 'content-encoding': 'gzip' })
          .end(gzipSync(page('wordpress'))),
      '/wp-content/uploads/2025/01/molo-sette.png': html(PNG, 'image/png'),
    });
    const { cover, markdown, address, ...article } = await importerFor([server]).article(
      server.at('/porto?utm_source=a&fbclid=b&n=1#x'),
    );
    expect(article).toEqual({
      title: 'Chi tiene in piedi il porto',
      byline: 'Marta Gru',
      date: '2025-01-30T18:05:00+01:00',
      summary: 'Una giornata sul molo sette, tra gru e turni di notte.',
      tags: ['porti', 'logistica'],
      categories: ['Lavoro'],
      language: 'it-IT',
      siteName: 'Radio Prova',
    });
    // What calls itself canonical is of another site.
    expect(address).toBe(server.at('/porto?n=1'));
    expect(cover).toEqual({
      type: 'image/png',
      bytes: PNG,
      name: 'molo-sette.png',
      alt: "Il molo sette all'alba",
    });
    expect(markdown).toBe(
      [
        `Alle cinque **il molo sette** è già sveglio. *Chi scarica* non vede chi [guida le gru](${server.at('/chi-guida-le-gru/')}), e nemmeno [i turni](https://altrove.example/turni?utm_source=x).`,
        '## La notte',
        'Di notte restano in tre:',
        '- chi aggancia;\n- chi segnala, con **due** torce;\n- chi aspetta.',
        '> Se ci fermiamo noi si ferma tutto.',
        '### Che cosa chiedono',
        '1. Un turno in meno.\n2. Una paga in più.',
        'Formule come a \\< b && c\\_d\\_e \\* 2 restano come sono: \\&copy; compreso.',
      ].join('\n\n'),
    );
  });

  it('is taken out of a page of Joomla with K2, whose date is written in words', async () => {
    const server = await site({ '/nebbia': html(page('joomla-k2')) });
    const article = await importerFor([server]).article(server.at('/nebbia'));
    expect(article).toEqual({
      address: server.at('/nebbia'),
      title: 'La nebbia sul fiume',
      byline: 'Redazione del fiume',
      date: '2025-01-28T10:05',
      summary: 'Da tre inverni il fiume non gela più, e la nebbia arriva a mezzogiorno.',
      tags: ['fiume', 'clima'],
      categories: ['Approfondimenti'],
      language: 'it',
      siteName: '127.0.0.1',
      markdown: [
        'Da tre inverni il fiume non gela più, e la nebbia arriva a mezzogiorno.',
        'La prima cosa che si vede è **il ponte**; poi più niente. *Nemmeno la riva.*',
        'Chi ci vive lo racconta [in molti racconti](https://foglio.example/approfondimenti/archivio/racconti), e in [lettere](mailto:redazione@foglio.example).',
        'Altri tacciono.',
      ].join('\n\n'),
    });
  });

  it('is taken out of an old page in Windows-1252, laid out with tables', async () => {
    const server = await site({ '/valle/mulino.htm': html(page('old')) });
    const { title, markdown } = await importerFor([server]).article(server.at('/valle/mulino.htm'));
    expect(title).toBe('Perché il mulino è fermo');
    expect(markdown).toMatch(/^“Non gira più da vent’anni”, dice chi passa\. L’acqua c’è – e costa 3 € al/);
    expect(markdown).toContain(`[la storia di chi la scavò](${server.at('/acqua/gora.htm')}) a mano`);
    expect(markdown).not.toContain('Indice');
    expect(markdown.split('\n\n')).toHaveLength(3);
  });

  it('is none where a page only leads elsewhere, or is no page', async () => {
    const server = await site({
      '/tutti': html(page('navigation')),
      '/carta.pdf': html('%PDF-1.7', 'application/pdf'),
    });
    const importer = importerFor([server]);
    for (const path of ['/tutti', '/carta.pdf']) {
      expect(await problemOf(importer.article(server.at(path)))).toEqual({
        code: 'address-not-article',
        values: { address: server.at(path) },
      });
    }
    expect(await problemOf(importer.article(server.at('/niente')))).toEqual({
      code: 'address-unreachable',
      values: { address: server.at('/niente'), reason: 'HTTP 404' },
    });
  });

  it('is found behind redirects, with no cookie brought along, but not behind more than five', async () => {
    const server = await site({
      '/a': redirect('/b'),
      '/b': redirect('/c'),
      '/c': html(ARTICLE),
      '/giro': redirect('/giro'),
    });
    const importer = importerFor([server]);
    expect((await importer.article(server.at('/a'))).address).toBe(server.at('/c'));
    expect(server.asked.map(({ headers }) => headers.cookie)).toEqual([undefined, undefined, undefined]);
    expect(server.asked[0]?.headers['user-agent']).toMatch(/^Riascolta/);
    expect(await problemOf(importer.article(server.at('/giro')))).toMatchObject({
      code: 'address-unreachable',
      values: { reason: 'redirects' },
    });
    expect(server.asked.filter(({ url }) => url === '/giro')).toHaveLength(6);
  });

  it('comes without a cover where its picture is none, is too large with the page, or lies inside the network', async () => {
    const inside = await site({ '/s.png': html(PNG, 'image/png') });
    const withCover = (address: string) => html(`<meta property="og:image" content="${address}">${ARTICLE}`);
    const server = await site({
      '/nessuna': withCover('/finta.png'),
      '/finta.png': html('<script>', 'image/png'),
      '/grande': withCover('/grande.png'),
      '/grande.png': html(Buffer.concat([PNG, Buffer.alloc(6_000_000)]), 'image/png'),
      '/dentro': withCover(inside.at('/s.png')),
      '/altrove': withCover('/via.png'),
      '/via.png': redirect(inside.at('/s.png')),
    });
    const importer = importerFor([server]);
    for (const path of ['/nessuna', '/grande', '/dentro', '/altrove']) {
      const article = await importer.article(server.at(path));
      expect(article).not.toHaveProperty('cover');
      expect(article.title).toBe('Prova');
    }
    expect(inside.asked).toEqual([]);
  });
});

describe('an address inside a network', () => {
  it.each([
    'http://127.0.0.1/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://[::ffff:127.0.0.1]/',
    'http://169.254.169.254/latest/meta-data/',
    'http://localhost/',
    'http://93.184.215.14:9200/',
    'http://nome:parola@radio.example/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    '',
  ])('is refused: %s', async (address) => {
    expect((await problemOf(createImporter().article(address))).code).toBe('address-refused');
  });

  it('is refused behind a redirect, before anything there is asked', async () => {
    const inside = await site({ '/': html(ARTICLE) });
    const server = await site({
      '/a': redirect(inside.at('/')),
      '/b': redirect('http://169.254.169.254/latest/meta-data/'),
      '/c': redirect('file:///etc/passwd'),
    });
    const importer = importerFor([server], {
      allows: (address, port) => address === '127.0.0.1' && port === server.port,
    });
    for (const path of ['/a', '/b', '/c']) {
      expect((await problemOf(importer.article(server.at(path)))).code).toBe('address-refused');
    }
    expect(inside.asked).toEqual([]);
  });

  it('is refused where a name leads there, whatever it led to before', async () => {
    const answers = ['127.0.0.2', '127.0.0.1'];
    const server = await site({ '/': html(ARTICLE) }, '0.0.0.0');
    let questions = 0;
    const importer = createImporter({
      // The first answer may be connected to. Whoever asked again would get the second.
      resolve: async () => [{ address: answers[questions++] ?? '127.0.0.1', family: 4 }],
      allows: (address) => address === '127.0.0.2',
    });
    await importer.article(server.at('/', 'cambia.example'));
    expect(questions).toBe(1);
    expect(server.reached).toEqual(['127.0.0.2']);
    expect((await problemOf(importer.article(server.at('/', 'cambia.example')))).code).toBe(
      'address-refused',
    );
    expect(server.asked).toHaveLength(1);
  });

  it('is passed over where a name has several', async () => {
    const server = await site({ '/': html(ARTICLE) }, '0.0.0.0');
    const importer = createImporter({
      resolve: async () => [
        { address: '127.0.0.1', family: 4 },
        { address: '127.0.0.3', family: 4 },
      ],
      allows: (address) => address === '127.0.0.3',
    });
    await importer.article(server.at('/', 'due.example'));
    expect(server.reached).toEqual(['127.0.0.3']);
  });
});

describe('a page that would do harm', () => {
  it('is left at 5 MB, plain or compressed', async () => {
    const server = await site({
      '/grande': html(`${ARTICLE}${' '.repeat(6_000_000)}`),
      '/bomba': (_, res) =>
        res
          .writeHead(200, { 'content-type': 'text/html', 'content-encoding': 'gzip' })
          .end(gzipSync(Buffer.alloc(60_000_000, 32))),
      '/senza-fine': (_, res) => {
        res.writeHead(200, { 'content-type': 'text/html' });
        pipeline(endless(), res, () => {});
      },
    });
    for (const path of ['/grande', '/bomba', '/senza-fine']) {
      expect(await problemOf(importerFor([server]).article(server.at(path)))).toEqual({
        code: 'address-too-large',
        values: { address: server.at(path) },
      });
    }
  });

  it('is left when the time is up: for one that drips, one that never answers, and a name of which DNS says nothing', async () => {
    const drip = (res: ServerResponse): void => {
      const timer = setInterval(() => res.write('<'), 50);
      res.on('close', () => clearInterval(timer));
    };
    const server = await site({
      '/goccia': (_, res) => drip(res.writeHead(200, { 'content-type': 'text/html' })),
      '/muto': () => {},
    });
    const importer = importerFor([server], { timeLimitMs: 400 });
    for (const path of ['/goccia', '/muto']) {
      expect((await problemOf(importer.article(server.at(path)))).code).toBe('address-too-slow');
    }
    const unanswered = createImporter({ resolve: () => new Promise(() => {}), timeLimitMs: 400 });
    expect((await problemOf(unanswered.article('http://muto.example/'))).code).toBe('address-too-slow');
  });

  it('takes nothing with it that keeps its reader busy or breaks it', async () => {
    const comb = `${'<div>'.repeat(240)}x${'</div>'.repeat(240)}`.repeat(200);
    const server = await site({
      '/pettine': html(comb),
      '/profonda': html('<b>'.repeat(200_000)),
      '/': html(ARTICLE),
    });
    const busy = importerFor([server], { timeLimitMs: 1_500 });
    expect((await problemOf(busy.article(server.at('/pettine')))).code).toBe('address-too-slow');
    const importer = importerFor([server]);
    expect((await problemOf(importer.article(server.at('/profonda')))).code).toBe('address-not-article');
    expect((await importer.article(server.at('/'))).title).toBe('Prova');
  });
});
