import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { chmod, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseHTML } from 'linkedom';
import { DetailedError, Upload } from 'tus-js-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRecords } from '../../src/records/records.ts';
import { encodedFixture, mp3 } from '../fixtures/audio.ts';
import { eventually, keepStation, type RunningStation, runStation } from '../fixtures/running-station.ts';
import { SHOW, STATION } from '../fixtures/station-folder.ts';
import { makeStaff, type Staff } from '../fixtures/studio-station.ts';
import { toneWav } from '../fixtures/tone.ts';
import { pictureBomb, TONE_MP3, withComment, withPicture } from './bad-files.ts';
import { type Answer, formWith, type Program, programWith } from './programs.ts';

/** Linux: modes bind root only once it has given this right away. */
const WITHOUT_PRIVILEGE =
  process.getuid?.() === 0 ? ['setpriv', '--inh-caps=-dac_override', '--bounding-set=-dac_override'] : [];
const SETTINGS = { PUBLIC_URL: 'http://radio.example' };

let station: Awaited<ReturnType<typeof keepStation>>;
let admin: Staff;
/** Who speaks Italian, and who English. */
let italian: Program;
let english: Program;

beforeAll(async () => {
  station = await keepStation(
    {
      'station.md': STATION,
      'stacca-stacca/show.md': SHOW,
      'chiusa/show.md': SHOW.replace('Stacca Stacca', 'Chiusa').replace(/2222/g, '5555'),
    },
    SETTINGS,
    WITHOUT_PRIVILEGE,
  );
  ({ admin } = await makeStaff(station.dataDir, {}));
  italian = programWith(station, admin.token, 'it');
  english = programWith(station, admin.token, 'en');
});
afterAll(() => station?.close());

const page = async (path: string): Promise<string> =>
  (await station.get(path, { headers: { Cookie: admin.cookie } })).text();
/** The text of a page, as it is read. */
const wordsOf = async (path: string): Promise<string> =>
  parseHTML(await page(path)).document.querySelector('main')?.textContent ?? '';

const draftOf = ({ headers }: Answer): string => headers.get('location')?.split('/').at(-1) ?? '';

let tones = 300;
/** A sound that is no other's. */
function tone(seconds = 2, more: { channels?: 1 | 2 } = {}): Buffer {
  tones += 20;
  return toneWav({ seconds, frequency: tones, ...more });
}

const COVER_BOMB = pictureBomb(30_000);
const HTML = '<!doctype html>\n<html><head><title>404</title></head><body><p>Non trovata</p></body></html>\n';

describe('a file that will not do is said in one sentence, stands in the journal, and costs no work', () => {
  it.each<[what: string, name: string, bytes: string | Uint8Array, italian: RegExp, english: RegExp]>([
    [
      'HTML named .mp3',
      'pagina.mp3',
      HTML,
      /«pagina.mp3» non è un file audio \(HTML\): carica/,
      /is no audio file \(HTML\)/,
    ],
    [
      'an MP3 that is cut off',
      'meta.mp3',
      TONE_MP3.subarray(0, 2_600),
      /«meta.mp3» finisce a metà/,
      /ends in the middle/,
    ],
    [
      'a sound of no seconds',
      'zero.wav',
      toneWav({ seconds: 0 }),
      /«zero.wav» non contiene suono/,
      /holds no sound/,
    ],
    ['a file of no bytes', 'vuoto.mp3', '', /«vuoto.mp3» non contiene suono/, /holds no sound/],
    ['a silent sound', 'muto.mp3', mp3({ seconds: 2 }), /«muto.mp3» è tutto silenzio/, /is all silence/],
    [
      'a video',
      'video.mp4',
      readFileSync(encodedFixture('video-only.mp4')),
      /«video.mp4» non è un file audio \(MP4\)/,
      /is no audio file \(MP4\)/,
    ],
    [
      'a picture that is a bomb',
      'copertina.png',
      COVER_BOMB,
      /«copertina.png» non è un’immagine che si possa usare \(30000 × 30000 px\)/,
      /is no picture that can be used/,
    ],
    [
      'a picture that ends early',
      'rotta.png',
      COVER_BOMB.subarray(0, 60),
      /«rotta.png» non è un’immagine che si possa usare \(.+\)/,
      /is no picture that can be used/,
    ],
    [
      'a transcript that is none',
      'testo.vtt',
      'Parlato, senza tempi',
      /«testo.vtt» non è una trascrizione leggibile/,
      /is no readable transcript/,
    ],
    [
      'another kind of file',
      'appunti.pdf',
      '%PDF-1.4\n',
      /«appunti.pdf» non è né audio, né immagine/,
      /neither audio, picture nor transcript/,
    ],
  ])('%s', async (_what, name, bytes, inItalian, inEnglish) => {
    const title = `Con ${name}`;
    // A picture or a transcript alone is no episode.
    const isAlone = !/\.(?:png|vtt)$/.test(name);
    const sound: Parameters<typeof formWith>[0] = isAlone ? {} : { audio: ['buono.wav', tone()] };
    const written = { show: 'stacca-stacca', title, body: 'Un testo lungo.', action: 'publish' };
    const form = formWith({ ...written, ...sound, file: [name, bytes] });
    const answer = await italian.form('/api/v1/episodes?wait=30', form);
    expect([answer.status, answer.json], JSON.stringify(answer.json)).toEqual([
      422,
      { problem: expect.objectContaining({ sentence: expect.stringMatching(inItalian) }) },
    ]);
    const draft = draftOf(answer);
    const { json } = await english.get(`/api/v1/drafts/${draft}`);
    expect(json).toMatchObject({ state: 'stopped', title, sentence: expect.stringMatching(inEnglish) });
    expect(json.uploads).toContainEqual(
      expect.objectContaining({ name, state: 'refused', sentence: expect.stringMatching(inEnglish) }),
    );
    const shown = await wordsOf(`/studio/drafts/${draft}`);
    expect(shown).toMatch(inEnglish);
    expect(await page(`/studio/drafts/${draft}`)).toContain('Un testo lungo.');
    expect(await wordsOf(`/studio/journal?subject=${draft}`)).toMatch(inEnglish);
  });
});

describe('sound that carries more than sound', () => {
  it.each([
    ['a cover of 30 000 px', 'copertina.mp3', () => withPicture(COVER_BOMB)],
    ['100 MB of tags', 'cento.mp3', () => withComment(100e6)],
  ])('%s does not get through to listeners', async (_what, name, bytes) => {
    const { json: begun } = await italian.send('POST', '/api/v1/episodes', {
      show: 'stacca-stacca',
      title: name,
    });
    await sent(bytes(), { draft: String(begun.id), filename: name });
    const submission = `/api/v1/drafts/${begun.id}/submit?wait=50`;
    const { json } = await italian.send('POST', submission, { action: 'publish' });
    expect(json.state, JSON.stringify(json)).toBe('done');
    const sound = await readFile(join(station.episodesDir, String(json.episode), name));
    expect(sound.length).toBeLessThan(50_000);
  });
});

describe('names that lead elsewhere', () => {
  const NAMES = [
    '../../../../../../tmp/fuori.wav',
    '..\\..\\fuori.wav',
    '/etc/fuori.wav',
    '\u202Evaw.fuori\u2066.wav',
    '.fuori.wav',
    'episode.md',
    'con.wav',
    `${'fuori'.repeat(200)}.wav`,
  ];

  it('become harmless names in the episode’s own folder', async () => {
    const title = '../../fuori \u202Etxet\u202C con \u0007 campanella';
    const form = formWith({ show: 'stacca-stacca', title, action: 'publish' });
    for (const name of NAMES) form.append('audio', new Blob([Buffer.from(tone(1))]), name);
    const { json } = await italian.form('/api/v1/episodes?wait=50', form);
    expect(json.state, JSON.stringify(json)).toBe('done');
    const key = String(json.episode);
    expect(key).toMatch(/^stacca-stacca\/\d{4}-\d\d-\d\d-[a-z0-9-]+$/);
    const files = await readdir(join(station.episodesDir, key));
    expect(files).toHaveLength(NAMES.length + 1);
    for (const file of files) expect(file).toMatch(/^[a-z0-9][a-z0-9-]*\.(?:mp3|md)$/);
    expect(await readFile(join(station.episodesDir, key, 'episode.md'), 'utf8')).toMatch(
      /^---\ntitle: \.\.\/\.\.\/fuori txet con +campanella\n/,
    );
    // Nothing lies anywhere else that somebody has named so.
    const all = readdirSync(join(station.episodesDir, '..'), { recursive: true }).map(String);
    const elsewhere = all.filter((path) => path.includes('fuori') && !path.startsWith(join('episodes', key)));
    expect(elsewhere.filter((path) => !/^var\/originals\/[^/]+$/.test(path))).toEqual([]);
  });

  it('are as harmless by a resumable upload', async () => {
    const { json } = await italian.send('POST', '/api/v1/episodes', { show: 'stacca-stacca', title: 'tus' });
    const draft = String(json.id);
    const sound = tone();
    await sent(sound, { draft, filename: '../\u0000../\u202Efuori\n.wav' });
    const { json: state } = await italian.get(`/api/v1/drafts/${draft}`);
    expect(state.uploads).toMatchObject([{ name: 'fuori .wav' }]);
  });

  it.each([
    ['DELETE', '/api/v1/episodes/stacca-stacca/..%2F..%2Fvar', 400],
    ['DELETE', '/api/v1/episodes/..%2Fvar/uploads', 400],
    ['PATCH', '/api/v1/episodes/stacca-stacca/..', 404],
    ['POST', '/api/v1/episodes/%2e%2e/%2e%2e/withdraw', 404],
    ['DELETE', '/api/v1/uploads/..%2F..%2Fstudio.sqlite', 400],
    ['DELETE', '/api/v1/episodes/stacca-stacca/%00', 400],
    ['DELETE', '/api/v1/episodes/stacca-stacca/%E0%A4%A', 400],
  ])('in an address are no names: %s %s', async (method, path, status) => {
    const answer = await english.send(method, path, method === 'DELETE' ? undefined : { title: 'x' }, {
      'Tus-Resumable': '1.0.0',
    });
    expect(answer.status).toBe(status);
  });

  it('are no show’s', async () => {
    const { status, json } = await italian.send('POST', '/api/v1/episodes', { show: '../..', title: 'x' });
    expect([status, json]).toEqual([
      400,
      {
        problem: expect.objectContaining({
          sentence: expect.stringContaining('nessuna trasmissione con questo nome'),
        }),
      },
    ]);
    const answer = await station.get('/studio/shows', {
      method: 'POST',
      headers: { Cookie: admin.cookie, Origin: station.address },
      body: new URLSearchParams({ 'set-title': '../../fuori', slug: '../../var/\u202Efuori' }),
    });
    expect(answer.headers.get('location')).toBe('/studio/shows/var-fuori');
    expect(await readdir(join(station.episodesDir, 'var-fuori'))).toEqual(['show.md']);
  });
});

it('scripts in what is written run nowhere: not on the page, in the preview, the studio, or the feed', async () => {
  const evil = '<script>alert(1)</script><img src=x onerror=alert(2)>';
  const body = `${evil}

[uno](javascript:alert(3)) [due](data:text/html,<script>alert(4)</script>) <a href="javascript:alert(5)">tre</a>

<iframe src="https://evil.example"></iframe> <svg onload="alert(6)"><script>alert(7)</script></svg> <form action="https://evil.example"><input></form>

![x](x.png"onerror="alert(8)) <style>body { display: none }</style> <object data="https://evil.example"></object>
`;
  const fields = {
    show: 'stacca-stacca',
    title: `Script ${evil}`,
    summary: evil,
    byline: evil,
    tags: evil,
    people: `${evil} (${evil})`,
  };
  const form = formWith({
    ...fields,
    coverAlt: evil,
    source: 'javascript:alert(9)',
    body,
    action: 'draft',
    audio: ['s.wav', tone()],
  });
  const begun = await english.form('/api/v1/episodes', form);
  expect(begun.status, JSON.stringify(begun.json)).toBe(201);
  const draft = String(begun.json.id);
  const pages = [await page(`/studio/drafts/${draft}/preview`), await page(`/studio/drafts/${draft}`)];
  const done = await english.send('POST', `/api/v1/drafts/${draft}/submit?wait=30`, { action: 'publish' });
  // An address that is none is told before anything is out.
  expect([done.status, done.json]).toMatchObject([
    400,
    { problem: { code: 'value-wrong', values: { field: 'source' } } },
  ]);
  await english.send('PATCH', `/api/v1/drafts/${draft}`, { source: '' });
  const { json } = await english.send('POST', `/api/v1/drafts/${draft}/submit?wait=30`, {
    action: 'publish',
  });
  expect(json.state, JSON.stringify(json)).toBe('done');
  const key = String(json.episode);
  pages.push(
    await station.text(`/shows/${key}`),
    await page(`/studio/episodes/${key}`),
    await page('/studio/journal'),
  );
  const feed = await eventually(
    () => station.text('/feed.xml'),
    (text) => text.includes('<title>Script'),
  );
  for (const [, encoded = ''] of feed.matchAll(/<content:encoded><!\[CDATA\[([\s\S]*?)\]\]>/g))
    pages.push(encoded);
  expect(pages).toHaveLength(6 + [...feed.matchAll(/<content:encoded>/g)].length - 1);
  for (const html of pages) expect(dangersIn(html)).toEqual([]);
});

const LEADS = /^(?:href|src|srcdoc|action|formaction|data|poster|xlink:href)$/i;

/** Everything in a page that would do something of its own, but for our scripts. */
function dangersIn(html: string): string[] {
  const { document } = parseHTML(`<!doctype html><html><body>${html}</body></html>`);
  return [...document.querySelectorAll('*')].flatMap((element) => {
    const name = element.tagName.toLowerCase();
    const attributes = [...element.attributes].flatMap(({ name: attribute, value }) =>
      /^on/i.test(attribute) || (LEADS.test(attribute) && /^\s*(?:javascript|data:text)/i.test(value))
        ? [`${name} ${attribute}=${value}`]
        : [],
    );
    const source = element.getAttribute('src') ?? '';
    const isOurs =
      /^\/(?:studio\/)?assets\//.test(source) || /json$/.test(element.getAttribute('type') ?? '');
    const isScript = name === 'script' && !isOurs;
    const isForeign = /evil\.example/.test(
      source + element.getAttribute('action') + element.getAttribute('data'),
    );
    return [...attributes, ...(isScript || isForeign ? [element.outerHTML.slice(0, 200)] : [])];
  });
}

/** Sends a file by tus; returns the address of its upload. */
function sent(bytes: Buffer, metadata: Record<string, string>, uploadUrl?: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let at = uploadUrl ?? '';
    const upload = new Upload(bytes, {
      endpoint: `${station.address}/api/v1/uploads`,
      headers: { Authorization: `Bearer ${admin.token}`, 'Accept-Language': 'it' },
      metadata,
      retryDelays: null,
      ...(uploadUrl === undefined ? {} : { uploadUrl }),
      onUploadUrlAvailable: () => {
        at = upload.url ?? '';
      },
      onSuccess: () => resolve(at),
      onError: (error) => reject(Object.assign(error, { at })),
    });
    upload.start();
  });
}

it('a full disk stops an upload with a sentence; what came stays, text is still saved, and it goes on when there is room', async () => {
  const { json } = await italian.send('POST', '/api/v1/episodes', {
    show: 'stacca-stacca',
    title: 'Disco pieno',
  });
  const draft = String(json.id);
  const second = toneWav({ seconds: 1, frequency: 500, channels: 2 });
  const sound = Buffer.concat([second.subarray(0, 44), ...Array(80).fill(second.subarray(44))]);
  sound.writeUInt32LE(sound.length - 8, 4);
  sound.writeUInt32LE(sound.length - 44, 40);

  // As much as a file may have here, the program is told the same way as that there is no more room (setrlimit(2), EFBIG).
  limitFiles(String(12e6));
  const failure = await sent(sound, { draft, filename: 'lunga.wav' }).then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(failure instanceof DetailedError) || !('at' in failure)) throw new Error(`it was taken: ${failure}`);
  expect(failure.originalResponse?.getStatus()).toBe(507);
  expect(failure.originalResponse?.getBody()).toContain('Il disco è pieno: il lavoro è salvo');
  expect(
    (await english.send('PATCH', `/api/v1/drafts/${draft}`, { body: 'Scritto lo stesso.' })).status,
  ).toBe(200);
  expect(await wordsOf(`/studio/journal?subject=${draft}`)).toContain('The disk is full');

  limitFiles('unlimited');
  const { json: state } = await english.get(`/api/v1/drafts/${draft}`);
  expect(state.uploads).toMatchObject([{ state: 'arriving', bytes: sound.length }]);
  await sent(sound, {}, String(failure.at));
  const done = await english.send('POST', `/api/v1/drafts/${draft}/submit?wait=50`, { action: 'publish' });
  expect(done.json.state, JSON.stringify(done.json)).toBe('done');
  const originals = join(station.dataDir, 'originals');
  const kept = (await readdir(originals)).find((name) => name.includes(draft)) ?? '';
  expect((await readFile(join(originals, kept))).equals(sound)).toBe(true);
});

/** Says how large the program's files may become (bytes): `prlimit` is a part of util-linux. */
function limitFiles(soft: string): void {
  execFileSync('prlimit', ['--pid', String(station.process.pid), `--fsize=${soft}:unlimited`]);
}

it('a folder that cannot be written to is said, and what is to be published goes out by itself when it can', async () => {
  const folder = join(station.episodesDir, 'chiusa');
  await chmod(folder, 0o555);
  const form = formWith({
    show: 'chiusa',
    title: 'Sola lettura',
    action: 'publish',
    audio: ['s.wav', tone()],
  });
  const begun = await italian.form('/api/v1/episodes', form);
  const draft = String(begun.json.id);
  const { json } = await eventually(
    () => italian.get(`/api/v1/drafts/${draft}`),
    (answer) => answer.json.sentence !== undefined,
    30,
  );
  expect(json).toMatchObject({
    state: 'waiting',
    sentence: expect.stringContaining('il lavoro è salvo, avvisa chi tiene il server'),
  });
  expect(await wordsOf(`/studio/drafts/${draft}`)).toContain('cannot be written to: your work is safe');
  expect(await wordsOf('/studio/journal')).toContain('folder cannot be written to');

  await chmod(folder, 0o755);
  await passTime(draft);
  const done = await eventually(
    () => italian.get(`/api/v1/drafts/${draft}`),
    (answer) => answer.json.state === 'done',
    30,
  );
  expect((await station.get(`/shows/${done.json.episode}`)).status).toBe(200);
});

/** As if the minute were over after which it is tried again. */
async function passTime(subject: string): Promise<void> {
  const records = await openRecords(station.dataDir);
  try {
    await eventually(
      () =>
        records.db
          .updateTable('jobs')
          .set({ due_at: 0 })
          .where('subject', '=', subject)
          .where('state', '=', 'waiting')
          .executeTakeFirst(),
      ({ numUpdatedRows }) => numUpdatedRows > 0n,
    );
  } finally {
    records.close();
  }
}

/** The process that makes sounds ready, of a program. */
function producerOf({ process: { pid } }: RunningStation): number {
  for (const entry of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const parent = /\) \S (\d+)/.exec(readFileSync(`/proc/${entry}/stat`, 'utf8'))?.[1];
      const isProducer = readFileSync(`/proc/${entry}/cmdline`, 'utf8').includes('production-process');
      if (parent === String(pid) && isProducer) return Number(entry);
    } catch {
      // It has ended meanwhile.
    }
  }
  throw new Error('nobody makes sounds');
}

async function encodingBegun(title: string): Promise<string> {
  const sound = tone(40, { channels: 2 });
  const form = formWith({ show: 'stacca-stacca', title, action: 'publish', audio: [`${title}.wav`, sound] });
  const { json } = await italian.form('/api/v1/episodes', form);
  await eventually(
    () => italian.get(`/api/v1/drafts/${json.id}`),
    (answer) => /"stage":"(?:measuring|encoding)"/.test(JSON.stringify(answer.json)),
    30,
  );
  return String(json.id);
}

it('sound is made ready by another process when the one that does it is killed', async () => {
  const draft = await encodingBegun('ucciso');
  const killed = producerOf(station);
  process.kill(killed, 'SIGKILL');
  const { json } = await eventually(
    () => italian.get(`/api/v1/drafts/${draft}`),
    (answer) => answer.json.state === 'done',
    30,
  );
  expect(producerOf(station)).not.toBe(killed);
  const feed = await station.text('/feed.xml');
  expect(feed).toContain(`/shows/${json.episode}/ucciso-`);
});

it('what was asked for happens after the program was killed, too', async () => {
  await encodingBegun('spento');
  const exited = once(station.process, 'exit');
  station.process.kill('SIGKILL');
  await exited;
  const again = await runStation(station.episodesDir, { ...SETTINGS, DATA_DIR: station.dataDir });
  const feed = await eventually(
    () => again.text('/feed.xml'),
    (text) => text.includes('/spento-'),
    40,
  );
  expect(feed).toContain('<title>spento</title>');
  expect(readdirSync(join(again.dataDir, 'sounds'))).not.toContainEqual(expect.stringMatching(/tmp|part/));
});
