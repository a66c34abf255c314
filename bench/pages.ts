/**
 * How good and how small the pages of the sample station are, in the browser that the tests use:
 * `npm run bench:pages`, or `npm run bench:pages -- --quick` for one run of each instead of three.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openBrowser } from '../tests/site/browser.ts';
import { firstSounds } from './first-sound.ts';
import { CATEGORIES, scoresOf } from './lighthouse.ts';
import { longPage } from './long-page.ts';
import { weightOf } from './page-weight.ts';
import { startStation } from './peers.ts';
import { median } from './wrk.ts';

const EPISODES = join(import.meta.dirname, '..', 'episodes');
const BOTH_CORES = '0,1';
const EPISODE = '/shows/stacca-stacca/2025-01-30-sputnik-moment';
const PAGES = { home: '/', episode: EPISODE, search: '/search', show: '/shows/stacca-stacca' };
const TAPS = 9;

const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;

/** Asks for the waveforms until they are drawn: a visitor who comes first makes them, all others find them. */
async function warm(origin: string): Promise<void> {
  for (const path of Object.values(PAGES)) {
    const html = await (await fetch(origin + path)).text();
    for (const [, audio = ''] of html.matchAll(/"(\/shows\/[^"]+\.mp3)"/g))
      for (let again = 0; again < 100; again += 1) {
        if ((await fetch(`${origin}${audio}.peaks`)).status !== 204) break;
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
  }
}

async function lighthouseTable(origin: string, runs: number): Promise<string> {
  const rows = [];
  for (const [name, path] of Object.entries(PAGES)) {
    const scores = await scoresOf(origin + path, runs);
    const cells = CATEGORIES.map((category) => scores[category]).join(' | ');
    rows.push(`| ${name} | ${cells} | ${scores.lost.join(', ')} |`);
  }
  return [`| Lighthouse, phone, median of ${runs} | ${CATEGORIES.join(' | ')} | not passed |`]
    .concat('|---|---:|---:|---:|---:|---|', rows)
    .join('\n');
}

async function weightTable(origin: string): Promise<string> {
  const browser = await openBrowser();
  try {
    const rows = [];
    for (const [name, path] of Object.entries(PAGES)) {
      const { kinds, total, blocking } = await weightOf(browser, origin + path);
      const of = (kind: string): string => kilobytes(kinds.get(kind) ?? 0);
      rows.push(
        `| ${name} | ${[of('Document'), of('Stylesheet'), of('Script'), of('Font')].join(' | ')} | ${kilobytes(total)} | ${blocking.length} |`,
      );
    }
    const taps = await firstSounds(browser, origin + EPISODE, TAPS);
    return [
      '| over the wire | page | sheet | script | type | all but sound and pictures | what rendering waits for |',
      '|---|---:|---:|---:|---:|---:|---:|',
      ...rows,
      '',
      `From the tap to the first sound, median of ${TAPS}: ${Math.round(median(taps))} ms (most ${Math.round(Math.max(...taps))} ms).`,
    ].join('\n');
  } finally {
    await browser.close();
  }
}

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });
const data = await mkdtemp(join(tmpdir(), 'riascolta-pages-'));
const station = await startStation(EPISODES, data, BOTH_CORES);
try {
  await warm(station.origin);
  console.log(`${await weightTable(station.origin)}\n`);
  console.log(`${await lighthouseTable(station.origin, values.quick ? 1 : 3)}\n`);
} finally {
  await station.stop();
  await rm(data, { recursive: true, force: true });
}
console.log(await longPage());
