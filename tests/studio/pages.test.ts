import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseRssFeed } from 'feedsmith';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mp3 } from '../fixtures/audio.ts';
import { eventually, keepStation } from '../fixtures/running-station.ts';
import { episodeMd, type Files, SHOW, STATION } from '../fixtures/station-folder.ts';
import { toneWav } from '../fixtures/tone.ts';
import { faultsOfMarkup } from './markup.ts';
import { type PlainBrowser, type PlainPage, plainBrowser } from './plain-browser.ts';

const PASSWORD = 'una frase che mi ricordo bene';

function episode(key: string, title: string, body: string, salt: number): Files {
  return {
    [`${key}/episode.md`]: episodeMd([`title: ${title}`, `guid: guid-${salt}`], body),
    [`${key}/audio.mp3`]: mp3({ seconds: 2, salt }),
  };
}

/** More than one page of a list. */
const HANDED_IN: Files = Object.fromEntries(
  Array.from({ length: 55 }, (_, at) => {
    const day = String(at + 1).padStart(2, '0');
    return [
      `stacca-stacca/consegnata-${day}/episode.md`,
      episodeMd([`title: Consegnata ${day}`, `date: 2024-01-01 10:${day}`, 'status: review']),
    ];
  }),
);

let station: Awaited<ReturnType<typeof keepStation>>;
/** Every page that anybody saw. */
const visited: PlainPage[] = [];
/** The first account's. */
let admin: PlainBrowser;

beforeAll(async () => {
  station = await keepStation({
    'station.md': STATION,
    'stacca-stacca/show.md': SHOW,
    'malormone/show.md': SHOW.replace('Stacca Stacca', 'Malormone').replace(/2222/g, '4444'),
    ...episode('stacca-stacca/2025-01-30-sputnik', 'Un momento Sputnik', 'Testo di allora.\n', 1),
    ...episode('stacca-stacca/2025-01-31-altro', 'Un altro giorno', 'Altro testo.\n', 2),
    ...episode('malormone/2025-02-01-notte', 'La notte', 'Di notte.\n', 3),
    ...HANDED_IN,
  });
  admin = plainBrowser(station.address, visited);
});
afterAll(() => station?.close());

const itemNamed = async (title: string) =>
  (parseRssFeed(await station.text('/feed.xml')).items ?? []).find((item) => item.title === title);

describe('getting in', () => {
  it('the first start prints an address with which the first account is made, once', async () => {
    const welcome = await eventually(
      async () => /http\S+welcome\S+/.exec(station.said())?.[0] ?? '',
      (address) => address !== '',
    );
    const page = await admin.open(welcome);
    // The secret has gone out of the address.
    expect([page.status, page.path]).toEqual([200, '/studio/welcome']);
    const written = { name: 'Marta', email: 'marta@radio.example' };
    const refused = await admin.press('Fai l’account', { ...written, password: 'corta' });
    expect([refused.status, refused.problem]).toEqual([
      422,
      'La password è troppo corta: almeno 10 caratteri, anche una frase.',
    ]);
    expect(refused.html).toContain('value="marta@radio.example"');
    const made = await admin.press('Fai l’account', { password: PASSWORD });
    expect([made.path, made.notice]).toEqual(['/studio', 'L’account è fatto. Sei nello studio.']);
    expect(await plainBrowser(station.address, visited).open(welcome)).toMatchObject({ status: 410 });
  });

  it('with the right password, and no other; and out again', async () => {
    const browser = plainBrowser(station.address, visited);
    const login = await browser.open('/studio/published?q=sputnik');
    expect(login.path).toMatch(/^\/studio\/login\?next=/);
    const wrong = await browser.press('Entra', {
      email: 'marta@radio.example',
      password: 'sbagliata di certo',
    });
    expect([wrong.status, wrong.problem]).toEqual([401, 'E-mail o password non corrispondono.']);
    const nobody = await browser.press('Entra', {
      email: 'nessuno@radio.example',
      password: 'sbagliata di certo',
    });
    expect([nobody.status, nobody.problem]).toEqual([wrong.status, wrong.problem]);
    const inside = await browser.press('Entra', { email: 'Marta@Radio.example', password: PASSWORD });
    expect([inside.status, inside.path]).toEqual([200, '/studio/published?q=sputnik']);
    const out = await browser.press('Esci');
    expect([out.path, out.notice]).toEqual(['/studio/login', 'Sei fuori dallo studio.']);
    expect((await browser.open('/studio')).path).toMatch(/^\/studio\/login/);
  });

  it('only so often with a wrong one, whoever it may be', async () => {
    const browser = plainBrowser(station.address, visited);
    await browser.open('/studio/login');
    const attempts = [];
    for (let count = 0; count < 6; count += 1) {
      const { status, problem } = await browser.press('Entra', {
        email: 'provo@radio.example',
        password: `tentativo ${count}`,
      });
      attempts.push([status, problem]);
    }
    expect(attempts.slice(0, 5)).toEqual(Array(5).fill([401, 'E-mail o password non corrispondono.']));
    expect(attempts[5]).toEqual([429, 'Troppi tentativi: riprova fra un minuto.']);
  });

  it('by invitation, with a link that is shown once; a new password ends all that was open', async () => {
    await admin.open('/studio/people');
    const taken = await admin.press(/Invita|invito/, {
      email: 'marta@radio.example',
      name: 'Un’altra',
      role: 'editor',
    });
    expect([taken.status, taken.problem]).toEqual([422, 'C’è già un account per marta@radio.example.']);
    const invited = await admin.press(/Invita|invito/, {
      email: 'rita@radio.example',
      name: 'Rita',
      role: 'contributor',
      show: ['stacca-stacca'],
      'may-publish': undefined,
    });
    const link = /http[^"<\s]+welcome[^"<\s]+/.exec(invited.html)?.[0] ?? '';
    expect((await admin.open('/studio/people')).html).not.toContain(link);

    const rita = plainBrowser(station.address, visited);
    await rita.open(link);
    const inside = await rita.press('Entra nello studio', {
      name: 'Rita',
      password: 'le galline del mattino',
    });
    expect([inside.path, inside.notice]).toEqual(['/studio', 'Sei nello studio.']);
    expect((await rita.open('/studio/published')).words).not.toContain('La notte');
    expect(await rita.open('/studio/people')).toMatchObject({
      status: 403,
      problem: 'Non hai i permessi per questo: chiedi a chi amministra lo studio.',
    });
    expect((await rita.open('/studio/episodes/malormone/2025-02-01-notte')).status).toBe(403);
    const own = await rita.open('/studio/episodes/stacca-stacca/2025-01-30-sputnik');
    expect(own.words).not.toContain('Ritira ovunque');

    await admin.open('/studio/people');
    await admin.follow('Rita');
    const reset = await admin.press(/indirizzo|link/i);
    const again = plainBrowser(station.address, visited);
    await again.open(/http[^"<\s]+welcome[^"<\s]+/.exec(reset.html)?.[0] ?? '');
    expect((await rita.open('/studio')).status).toBe(200);
    expect((await again.press('Cambia la password', { password: 'le galline della sera' })).path).toBe(
      '/studio',
    );
    expect((await rita.open('/studio')).path).toMatch(/^\/studio\/login/);

    await admin.open('/studio/people');
    await admin.follow('Rita');
    const closed = await admin.press(/Chiudi/);
    expect(closed.notice).toContain('Rita');
    expect((await again.open('/studio')).path).toMatch(/^\/studio\/login/);
  });
});

describe('one’s own account', () => {
  it('shows where one is in, and ends it', async () => {
    const other = plainBrowser(station.address, visited);
    await other.open('/studio/login');
    await other.press('Entra', { email: 'marta@radio.example', password: PASSWORD });
    expect((await admin.open('/studio/me')).words).toContain('(questo dispositivo)');
    const ended = await admin.press('Fai uscire tutti gli altri');
    expect(ended.notice).toBe('Tutti gli altri dispositivi sono fuori.');
    expect((await other.open('/studio')).path).toMatch(/^\/studio\/login/);
    expect((await admin.open('/studio')).status).toBe(200);
  });

  it('makes keys for programs, which are shown once, and revokes them', async () => {
    await admin.open('/studio/me');
    const missing = await admin.press('Crea la chiave', { 'token-name': 'automazione', scope: undefined });
    expect([missing.status, missing.problem]).toEqual([422, 'Scegli almeno un permesso.']);
    const key = { 'token-name': 'automazione', scope: ['read', 'write'] };
    // A session that somebody left open is not enough for a key that outlasts it.
    const wrong = await admin.press('Crea la chiave', { ...key, present: 'non è questa' });
    expect([wrong.status, wrong.problem]).toEqual([422, 'Non è la password attuale.']);
    expect(wrong.html).not.toContain('rias_');
    const made = await admin.press('Crea la chiave', { ...key, present: PASSWORD });
    const token = /rias_[\w-]+/.exec(made.html)?.[0] ?? '';
    const ask = () => station.get('/api/v1/shows', { headers: { Authorization: `Bearer ${token}` } });
    expect((await ask()).status).toBe(200);
    expect((await admin.open('/studio/me')).html).not.toContain(token);
    expect((await admin.press('Revoca: automazione')).notice).toBe('La chiave non vale più.');
    expect((await ask()).status).toBe(401);
  });

  it('changes name, language and password', async () => {
    await admin.open('/studio/me');
    const english = await admin.press('Salva', { name: 'Marta B.', language: 'en' });
    expect([english.notice, english.words]).toEqual([
      expect.stringContaining('Saved'),
      expect.stringContaining('My account'),
    ]);
    expect((await admin.press('Save', { language: 'it' })).words).toContain('Il mio account');
    const wrong = await admin.press('Cambia la password', {
      present: 'non è questa',
      password: 'un’altra frase lunga',
    });
    expect([wrong.status, wrong.problem]).toEqual([422, 'Non è la password attuale.']);
    const changed = await admin.press('Cambia la password', {
      present: PASSWORD,
      password: 'un’altra frase lunga',
    });
    expect(changed.notice).toBe('La password è cambiata. Altrove bisogna rientrare.');
  });
});

describe('lists', () => {
  it('are searched, filtered by show, and go on on further pages', async () => {
    const first = await admin.open('/studio/review');
    expect(first.words).toContain('Consegnata 55');
    expect(first.words).not.toContain('Consegnata 05');
    const second = await admin.follow('Più vecchi');
    expect(second.words).toContain('Consegnata 05');
    expect(second.words).not.toContain('Consegnata 06 ');
    expect(second.html).not.toContain('rel="next"');

    await admin.open('/studio/review');
    const found = await admin.press('Filtra', { q: 'consegnata 17', show: '' });
    expect(found.words).toContain('Consegnata 17');
    expect(found.words).not.toContain('Consegnata 18');
    const none = await admin.press('Filtra', { show: 'malormone' });
    expect([none.path, none.words]).toEqual([
      '/studio/review?q=consegnata+17&show=malormone',
      expect.stringContaining('Non si trova niente con questi filtri.'),
    ]);
    await admin.open('/studio/published');
    const published = await admin.press('Filtra', { show: 'malormone' });
    expect(published.words).toContain('La notte');
    expect(published.words).not.toContain('Sputnik');
  });
});

describe('an episode', () => {
  const KEY = 'stacca-stacca/2025-01-30-sputnik';
  const textOf = (key: string) => readFile(join(station.episodesDir, key, 'episode.md'), 'utf8');

  it('is shown with its state, segments and versions', async () => {
    await admin.open('/studio/published');
    const page = await admin.follow('Un momento Sputnik');
    expect(page.path).toBe(`/studio/episodes/${KEY}`);
    expect(page.words).toContain('pubblicato');
    expect(page.words).toContain('audio.mp3');
    expect(page.words).toContain('Nessuna app ha ancora letto questo feed.');
    await station.get('/feed.xml', { headers: { 'User-Agent': 'iTMS' } });
    const seen = await eventually(
      () => admin.open(`/studio/episodes/${KEY}`),
      ({ words }) => words.includes('Apple'),
    );
    expect(seen.words).toContain('l’ha già letto da quando è uscito');
  });

  it('that was edited by hand has that as a version, with the difference, and one press back', async () => {
    const before = await textOf(KEY);
    await admin.open(`/studio/episodes/${KEY}`);
    await admin.press('Modifica');
    const after = before.replace('Testo di allora.', 'Testo di adesso.');
    await writeFile(join(station.episodesDir, KEY, 'episode.md'), after);
    await eventually(
      () => station.text(`/shows/${KEY}`),
      (page) => page.includes('Testo di adesso.'),
    );
    const page = await admin.open(`/studio/episodes/${KEY}`);
    expect(page.words).toMatch(
      /Versioni .*a mano nella cartella attuale .*a mano nella cartella Confronta con adesso/,
    );
    const difference = await admin.follow('Confronta con adesso');
    expect(difference.html).toMatch(/<del>[^<]*allora[^<]*<\/del>.*<ins>[^<]*adesso[^<]*<\/ins>/s);
    const restored = await admin.press('Torna a questa versione');
    expect([restored.path, restored.notice]).toEqual([
      `/studio/episodes/${KEY}`,
      'La versione scelta è di nuovo quella attuale.',
    ]);
    expect(await textOf(KEY)).toBe(before);
    expect(restored.words).toMatch(/Versioni .*versione ripristinata attuale/);
  });

  it('is taken off the site and published again', async () => {
    await admin.open(`/studio/episodes/${KEY}`);
    const off = await admin.press('Togli dal sito (torna bozza)');
    expect(off.notice).toBe('Tolto dal sito: ora è una bozza.');
    await eventually(
      () => itemNamed('Un momento Sputnik'),
      (item) => item === undefined,
    );
    const on = await admin.press('Pubblica');
    expect(on.notice).toBe('Pubblicato.');
    await eventually(
      () => itemNamed('Un momento Sputnik'),
      (item) => item?.guid?.value === 'guid-1',
    );
  });

  it('moves to another show: same guid, and the old address leads to the new one', async () => {
    const old = 'stacca-stacca/2025-01-31-altro';
    await admin.open(`/studio/episodes/${old}`);
    const moved = await admin.press('Sposta', { show: 'malormone' });
    expect([moved.path, moved.notice]).toEqual([
      '/studio/published',
      'Spostato: il vecchio indirizzo porta a quello nuovo.',
    ]);
    const item = await eventually(
      () => itemNamed('Un altro giorno'),
      (one) => one?.link?.includes('/malormone/') === true,
    );
    expect(item?.guid?.value).toBe('guid-2');
    const answer = await station.get(`/shows/${old}`);
    expect([answer.status, answer.headers.get('location')]).toEqual([
      301,
      '/shows/malormone/2025-01-31-altro',
    ]);
  });

  it('goes into the bin and comes back', async () => {
    await admin.open('/studio/episodes/malormone/2025-01-31-altro');
    const binned = await admin.press('Metti nel cestino');
    expect([binned.path, binned.notice]).toEqual(['/studio/bin', 'Messo nel cestino.']);
    expect(binned.words).toContain('Un altro giorno');
    const back = await admin.press('Rimetti a posto');
    expect([back.notice, back.words]).toEqual([
      'Rimesso al suo posto.',
      expect.stringContaining('Qui non c’è niente.'),
    ]);
    await eventually(
      () => itemNamed('Un altro giorno'),
      (item) => item?.guid?.value === 'guid-2',
    );
  });

  it('is withdrawn only after one was asked', async () => {
    await admin.open('/studio/episodes/malormone/2025-01-31-altro');
    const asked = await admin.follow('Ritira ovunque');
    expect(asked.words).toContain('Non si può tornare indietro.');
    expect((await station.get('/shows/malormone/2025-01-31-altro')).status).toBe(200);
    const withdrawn = await admin.press('Sì, ritira ovunque');
    expect([withdrawn.path, withdrawn.notice]).toEqual(['/studio/withdrawn', 'Ritirato ovunque.']);
    await eventually(
      () => station.get('/shows/malormone/2025-01-31-altro'),
      ({ status }) => status === 410,
    );
  });
});

describe('shows and the station', () => {
  it('a show is made, and what is wrong with it is said beside what was written', async () => {
    await admin.open('/studio/shows');
    const taken = await admin.press('Crea la trasmissione', {
      'set-title': 'Frittura',
      slug: 'malormone',
      'set-description': 'Mista.',
    });
    expect([taken.status, taken.problem]).toEqual([409, '«malormone» esiste già: scegli un altro nome.']);
    expect(taken.html).toContain('value="Frittura"');
    expect(taken.html).toContain('Mista.</textarea>');
    const made = await admin.press('Crea la trasmissione', { slug: '' });
    expect([made.path, made.notice]).toEqual(['/studio/shows/frittura', 'Trasmissione creata.']);
    expect(await readFile(join(station.episodesDir, 'frittura/show.md'), 'utf8')).toMatch(
      /^---\ntitle: Frittura\ndescription: Mista\.\n/,
    );
    await eventually(
      () => station.get('/shows/frittura'),
      ({ status }) => status === 200,
    );
  });

  it('its settings are saved into its file, and what will not do comes back as it was written', async () => {
    await admin.open('/studio/shows/malormone');
    const wrong = await admin.press('Salva', {
      'set-colour': 'rosso',
      'set-description': 'Un’altra descrizione.',
    });
    expect([wrong.status, wrong.problem]).toEqual([
      400,
      expect.stringMatching(/«Colore[^»]*» non va bene: ci vuole un colore/),
    ]);
    expect(wrong.html).toContain('Un’altra descrizione.</textarea>');
    const saved = await admin.press('Salva', {
      'set-colour': '#0a7f4f',
      'set-hosts': 'Irene\nGilberto',
      'set-explicit': 'no',
    });
    expect(saved.notice).toBe('Salvato.');
    const text = await readFile(join(station.episodesDir, 'malormone/show.md'), 'utf8');
    expect(text).toMatch(/description: Un’altra descrizione\.[\s\S]*hosts:\n {2}- Irene\n {2}- Gilberto/);
  });

  it('a file that was edited by hand meanwhile is not written over unseen: both texts are there', async () => {
    await admin.open('/studio/shows/malormone');
    const path = join(station.episodesDir, 'malormone/show.md');
    await writeFile(path, (await readFile(path, 'utf8')).replace('Un’altra descrizione.', 'Scritta a mano.'));
    const refused = await admin.press('Salva', { 'set-description': 'Scritta nello studio.' });
    expect([refused.status, refused.problem]).toEqual([
      409,
      expect.stringContaining('è stato cambiato a mano nella cartella'),
    ]);
    expect(refused.html).toContain('Scritta nello studio.</textarea>');
    expect(refused.words).toContain('Nel file adesso: Scritta a mano.');
    expect(await readFile(path, 'utf8')).toContain('Scritta a mano.');
    expect((await admin.press('Salva')).notice).toBe('Salvato.');
    expect(await readFile(path, 'utf8')).toContain('Scritta nello studio.');
  });

  it('gets a cover and another address', async () => {
    const bytes = await sharp({ create: { width: 1400, height: 1400, channels: 3, background: '#0a7f4f' } })
      .png()
      .toBuffer();
    await admin.open('/studio/shows/malormone');
    const refused = await admin.press('Cambia copertina', {
      cover: { name: 'c.png', bytes: Buffer.from('nessuna immagine') },
    });
    expect([refused.status, refused.problem]).toEqual([
      422,
      expect.stringContaining('non è un’immagine che si possa usare'),
    ]);
    await admin.open('/studio/shows/malormone');
    expect((await admin.press('Cambia copertina', { cover: { name: 'c.png', bytes } })).notice).toBe(
      'Salvato.',
    );
    const renamed = await admin.press('Cambia indirizzo', { slug: 'Malòrmone Notte' });
    expect([renamed.path, renamed.notice]).toEqual([
      '/studio/shows/malormone-notte',
      expect.stringContaining('Indirizzo cambiato'),
    ]);
    await eventually(
      () => station.get('/shows/malormone/2025-02-01-notte'),
      ({ status, headers }) =>
        status === 301 && headers.get('location') === '/shows/malormone-notte/2025-02-01-notte',
    );
    expect((await itemNamed('La notte'))?.guid?.value).toBe('guid-3');
  });

  it('the station is edited', async () => {
    await admin.open('/studio/station');
    const wrong = await admin.press('Salva', {
      'set-timezone': 'Torino',
      'set-links': 'Diretta: https://radio.example/diretta',
    });
    expect([wrong.status, wrong.problem]).toEqual([400, expect.stringContaining('ci vuole un fuso orario')]);
    expect(
      (await admin.press('Salva', { 'set-timezone': 'Europe/Rome', 'set-title': 'Radio Prova FM' })).notice,
    ).toBe('Salvato.');
    await eventually(
      () => station.text('/'),
      (page) => page.includes('Radio Prova FM') && page.includes('https://radio.example/diretta'),
    );
  });
});

describe('a new segment, by a plain form', () => {
  it('is written, uploaded and published', async () => {
    await admin.open('/studio/new');
    const saved = await admin.press('Pubblica', {
      show: 'stacca-stacca',
      title: 'Senza script',
      body: 'Un testo *scritto* a mano.',
      files: { name: 'voce.wav', bytes: toneWav({ seconds: 2 }) },
    });
    expect([saved.status, saved.path], saved.words).toEqual([
      200,
      expect.stringMatching(/^\/(?:studio\/drafts|shows)\//),
    ]);
    const item = await eventually(
      () => itemNamed('Senza script'),
      (one) => one !== undefined,
      30,
    );
    expect(item?.itunes?.duration).toBe(2);
    // Who stayed on the draft's page is led to what became of it.
    expect((await admin.open(saved.path)).words).toContain('Senza script');
  });

  it('that was changed by somebody else meanwhile shows both texts, and saves what was chosen', async () => {
    await admin.open('/studio/new');
    const begun = await admin.press(/^Salva/, {
      show: 'stacca-stacca',
      title: 'Titolo di prima',
      body: 'Prima.',
    });
    const other = plainBrowser(station.address, visited);
    await other.open('/studio/login');
    await other.press('Entra', { email: 'marta@radio.example', password: 'un’altra frase lunga' });
    await other.open(begun.path);
    await other.press(/^Salva/, { title: 'Titolo di lei' });
    const both = await admin.press(/^Salva/, { body: 'Il mio testo.' });
    expect(both.status).toBe(409);
    expect(both.words).toContain('Titolo di lei');
    expect(both.html).toContain('Il mio testo.');
  });
});

describe('the house', () => {
  it('the journal says who did what', async () => {
    const page = await admin.open('/studio/journal');
    for (const what of [
      'ha ritirato ovunque',
      'ha messo nel cestino',
      'ha spostato',
      'ha creato la trasmissione',
      'è tornato a una versione precedente',
    ])
      expect(page.words).toContain(what);
    expect(page.words).toMatch(/Marta.*studio.*ha pubblicato.*titolo: Senza script/);
    const one = await admin.open(
      `/studio/journal?subject=${encodeURIComponent('stacca-stacca/2025-01-30-sputnik')}`,
    );
    expect(one.words).toContain(
      'ha cambiato stato stacca-stacca/2025-01-30-sputnik titolo: Un momento Sputnik stato: pubblicato',
    );
    expect(one.words).not.toContain('Malormone');
  });

  it('the disk says what takes what', async () => {
    const page = await admin.open('/studio/disk');
    expect(page.words).toMatch(/\d\s[GT]B occupati su .* liberi/);
    expect(page.words).toMatch(/Puntate pubblicate [\d,.]+\s[kMG]B \d+ file/);
  });

  it('work under way is listed', async () => {
    expect((await admin.open('/studio/jobs')).words).toContain('Lavori in corso');
  });
});

it('every page that was seen on the way is valid HTML', async () => {
  const pages = visited.filter(({ path }) => path.startsWith('/studio'));
  expect(new Set(pages.map(({ path }) => path)).size).toBeGreaterThan(25);
  const faults = new Set<string>();
  const last = new Map(pages.map(({ path, status, html }) => [`${status} ${path}`, html]));
  for (const [page, html] of last)
    for (const fault of await faultsOfMarkup(html)) faults.add(`${page}: ${fault}`);
  expect([...faults]).toEqual([]);
});
