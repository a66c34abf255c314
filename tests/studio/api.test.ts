import { readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseRssFeed } from 'feedsmith';
import sharp from 'sharp';
import { Upload } from 'tus-js-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import * as shapes from '../../src/studio/api/schemas.ts';
import { STUDIO_ROUTES } from '../../src/studio/routes.ts';
import { eventually, keepStation } from '../fixtures/running-station.ts';
import { SHOW, STATION } from '../fixtures/station-folder.ts';
import { makeStaff, PASSWORD, type Staff } from '../fixtures/studio-station.ts';
import { toneWav } from '../fixtures/tone.ts';
import { formWith, type Program, programWith } from './programs.ts';

const DOCUMENT = readFileSync(new URL('../../docs/api.md', import.meta.url), 'utf8');
const ARTICLE = '## Le macchine\n\nUn portatile del 2008, e il [suono](https://example.org/suono) che fa.\n';

let station: Awaited<ReturnType<typeof keepStation>>;
let staff: Record<'admin' | 'editor' | 'trainee' | 'outsider', Staff>;
let admin: Program;
let cover: Buffer;

beforeAll(async () => {
  station = await keepStation({
    'station.md': STATION,
    'stacca-stacca/show.md': SHOW,
    'malormone/show.md': SHOW.replace('Stacca Stacca', 'Malormone').replace(/2222/g, '4444'),
  });
  staff = await makeStaff(station.dataDir, {
    editor: { role: 'editor', shows: [], mayPublish: true },
    trainee: { role: 'contributor', shows: ['stacca-stacca'], mayPublish: false },
    outsider: { role: 'contributor', shows: ['malormone'], mayPublish: true },
  });
  admin = programWith(station, staff.admin.token);
  cover = await sharp({ create: { width: 1500, height: 1500, channels: 3, background: '#8a1538' } })
    .jpeg()
    .toBuffer();
});
afterAll(() => station?.close());

let tones = 300;
/** A short sound that is no other's. */
function tone(seconds = 2): Buffer {
  tones += 20;
  return toneWav({ seconds, frequency: tones });
}

const itemsOf = async (show = 'stacca-stacca') =>
  parseRssFeed(await station.text(`/shows/${show}/feed.xml`)).items ?? [];
const itemNamed = async (title: string, show?: string) =>
  (await itemsOf(show)).find((item) => item.title === title);

async function published(title: string, more: Parameters<typeof formWith>[0] = {}): Promise<string> {
  const form = formWith({
    show: 'stacca-stacca',
    title,
    action: 'publish',
    audio: ['a.wav', tone()],
    ...more,
  });
  const { status, json } = await admin.form('/api/v1/episodes?wait=30', form);
  expect([status, json.state], JSON.stringify(json)).toEqual([201, 'done']);
  await eventually(
    () => itemNamed(title),
    (item) => item !== undefined,
  );
  return String(json.episode);
}

const problemOf = ({ json }: { json: Record<string, unknown> }) => shapes.problem.parse(json).problem;

describe('a recorded programme, published with one command', () => {
  /** The fields of the first command of docs/api.md, with files of these contents. */
  function documentedForm(files: Record<string, Uint8Array | string>): { form: FormData; path: string } {
    const command = /curl --fail -H "Authorization[\s\S]*?\$RADIO(\S+)"/.exec(DOCUMENT);
    const fields: Parameters<typeof formWith>[0] = {};
    for (const [, name = '', value = '', bare = ''] of command?.[0].matchAll(
      /-F (\w+)=(?:"([^"]*)"|(\S+))/g,
    ) ?? []) {
      const text = value || bare;
      fields[name] = text.startsWith('@') ? [text.slice(1), files[name] ?? ''] : text;
    }
    return { form: formWith(fields), path: command?.[1] ?? '' };
  }

  it('is done as docs/api.md shows it: page, feed and search have it, with its length and duration', async () => {
    const { form, path } = documentedForm({ body: ARTICLE, audio: tone(3), cover });
    expect([...form.keys()]).toEqual(['show', 'title', 'body', 'tags', 'people', 'audio', 'cover', 'action']);
    const { status, json } = await admin.form(path, form);
    expect([status, json.state], JSON.stringify(json)).toEqual([201, 'done']);

    const address = String(json.address);
    expect(address).toMatch(/\/shows\/stacca-stacca\/\d{4}-\d\d-\d\d-il-portatile-che-non-muore$/);
    // Whoever was told that it is out finds it there.
    const page = await (await fetch(address)).text();
    expect(page).toContain('<h2');
    expect(page).toContain('href="https://example.org/suono"');
    expect(page).toContain('Gilberto');
    expect(page).toContain('software libero');
    expect(await station.text('/search?q=portatile')).toContain('Il portatile che non muore');

    const item = await itemNamed('Il portatile che non muore');
    const enclosure = item?.enclosures?.[0];
    const audio = Buffer.from(await (await fetch(enclosure?.url ?? '')).arrayBuffer());
    expect(audio.length).toBe(enclosure?.length);
    expect(Number(item?.itunes?.duration)).toBe(3);
    expect(item?.podcast?.persons).toEqual([expect.objectContaining({ display: 'Gilberto', role: 'guest' })]);
    expect(item?.itunes?.image).toMatch(/\.jpg$/);
    const files = await readdir(join(station.episodesDir, String(json.episode)));
    expect(files.toSorted()).toEqual(['2026-11-25-stacca-stacca.mp3', 'cover.jpg', 'episode.md']);
  });

  it('without waiting says 202 at once, and its draft tells how far it is to the end', async () => {
    const form = formWith({
      show: 'stacca-stacca',
      title: 'Senza aspettare',
      action: 'publish',
      audio: ['senza.wav', tone()],
    });
    const begun = await admin.form('/api/v1/episodes', form);
    expect(begun.status).toBe(202);
    const at = begun.headers.get('location') ?? '';
    expect(at).toBe(`/api/v1/drafts/${begun.json.id}`);
    expect(begun.json).toMatchObject({ state: 'waiting', uploads: [{ name: 'senza.wav' }] });
    const { json } = await eventually(
      () => admin.get(at),
      (answer) => answer.json.state === 'done',
      30,
    );
    expect(shapes.draftState.parse(json)).toEqual(json);
    const page = await fetch(String(json.address));
    expect(page.status).toBe(200);
  });

  it('leaves nothing when a field is wrong, and names it', async () => {
    const form = formWith({
      show: 'stacca-stacca',
      title: 'Un anno',
      season: 'terza',
      audio: ['a.wav', tone()],
    });
    const refused = await admin.form('/api/v1/episodes', form);
    expect([refused.status, problemOf(refused).values.field]).toEqual([400, 'season']);
    const untitled = await admin.form(
      '/api/v1/episodes',
      formWith({ show: 'stacca-stacca', audio: ['a.wav', tone()] }),
    );
    expect([untitled.status, problemOf(untitled).values.field]).toEqual([400, 'title']);
    expect(await readdir(join(station.dataDir, 'uploads'))).toEqual([]);
  });
});

it('a large file comes over a bad line: begun as JSON, sent by tus, submitted', async () => {
  const begun = await admin.send('POST', '/api/v1/episodes', { show: 'malormone', title: 'La notte' });
  expect([begun.status, begun.json.state]).toEqual([201, 'draft']);
  const draft = String(begun.json.id);
  const sound = tone(4);
  await new Promise<void>((resolve, reject) => {
    new Upload(sound, {
      endpoint: `${station.address}/api/v1/uploads`,
      headers: { Authorization: `Bearer ${staff.admin.token}` },
      metadata: { draft, filename: 'la notte.wav' },
      chunkSize: 100_000,
      retryDelays: null,
      onSuccess: () => resolve(),
      onError: reject,
    }).start();
  });
  const { status, json } = await admin.send('POST', `/api/v1/drafts/${draft}/submit?wait=30`, {
    action: 'publish',
  });
  expect([status, json.state], JSON.stringify(json)).toEqual([200, 'done']);
  expect(await itemNamed('La notte', 'malormone')).toMatchObject({ itunes: { duration: 4 } });
});

it('a change of a published episode keeps its guid and the address of its sound', async () => {
  const key = await published('Prima del cambio', { body: 'Testo di prima.' });
  const before = await itemNamed('Prima del cambio');
  const changed = await admin.send('PATCH', `/api/v1/episodes/${key}?wait=30`, {
    title: 'Dopo il cambio',
    body: 'Testo di dopo.',
    tags: ['cina'],
    action: 'save',
  });
  expect([changed.status, changed.json.state], JSON.stringify(changed.json)).toEqual([200, 'done']);
  const after = await eventually(
    () => itemNamed('Dopo il cambio'),
    (item) => item !== undefined,
  );
  expect(after?.guid?.value).toBe(before?.guid?.value);
  expect(after?.enclosures?.[0]?.url).toBe(before?.enclosures?.[0]?.url);
  expect(after?.pubDate).toBe(before?.pubDate);
  const text = await readFile(join(station.episodesDir, key, 'episode.md'), 'utf8');
  expect(text).toContain('Testo di dopo.');
  expect(text).toContain('cina');
});

it('a date to come schedules: not in the feed, but in the list of what is scheduled', async () => {
  const form = formWith({
    show: 'stacca-stacca',
    title: 'Domani',
    date: '2099-03-04 18:00',
    action: 'publish',
    audio: ['domani.wav', tone()],
  });
  const { json } = await admin.form('/api/v1/episodes?wait=30', form);
  expect(json.state, JSON.stringify(json)).toBe('done');
  const { json: listed } = await eventually(
    () => admin.get('/api/v1/episodes?status=scheduled'),
    (answer) => shapes.episodeList.parse(answer.json).episodes.length > 0,
  );
  const { episodes } = shapes.episodeList.parse(listed);
  expect(episodes).toMatchObject([
    { title: 'Domani', status: 'scheduled', date: '2099-03-04T17:00:00.000Z' },
  ]);
  expect(await itemNamed('Domani')).toBeUndefined();
  expect((await fetch(episodes[0]?.address ?? '')).status).toBe(404);
});

it('who may not publish hands in, and an editor publishes', async () => {
  const trainee = programWith(station, staff.trainee.token);
  const form = (action: string) =>
    formWith({ show: 'stacca-stacca', title: 'Consegnata', action, audio: ['c.wav', tone()] });
  const refused = await trainee.form('/api/v1/episodes', form('publish'));
  expect([refused.status, problemOf(refused).code]).toEqual([403, 'not-allowed']);
  const handedIn = await trainee.form('/api/v1/episodes?wait=30', form('review'));
  expect([handedIn.status, handedIn.json.state], JSON.stringify(handedIn.json)).toEqual([201, 'done']);
  const key = String(handedIn.json.episode);
  const { json } = await eventually(
    () => trainee.get('/api/v1/episodes?status=review'),
    (answer) => shapes.episodeList.parse(answer.json).episodes.length > 0,
  );
  expect(shapes.episodeList.parse(json).episodes).toMatchObject([{ key, status: 'review' }]);
  expect(await itemNamed('Consegnata')).toBeUndefined();
  expect((await trainee.send('POST', `/api/v1/episodes/${key}/status`, { status: 'published' })).status).toBe(
    403,
  );

  const editor = programWith(station, staff.editor.token);
  expect((await editor.send('POST', `/api/v1/episodes/${key}/status`, { status: 'published' })).status).toBe(
    200,
  );
  await eventually(
    () => itemNamed('Consegnata'),
    (item) => item !== undefined,
  );
  const other = programWith(station, staff.outsider.token);
  expect((await other.send('PATCH', `/api/v1/episodes/${key}`, { title: 'Mia' })).status).toBe(403);
  expect((await other.send('POST', '/api/v1/episodes', { show: 'stacca-stacca', title: 'x' })).status).toBe(
    403,
  );
});

it('what is deleted lies in the bin, and comes back as it was', async () => {
  const key = await published('Nel cestino');
  const before = await itemNamed('Nel cestino');
  expect(await admin.send('DELETE', `/api/v1/episodes/${key}`)).toMatchObject({
    status: 200,
    json: { state: 'done' },
  });
  await eventually(
    () => itemNamed('Nel cestino'),
    (item) => item === undefined,
  );
  const page = await (await station.get('/studio/bin', { headers: { Cookie: staff.admin.cookie } })).text();
  const restore = /action="(\/studio\/bin\/[^"]+\/restore)"/.exec(page)?.[1] ?? '';
  const answer = await station.get(restore, {
    method: 'POST',
    headers: { Cookie: staff.admin.cookie, Origin: station.address },
  });
  expect(answer.headers.get('location')).toBe('/studio/bin');
  const after = await eventually(
    () => itemNamed('Nel cestino'),
    (item) => item !== undefined,
  );
  expect(after?.guid).toEqual(before?.guid);
  expect(after?.enclosures).toEqual(before?.enclosures);
});

it('withdrawn means gone: 410 for page and sound, out of feed and search, its guid never given again', async () => {
  const key = await published('Parola ritirata', { body: 'Una confidenza irripetibile.' });
  const item = await itemNamed('Parola ritirata');
  const guid = item?.guid?.value ?? '';
  expect(await station.text('/search?q=irripetibile')).toContain('Parola ritirata');
  const { status, json } = await admin.send('POST', `/api/v1/episodes/${key}/withdraw`);
  expect([status, json.state]).toEqual([200, 'done']);
  await eventually(
    () => itemNamed('Parola ritirata'),
    (one) => one === undefined,
  );
  expect((await station.get(`/shows/${key}`)).status).toBe(410);
  expect((await fetch(item?.enclosures?.[0]?.url ?? '')).status).toBe(410);
  expect(await station.text('/search?q=irripetibile')).not.toContain('Parola ritirata');
  expect(await station.text('/feed.xml')).not.toContain(guid);
  expect(await readdir(join(station.episodesDir, key))).toEqual(['episode.md']);

  for (const attempt of [
    admin.send('PATCH', `/api/v1/episodes/${key}`, { title: 'Di nuovo' }),
    admin.send('POST', `/api/v1/episodes/${key}/status`, { status: 'published' }),
  ]) {
    const refused = await attempt;
    expect([refused.status, problemOf(refused).code]).toEqual([410, 'episode-withdrawn']);
  }
  const again = await published('Parola ritirata', { body: 'Altro.' });
  expect(again).not.toBe(key);
  const anew = await eventually(
    () => itemNamed('Parola ritirata'),
    (one) => one !== undefined,
  );
  expect(anew?.guid?.value).not.toBe(guid);
});

describe('a token', () => {
  async function tokenWith(...scopes: string[]): Promise<{ token: string; revoke(): Promise<void> }> {
    const headers = { Cookie: staff.admin.cookie, Origin: station.address };
    const name = `${scopes.join(' ')} ${Math.random()}`;
    const body = new URLSearchParams([
      ['token-name', name],
      ['present', PASSWORD],
      ...scopes.map((scope) => ['scope', scope]),
    ]);
    const page = await (await station.get('/studio/me/tokens', { method: 'POST', headers, body })).text();
    const token = /rias_[\w-]+/.exec(page)?.[0] ?? '';
    const list = await (await station.get('/studio/me', { headers })).text();
    const revoke = list.slice(list.indexOf(name)).match(/action="([^"]+\/revoke)"/)?.[1] ?? '';
    return {
      token,
      async revoke() {
        expect((await station.get(revoke, { method: 'POST', headers })).status).toBe(303);
      },
    };
  }

  it('that may only read writes nothing; one that may write publishes nothing', async () => {
    const reader = programWith(station, (await tokenWith('read')).token);
    expect((await reader.get('/api/v1/episodes')).status).toBe(200);
    const written = await reader.send('POST', '/api/v1/episodes', { show: 'stacca-stacca', title: 'No' });
    expect([written.status, problemOf(written).code]).toEqual([403, 'not-allowed']);

    const writer = programWith(station, (await tokenWith('write')).token);
    const draft = await writer.send('POST', '/api/v1/episodes', { show: 'stacca-stacca', title: 'Sì' });
    expect(draft.status).toBe(201);
    const submitted = await writer.send('POST', `/api/v1/drafts/${draft.json.id}/submit`, {
      action: 'publish',
    });
    expect([submitted.status, problemOf(submitted).code]).toEqual([403, 'not-allowed']);
    expect((await writer.get('/api/v1/episodes')).status).toBe(403);
    expect((await writer.send('DELETE', `/api/v1/drafts/${draft.json.id}`)).status).toBe(200);
  });

  it('that is revoked, wrong or absent is no token', async () => {
    const { token, revoke } = await tokenWith('read');
    const program = programWith(station, token);
    expect((await program.get('/api/v1/shows')).status).toBe(200);
    await revoke();
    for (const one of [program, programWith(station, 'rias_nessuno'), programWith(station, undefined)]) {
      const refused = await one.get('/api/v1/shows');
      expect([refused.status, problemOf(refused).code]).toEqual([401, 'login-needed']);
      expect(refused.headers.get('www-authenticate')).toBe('Bearer');
    }
  });
});

it('errors are said in the language that is asked for, with the field that they are about', async () => {
  const wrong = { show: 'stacca-stacca', title: 12 };
  const italian = await programWith(station, staff.admin.token, 'it-IT,it;q=0.9,en;q=0.5').send(
    'POST',
    '/api/v1/episodes',
    wrong,
  );
  expect(italian.status).toBe(400);
  expect(problemOf(italian)).toMatchObject({ code: 'value-wrong', values: { field: 'title' } });
  expect(problemOf(italian).sentence).toMatch(/^Il valore di «title» non va bene: .*(atteso|stringa)/i);
  const english = await admin.send('POST', '/api/v1/episodes', wrong);
  expect(problemOf(english).sentence).toMatch(/^The value of “title” will not do: .*expected string/i);

  const cases: [string, string, unknown, number, string, string?][] = [
    [
      'POST',
      '/api/v1/episodes',
      { show: 'stacca-stacca', title: 'x', people: [{ role: 'ospite' }] },
      400,
      'value-wrong',
      'people.0.name',
    ],
    [
      'POST',
      '/api/v1/episodes',
      { show: 'stacca-stacca', title: 'x', titel: 'y' },
      400,
      'value-wrong',
      'titel',
    ],
    [
      'POST',
      '/api/v1/episodes',
      { show: 'stacca-stacca', title: 'x', action: 'send' },
      400,
      'value-wrong',
      'action',
    ],
    [
      'POST',
      '/api/v1/episodes',
      { show: 'nessuna', title: 'x', action: 'publish' },
      400,
      'value-wrong',
      'show',
    ],
    [
      'POST',
      '/api/v1/episodes',
      { show: 'stacca-stacca', title: 'x', action: 'publish' },
      422,
      'sound-missing',
    ],
    [
      'POST',
      '/api/v1/episodes',
      { show: 'stacca-stacca', title: 'x', date: 'ieri', action: 'review' },
      400,
      'value-wrong',
      'date',
    ],
    ['PATCH', '/api/v1/episodes/stacca-stacca/niente', { title: 'x' }, 404, 'not-found'],
    ['POST', '/api/v1/drafts/niente/submit', { action: 'publish' }, 404, 'not-found'],
    ['GET', '/api/v1/episodes?status=rotto', undefined, 400, 'value-wrong', 'status'],
    ['GET', '/api/v1/niente', undefined, 404, 'not-found'],
    ['POST', '/api/v1/uploads', undefined, 412, 'value-wrong', 'Tus-Resumable'],
  ];
  for (const [method, path, body, status, code, field] of cases) {
    const answer = await admin.send(method, path, body);
    const found = problemOf(answer);
    expect([answer.status, found.code, found.values.field], `${method} ${path}`).toEqual([
      status,
      code,
      field,
    ]);
    expect(found.sentence, `${method} ${path}`).toMatch(/^[A-Z“].{10,}[.!?]$/);
  }
});

it('says of a body that is no JSON that it is none', async () => {
  const answer = await station.get('/api/v1/episodes', {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${staff.admin.token}`,
      'Content-Type': 'application/json',
      'Accept-Language': 'en',
    },
    body: '{"show":',
  });
  expect([answer.status, shapes.problem.parse(await answer.json()).problem.sentence]).toEqual([
    400,
    'The value of “JSON” will not do: it is no JSON that can be read.',
  ]);
});

it('what is refused when it is to be published stays as a draft, which the answer names', async () => {
  const episode = { show: 'stacca-stacca', title: 'Senza suono', body: 'Un testo.', action: 'publish' };
  const refused = await admin.send('POST', '/api/v1/episodes?wait=30', episode);
  expect([refused.status, problemOf(refused).code]).toEqual([422, 'sound-missing']);
  const at = refused.headers.get('location') ?? '';
  expect(await admin.get(at)).toMatchObject({ status: 200, json: { state: 'draft', title: 'Senza suono' } });
  expect((await admin.send('DELETE', at)).status).toBe(200);
  expect((await admin.get(at)).status).toBe(404);
});

it('what is handed in of an episode that is out waits for an editor, and says so', async () => {
  const key = await published('Già fuori');
  const trainee = programWith(station, staff.trainee.token);
  expect((await trainee.send('PATCH', `/api/v1/episodes/${key}`, { title: 'Mio' })).status).toBe(403);
  const change = { title: 'Già fuori, corretta', action: 'review' };
  const handedIn = await trainee.send('PATCH', `/api/v1/episodes/${key}?wait=30`, change);
  expect([handedIn.status, handedIn.json.state], JSON.stringify(handedIn.json)).toEqual([202, 'review']);
  expect(await itemNamed('Già fuori, corretta')).toBeUndefined();
  const editor = programWith(station, staff.editor.token);
  const submission = `/api/v1/drafts/${handedIn.json.id}/submit?wait=30`;
  expect((await editor.send('POST', submission, { action: 'publish' })).json.state).toBe('done');
  await eventually(
    () => itemNamed('Già fuori, corretta'),
    (item) => item !== undefined,
  );
});

it('a text that is handed in without sound is in the list of what is to be reviewed', async () => {
  const trainee = programWith(station, staff.trainee.token);
  const episode = { show: 'stacca-stacca', title: 'Solo testo', action: 'review' };
  const { json } = await trainee.send('POST', '/api/v1/episodes?wait=30', episode);
  expect(json.state, JSON.stringify(json)).toBe('done');
  const { json: listed } = await trainee.get('/api/v1/episodes?status=review');
  expect(shapes.episodeList.parse(listed).episodes).toContainEqual(
    expect.objectContaining({ key: json.episode, title: 'Solo testo' }),
  );
});

it('openapi.json is a valid OpenAPI 3.1 document of every route', async () => {
  const { json } = await programWith(station, undefined).get('/api/v1/openapi.json');
  const document = openApi.parse(json);
  const described = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const routes = STUDIO_ROUTES.filter(
    ({ path }) => path.startsWith('/api/') && !path.endsWith('openapi.json'),
  );
  expect(described.toSorted()).toEqual(
    routes.map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`).toSorted(),
  );
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.values(item).map((operation) => ({ path, ...operation })),
  );
  const ids = operations.map(({ operationId }) => operationId);
  expect(new Set(ids).size).toBe(ids.length);
  // Every part of a path is described, and nothing else is (section 4.8.12.1).
  for (const { path, parameters, operationId } of operations) {
    const named = parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name);
    expect(named, operationId).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
  }
  expect(document.servers).toEqual([{ url: station.address }]);
});

/** What OpenAPI 3.1 asks of a document, as far as ours goes (spec.openapis.org/oas/v3.1.1, section 4.8). */
const jsonSchema = z.looseObject({
  type: z.enum(['object', 'array', 'string', 'number', 'integer', 'boolean', 'null']).optional(),
});
const content = z.record(z.string().regex(/^[\w.+-]+\/[\w.+*-]+$/), z.strictObject({ schema: jsonSchema }));
const parameter = z.strictObject({
  name: z.string().min(1),
  in: z.enum(['path', 'query', 'header', 'cookie']),
  required: z.boolean().optional(),
  description: z.string().optional(),
  schema: jsonSchema,
});
const operation = z.strictObject({
  operationId: z.string().regex(/^\w+$/),
  summary: z.string().min(1),
  tags: z.array(z.string()),
  parameters: z.array(parameter.refine((one) => one.in !== 'path' || one.required === true)),
  requestBody: z.strictObject({ required: z.boolean(), content }).optional(),
  responses: z.record(
    z.string().regex(/^(?:[1-5](?:\d\d|XX)|default)$/),
    z.strictObject({ description: z.string().min(1), content: content.optional() }),
  ),
});
const openApi = z.strictObject({
  openapi: z.string().regex(/^3\.1\.\d+$/),
  info: z.strictObject({
    title: z.string(),
    version: z.string(),
    description: z.string(),
    license: z.strictObject({ name: z.string(), identifier: z.string() }),
  }),
  servers: z.array(z.strictObject({ url: z.url() })),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  paths: z.record(
    z.string().startsWith('/'),
    z.partialRecord(z.enum(['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace']), operation),
  ),
  components: z.strictObject({
    securitySchemes: z.record(
      z.string(),
      z.strictObject({ type: z.literal('http'), scheme: z.literal('bearer') }),
    ),
  }),
});
