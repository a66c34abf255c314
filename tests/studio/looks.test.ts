import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openAccounts } from '../../src/accounts/open-accounts.ts';
import { openRecords } from '../../src/records/records.ts';
import { mp3 } from '../fixtures/audio.ts';
import { eventually, keepStation } from '../fixtures/running-station.ts';
import { episodeMd, SHOW, STATION } from '../fixtures/station-folder.ts';
import { makeStaff } from '../fixtures/studio-station.ts';
import { toneWav } from '../fixtures/tone.ts';
import { barriersOn, calmContext } from '../site/barriers.ts';
import { complaintsOf, openBrowser } from '../site/browser.ts';
import { formWith, programWith } from './programs.ts';

let station: Awaited<ReturnType<typeof keepStation>>;
let browser: Browser;
/** Each studio page, with something on it. */
let inside: string[];
/** Those that are for who is not logged in. */
let outside: string[];
let cookie: string;

beforeAll(async () => {
  [station, browser] = await Promise.all([
    keepStation({
      'station.md': STATION,
      'stacca-stacca/show.md': SHOW,
      'malormone/show.md': SHOW.replace('Stacca Stacca', 'Malormone').replace(/2222/g, '4444'),
      'stacca-stacca/2025-01-30-sputnik/episode.md': episodeMd([
        'title: Un momento Sputnik',
        'guid: sputnik',
      ]),
      'stacca-stacca/2025-01-30-sputnik/a.mp3': mp3({ seconds: 2 }),
      'stacca-stacca/2025-01-31-cestino/episode.md': episodeMd(['title: Nel cestino', 'guid: cestino']),
      'stacca-stacca/2025-01-31-cestino/a.mp3': mp3({ seconds: 2, salt: 2 }),
      'stacca-stacca/2025-02-01-ritirata/episode.md': episodeMd(['title: Ritirata', 'status: withdrawn']),
      'stacca-stacca/2025-02-02-rotta/episode.md': '---\ntitle: [rotta\n---\n',
      'stacca-stacca/2099-02-03-domani/episode.md': episodeMd(['title: Domani', 'guid: domani']),
      'stacca-stacca/2099-02-03-domani/a.mp3': mp3({ seconds: 2, salt: 3 }),
      'stacca-stacca/2025-02-04-consegnata/episode.md': episodeMd(['title: Consegnata', 'status: review']),
    }),
    openBrowser(),
  ]);
  const staff = await makeStaff(station.dataDir, {
    trainee: { role: 'contributor', shows: ['stacca-stacca'], mayPublish: false },
  });
  const program = programWith(station, staff.admin.token);
  const form = formWith({
    show: 'stacca-stacca',
    title: 'Una bozza',
    body: '## Titolo\n\nUn testo con [un momento](buono.mp3#t=0:01).\n',
    action: 'publish',
    audio: ['buono.wav', toneWav({ seconds: 2 })],
    wrong: ['pagina.mp3', '<!doctype html><p>no</p>'],
  });
  const draft = (await program.form('/api/v1/episodes?wait=20', form)).headers
    .get('location')
    ?.split('/')
    .at(-1);
  const key = 'stacca-stacca/2025-01-30-sputnik';
  await program.send('PATCH', `/api/v1/episodes/${key}?wait=20`, {
    title: 'Un momento Sputnik?',
    action: 'save',
  });
  await program.send('DELETE', '/api/v1/episodes/stacca-stacca/2025-01-31-cestino');
  ({ cookie } = staff.admin);
  const page = await eventually(
    async () => (await station.get(`/studio/episodes/${key}`, { headers: { Cookie: cookie } })).text(),
    (html) => html.includes('/versions/'),
  );
  const version = /\/studio\/episodes\/[^"]+\/versions\/\d+/.exec(page)?.[0] ?? '';
  inside = [
    ...['', '/review', '/scheduled', '/published', '/withdrawn', '/bin', '/jobs', '/journal', '/disk'],
    ...['/shows', '/shows/malormone', '/station', '/people', `/people/${staff.trainee.id}`, '/me'],
    ...['/published?q=niente', '/niente', '/new', `/drafts/${draft}`],
    ...[`/episodes/${key}`, `/episodes/${key}/edit`, `/episodes/${key}/withdraw`],
    ...['/episodes/stacca-stacca/2025-02-02-rotta', '/episodes/stacca-stacca/2025-02-01-ritirata'],
  ].map((path) => `/studio${path}`);
  inside.push(version);
  outside = ['/studio/login', `/studio/welcome?token=${await invitation()}`, '/studio/welcome?token=nessuno'];
});
afterAll(async () => {
  await browser?.close();
  await station?.close();
});

/** A link that nobody has taken up. */
async function invitation(): Promise<string> {
  const records = await openRecords(station.dataDir);
  try {
    const accounts = openAccounts({ records, publicUrl: station.address });
    const [admin] = (await accounts.list()).filter(({ role }) => role === 'admin');
    if (admin === undefined) throw new Error('nobody may invite');
    const guest = {
      name: 'Ospite',
      email: 'ospite@example.org',
      role: 'editor' as const,
      shows: [],
      mayPublish: true,
    };
    return (await accounts.invite(accounts.actorOf(admin, 'studio'), { ...guest, language: 'it' })).token;
  } finally {
    records.close();
  }
}

/** A machine that has other work may need this long for all pages (ms). */
const SLOW = 180_000;

/** What stands against a set of pages, and what they complained of: not that an address is answered by an error. */
async function faultsOn(paths: string[], as?: string): Promise<string[]> {
  const context = await calmContext(browser);
  const [name = '', value = ''] = as?.split('=') ?? [];
  if (as !== undefined) await context.addCookies([{ name, value, url: station.address }]);
  const page = await context.newPage();
  const complaints = complaintsOf(page);
  const found: string[] = [];
  for (const path of paths) {
    await page.goto(station.address + path);
    found.push(...(await barriersOn(page, [1280, 360])));
  }
  await context.close();
  return [...found, ...complaints.filter((one) => !/status of 4\d\d/.test(one))];
}

it(
  'no page of the studio has a barrier that axe knows, is too wide, or complains, wide or narrow, light or dark',
  async () => {
    const half = Math.ceil(inside.length / 2);
    const found = await Promise.all([
      faultsOn(inside.slice(0, half), cookie),
      faultsOn(inside.slice(half), cookie),
      faultsOn(outside),
    ]);
    expect(found.flat()).toEqual([]);
  },
  SLOW,
);
