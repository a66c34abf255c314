import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRecords } from '../../src/records/records.ts';
import { PUBLIC_PATHS } from '../../src/site/routes.ts';
import type { Route } from '../../src/studio/route.ts';
import { STUDIO_ROUTES } from '../../src/studio/routes.ts';
import { mp3 } from '../fixtures/audio.ts';
import { keepStation } from '../fixtures/running-station.ts';
import { episodeMd, SHOW, STATION } from '../fixtures/station-folder.ts';
import { makeStaff, type Staff } from '../fixtures/studio-station.ts';

const DOCUMENT = readFileSync(new URL('../../docs/security.md', import.meta.url), 'utf8');

/** The rows of the tables in docs/security.md whose first cell is a method. */
function documented(): string[] {
  return DOCUMENT.split('\n').flatMap((line) => {
    const [, method, path, who] =
      /^\| (GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) \| `([^`]+)` \| ([^|]+?) \|/.exec(line) ?? [];
    return method === undefined ? [] : [`${method} ${path} ${who}`];
  });
}

it('docs/security.md lists each route with who may use it', () => {
  const routes = STUDIO_ROUTES.map(({ method, path, who }) => `${method} ${path} ${who}`);
  const pages = PUBLIC_PATHS.map((path) => `GET ${path} anyone`);
  expect(documented().toSorted()).toEqual([...routes, ...pages].toSorted());
});

describe('every route, asked by everybody', () => {
  let station: Awaited<ReturnType<typeof keepStation>>;
  let staff: Record<'admin' | 'editor' | 'publisher' | 'trainee', Staff>;
  let dataDir: string;

  beforeAll(async () => {
    station = await keepStation({
      'station.md': STATION,
      'own/show.md': SHOW,
      'others/show.md': SHOW.replace('2222', '3333'),
      'own/2025-01-30-uno/episode.md': episodeMd(['title: Uno', 'guid: guid-uno']),
      'own/2025-01-30-uno/uno.mp3': mp3({ seconds: 2 }),
      'others/2025-01-30-due/episode.md': episodeMd(['title: Due', 'guid: guid-due']),
      'others/2025-01-30-due/due.mp3': mp3({ seconds: 2, salt: 2 }),
    });
    dataDir = station.dataDir;
    staff = await makeStaff(dataDir, {
      editor: { role: 'editor', shows: [], mayPublish: false },
      publisher: { role: 'contributor', shows: ['own'], mayPublish: true },
      trainee: { role: 'contributor', shows: ['own'], mayPublish: false },
    });
  });

  afterAll(() => station?.close());

  /** A draft of a show, with an upload, a job and a bin entry about it: what the routes' `:id` may name. */
  async function subjectsOf(show: string) {
    const asked = await station.get('/api/v1/episodes', {
      method: 'POST',
      headers: { Authorization: `Bearer ${staff.admin.token}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ show, title: 'Prova' }),
    });
    const { id: draft } = await asked.json();
    const begun = await station.get('/studio/uploads', {
      method: 'POST',
      headers: {
        Cookie: staff.admin.cookie,
        Origin: station.address,
        'Tus-Resumable': '1.0.0',
        'Upload-Length': '10',
        'Upload-Metadata': `filename ${btoa('uno.mp3')},draft ${btoa(draft)}`,
      },
    });
    expect(begun.status).toBe(201);
    const upload = begun.headers.get('location')?.split('/').at(-1) ?? '';
    const records = await openRecords(dataDir);
    try {
      const at = Date.now();
      const job = await records.db
        .insertInto('jobs')
        .values({
          kind: 'move',
          subject: `${show}/job-${at}-${Math.random()}`,
          payload_json: '{}',
          state: 'failed',
          stage: 'waiting',
          progress: 0,
          attempts: 5,
          due_at: at,
          created_at: at,
          finished_at: at,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      const bin = crypto.randomUUID();
      await records.db
        .insertInto('bin')
        .values({
          id: bin,
          episode: `${show}/2025-01-30-nel-cestino`,
          title: 'Nel cestino',
          guid: bin,
          by_name: 'Irene',
          removed_at: at,
          bytes: 1,
          state: 'there',
        })
        .execute();
      return { draft, upload, job: String(job.id), bin };
    } finally {
      records.close();
    }
  }

  /** Nobody may have more than twenty uploads that have not ended. */
  async function takeBack({ upload }: Subjects): Promise<void> {
    await station.get(`/api/v1/uploads/${upload}`, {
      method: 'DELETE',
      headers: { Authorization: `Bearer ${staff.admin.token}`, 'Tus-Resumable': '1.0.0' },
    });
  }

  type Subjects = Awaited<ReturnType<typeof subjectsOf>>;

  /** The route's address for a show: with an episode that is not there where the route would change it. */
  function addressOf({ method, path }: Route, show: string, subjects: Subjects): string {
    const id = /\/uploads\/:id/.test(path)
      ? subjects.upload
      : path.includes('/jobs/')
        ? subjects.job
        : path.includes('/bin/')
          ? subjects.bin
          : subjects.draft;
    const episode = method === 'GET' ? (show === 'own' ? '2025-01-30-uno' : '2025-01-30-due') : 'non-c-e';
    return path
      .replace(':id', path.startsWith('/studio/people') ? 'nobody' : id)
      .replace(':show', show)
      .replace(':episode', episode)
      .replace(':version', '1')
      .replace(':file', 'uno.mp3')
      .replace(/:\w+/g, 'x');
  }

  async function ask(route: Route, address: string, who: Staff | undefined): Promise<Response> {
    const byToken = route.path.startsWith('/api/');
    const headers: Record<string, string> = { Origin: station.address, 'Tus-Resumable': '1.0.0' };
    if (who !== undefined && byToken) headers.Authorization = `Bearer ${who.token}`;
    if (who !== undefined && !byToken) headers.Cookie = who.cookie;
    const aborted = AbortSignal.timeout(10_000);
    const answer = await station.get(address, { method: route.method, headers, signal: aborted });
    // Streams of events never end by themselves.
    await answer.body?.cancel();
    return answer;
  }

  // That another's upload is there is not even said.
  const isRefused = (answer: Response, { path }: Route): boolean =>
    answer.status === 401 ||
    answer.status === 403 ||
    (answer.status === 404 && path.endsWith('/uploads/:id')) ||
    (answer.status === 303 && (answer.headers.get('location') ?? '').startsWith('/studio/login'));

  /** Whether somebody gets in, by the route's word on who may: on a show of theirs, or on another's. */
  function mayEnter({ who }: Route, name: keyof typeof staff, show: 'own' | 'others'): boolean {
    if (who === 'anyone' || who === 'staff') return true;
    if (name === 'admin') return true;
    if (who === 'admins') return false;
    if (name === 'editor') return true;
    if (who === 'editors') return false;
    return show === 'own' && (who === 'own' || name === 'publisher');
  }

  const guarded = STUDIO_ROUTES.filter(({ who }) => who !== 'anyone');

  it('nobody who is not logged in gets in, but where anyone may', async () => {
    const subjects = await subjectsOf('own');
    for (const route of guarded) {
      const answer = await ask(route, addressOf(route, 'own', subjects), undefined);
      expect(isRefused(answer, route), `${route.method} ${route.path}: ${answer.status}`).toBe(true);
    }
  });

  it('a request from another site changes nothing', async () => {
    const subjects = await subjectsOf('own');
    for (const route of guarded.filter(
      ({ method, path }) => method !== 'GET' && path.startsWith('/studio'),
    )) {
      const answer = await station.get(addressOf(route, 'own', subjects), {
        method: route.method,
        headers: { Cookie: staff.admin.cookie, Origin: 'https://evil.example', 'Tus-Resumable': '1.0.0' },
      });
      if (route.method === 'HEAD' || route.method === 'OPTIONS') continue;
      expect(answer.status, `${route.method} ${route.path}`).toBe(403);
    }
  });

  for (const name of ['trainee', 'publisher', 'editor', 'admin'] as const) {
    for (const show of ['others', 'own'] as const) {
      it(`${name}, on ${show === 'own' ? 'their own show' : 'another show'}: what the table says`, async () => {
        let subjects = await subjectsOf(show);
        for (const route of guarded) {
          const isAboutShow = route.who === 'own' || route.who === 'publishers';
          if (!isAboutShow && show === 'others') continue;
          // Nothing of a show is in the address of what makes something new: its body says it, and is empty here.
          const isNew = isAboutShow && !/:(?:id|show)/.test(route.path);
          const answer = await ask(route, addressOf(route, show, subjects), staff[name]);
          const expected = isNew || mayEnter(route, name, show);
          expect(isRefused(answer, route), `${route.method} ${route.path}: ${answer.status}`).toBe(!expected);
          // What a request that got in has changed is there no longer for the next.
          if (expected && route.method !== 'GET') {
            await takeBack(subjects);
            subjects = await subjectsOf(show);
          }
        }
        await takeBack(subjects);
      });
    }
  }
});
