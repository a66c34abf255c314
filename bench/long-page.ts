/**
 * How smooth a page stays whose segment has three hours, a transcript of 30 000 words and 200 chapters, in the browser that the
 * tests use, slowed down to a quarter: `node bench/long-page.ts`, or with `--quick` once instead of three times.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, CDPSession, Page } from 'playwright-core';
import { mp3 } from '../tests/fixtures/audio.ts';
import { openBrowser } from '../tests/site/browser.ts';
import { startStation } from './peers.ts';
import { median } from './wrk.ts';

const SECONDS = 3 * 3600;
const WORDS = 30_000;
const WORDS_A_CUE = 9;
const CHAPTERS = 200;
const PASSAGES = 60;
const SLOWED = 4;
const RUNS = 3;
/** How long each thing is watched (ms), and how fast the page is scrolled (px a second). */
const WATCHED = 6_000;
const SPEED = 2_400;
const PATH = '/shows/lunga/tre-ore';
const BOTH_CORES = '0,1';

const SPOKEN =
  'la radio racconta una notte intera fra voci rumori canzoni e notizie di quartiere mentre la città lavora dorme aspetta il tram e discute di case scuole ospedali fabbriche e strade'.split(
    ' ',
  );

/** `late`: per cent; `worst`: ms; `busy`: processor time of the main thread, ms of each second, whatever else the machine does. */
type Frames = { perSecond: number; late: number; worst: number; busy: number };

/** Builds such a station in a folder of its own, looks at its page and returns a Markdown table of what was measured. */
export async function longPage({ quick = false } = {}): Promise<string> {
  const times = quick ? 1 : RUNS;
  const folder = await mkdtemp(join(tmpdir(), 'riascolta-long-'));
  await writeStation(join(folder, 'episodes'));
  const station = await startStation(join(folder, 'episodes'), join(folder, 'var'), BOTH_CORES);
  const browser = await openBrowser();
  try {
    await isThere(station.origin + PATH);
    const rows = [];
    for (const width of [360, 1280]) {
      const context = await browser.newContext({ viewport: { width, height: width === 360 ? 740 : 900 } });
      const page = await context.newPage();
      const found = await watchedPage(page, station.origin + PATH, times);
      for (const [what, runs] of found) {
        rows.push(`| ${width} px | ${what} | ${row(runs)} |`);
      }
      const plain = await plainPage(context, times);
      rows.push(
        `| ${width} px | the peer: the same words in plain paragraphs, no script, no sheet, scrolled | ${row(plain)} |`,
      );
      await context.close();
    }
    return [
      `| three hours, ${WORDS} words, ${CHAPTERS} chapters; processor ${SLOWED} × slower, median of ${times} | what happens | frames a second | later than 20 ms | longest | main thread, of each second |`,
      '|---|---|---:|---:|---:|---:|',
      ...rows,
    ].join('\n');
  } finally {
    await browser.close();
    await station.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

function row(runs: Frames[]): string {
  const of = (pick: (frames: Frames) => number): number => median(runs.map(pick));
  return `${of(({ perSecond }) => perSecond).toFixed(1)} | ${of(({ late }) => late).toFixed(1)} % | ${Math.round(of(({ worst }) => worst))} ms | ${Math.round(of(({ busy }) => busy))} ms`;
}

/** What the browser itself can do on this machine with so much text. */
async function plainPage(context: BrowserContext, times: number): Promise<Frames[]> {
  const page = await context.newPage();
  const paragraphs = Array.from({ length: WORDS / 70 }, (_, index) => `<p>${spoken(index, 70)}.</p>`);
  await page.setContent(`<!doctype html><title>.</title>${paragraphs.join('')}`);
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWED });
  const runs: Frames[] = [];
  for (let run = 0; run < times; run += 1) {
    await page.evaluate('scrollTo(0, 0)');
    runs.push(await watch(session, page, () => scroll(session)));
  }
  await page.close();
  return runs;
}

async function watchedPage(page: Page, address: string, times: number): Promise<Map<string, Frames[]>> {
  await page.goto(address, { waitUntil: 'networkidle' });
  const transcript = page.locator('details.transcript');
  if ((await transcript.getAttribute('open')) === null) await transcript.locator('summary').click();
  await page.locator('.transcript-find').waitFor();
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWED });
  const found = new Map<string, Frames[]>();
  for (let run = 0; run < times; run += 1) {
    const add = (what: string, frames: Frames) => found.set(what, [...(found.get(what) ?? []), frames]);
    add('nothing', await watch(session, page, () => page.waitForTimeout(WATCHED)));
    await page.locator('.turns').evaluate((turns) => turns.scrollIntoView({ behavior: 'instant' }));
    add('scrolling through the transcript', await watch(session, page, () => scroll(session)));
    add('a cue marked four times a second', await watch(session, page, () => markOn(page, run)));
    add(
      'marked and scrolled',
      await watch(session, page, () => Promise.all([scroll(session), markOn(page, run)])),
    );
  }
  return found;
}

/** Counts frames while something goes on. */
async function watch(session: CDPSession, page: Page, goesOn: () => Promise<unknown>): Promise<Frames> {
  await page.evaluate(() => {
    const deltas: number[] = [];
    Object.assign(globalThis, { deltas, counting: true });
    let last = 0;
    const count = (time: number): void => {
      if (last > 0) deltas.push(time - last);
      last = time;
      if (Reflect.get(globalThis, 'counting') === true) requestAnimationFrame(count);
    };
    requestAnimationFrame(count);
  });
  const [before, from] = [await busyTime(session), performance.now()];
  await goesOn();
  const [after, to] = [await busyTime(session), performance.now()];
  const deltas = await page.evaluate((): number[] => {
    Reflect.set(globalThis, 'counting', false);
    return Reflect.get(globalThis, 'deltas');
  });
  const total = deltas.reduce((sum, delta) => sum + delta, 0);
  return {
    perSecond: (deltas.length * 1000) / total,
    late: (deltas.filter((delta) => delta > 20).length * 100) / deltas.length,
    worst: Math.max(...deltas),
    busy: ((after - before) * 1e6) / (to - from),
  };
}

/** Seconds of processor time that the main thread has had. */
async function busyTime(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0;
}

async function scroll(session: CDPSession): Promise<void> {
  await session.send('Input.synthesizeScrollGesture', {
    x: 180,
    y: 500,
    yDistance: -(SPEED * WATCHED) / 1000,
    speed: SPEED,
    gestureSourceType: 'mouse',
  });
}

/** Tells the page what sounds as the player does, but faster: with each tick another cue. */
async function markOn(page: Page, run: number): Promise<void> {
  await page.evaluate(
    ({ from, watched, step }) =>
      new Promise<void>((resolve) => {
        let place = from;
        const until = performance.now() + watched;
        const tick = (): void => {
          place += step;
          document.dispatchEvent(
            new CustomEvent('riascolta:time', { detail: { segment: 0, place, playing: true } }),
          );
          if (performance.now() < until) setTimeout(tick, 250);
          else resolve();
        };
        tick();
      }),
    { from: 600 * (run + 1), watched: WATCHED, step: (SECONDS * WORDS_A_CUE) / WORDS },
  );
}

async function isThere(address: string): Promise<void> {
  for (let again = 0; again < 300; again += 1) {
    if ((await fetch(address)).ok) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('the long episode was not published');
}

async function writeStation(folder: string): Promise<void> {
  const episode = join(folder, 'lunga', 'tre-ore');
  await mkdir(episode, { recursive: true });
  const files = {
    '../../station.md': '---\ntitle: Radio Lunga\n---\n',
    '../show.md': '---\ntitle: Lunga\n---\n',
    'episode.md': articleText(),
    'notte.mp3': mp3({ seconds: SECONDS }),
    'notte.vtt': transcriptText(),
    'notte.chapters.json': JSON.stringify({
      version: '1.2.0',
      chapters: Array.from({ length: CHAPTERS }, (_, index) => ({
        startTime: Math.round((index * SECONDS) / CHAPTERS),
        title: `Capitolo ${index + 1}: ${spoken(index, 5)}`,
      })),
    }),
  };
  for (const [name, content] of Object.entries(files)) await writeFile(join(episode, name), content);
}

const spoken = (from: number, count: number): string =>
  Array.from({ length: count }, (_, index) => SPOKEN[(from * 7 + index) % SPOKEN.length]).join(' ');

function articleText(): string {
  const passages = Array.from({ length: PASSAGES }, (_, index) => {
    const start = Math.round((index * SECONDS) / PASSAGES);
    return `[passo ${index + 1}](notte.mp3#t=${start}) ${spoken(index, 70)}.`;
  });
  return `---\ntitle: Tre ore\ndate: 2025-01-30T12:00:00Z\n---\n\n[Notte](notte.mp3)\n\n${passages.join('\n\n')}\n`;
}

function transcriptText(): string {
  const count = Math.ceil(WORDS / WORDS_A_CUE);
  const cues = Array.from({ length: count }, (_, index) => {
    const [from, to] = [index, index + 0.95].map((place) => stamp((place * SECONDS) / count));
    const speaker = Math.floor(index / 9) % 2 === 0 ? 'Teresa' : 'Gilberto';
    return `${from} --> ${to}\n<v ${speaker}>${spoken(index, WORDS_A_CUE)}.`;
  });
  return `WEBVTT\n\n${cues.join('\n\n')}\n`;
}

function stamp(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(11, 23);
}

if (import.meta.main) console.log(await longPage({ quick: process.argv.includes('--quick') }));
