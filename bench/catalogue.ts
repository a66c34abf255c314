import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Catalogue, SearchFilter, StaffFilter } from '../src/catalogue/catalogue.ts';
import { openCatalogue } from '../src/catalogue/open.ts';
import type { Episode } from '../src/model/episode.ts';
import type { Cue } from '../src/model/transcript.ts';

/**
 * Measures the catalogue alone: `node --expose-gc bench/catalogue.ts [episodes]`. The episodes are made of invented
 * words that occur as often as words do in a language (Zipf).
 */
const count = Number(process.argv[2] ?? 100_000);
const NOW = Date.UTC(2025, 5, 1);
const BODY_WORDS = 250;
const SHOWS = 40;
const TAGS = 4000;
/** One episode in so many has a transcript, of so many words. */
const TRANSCRIBED = 50;
const SAID_WORDS = 3000;
/** One episode in so many is a draft, or waits for review. */
const HIDDEN = 40;

let seed = 42;
function random(): number {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
  return seed / 2 ** 32;
}

const SYLLABLES = 'ba ce di fo gu la me ni po ru sa te vi zo tra ste glia gno chi sca pre lu mo'.split(' ');
const ENDINGS = ['a', 'o', 'e', 'i', 'are', 'ione', 'mente', 'ale', 'ita', 'isti'];
const pick = <T>(from: readonly T[], otherwise: T): T =>
  from[Math.floor(random() * from.length)] ?? otherwise;
const VOCABULARY = Array.from({ length: 40_000 }, () => {
  const length = 1 + Math.floor(random() * 3);
  return Array.from({ length }, () => pick(SYLLABLES, 'ba')).join('') + pick(ENDINGS, 'a');
});
const zipf = (size: number): number => Math.floor(size ** random()) - 1;
const word = (): string => VOCABULARY[zipf(VOCABULARY.length)] ?? 'ba';
const words = (number: number): string => Array.from({ length: number }, word).join(' ');

const TRANSCRIPT = { file: 'audio.vtt', fingerprint: 'aabbccddee', language: 'it', cues: SAID_WORDS / 10 };

function episode(index: number): Episode {
  const articleText = words(BODY_WORDS);
  const show = `trasmissione-${index % SHOWS}`;
  const id = index.toString(16).padStart(10, '0');
  return {
    show,
    slug: `puntata-${index}`,
    guid: `00000000-0000-5000-8000-00${id}`,
    title: words(6),
    publishedAt: NOW - Math.floor((index * 7919) % count) * 3_600_000,
    summary: words(25),
    people: [{ name: `${word()} ${word()}`, role: 'host' }],
    categories: [`categoria ${zipf(12)}`],
    tags: [`tag ${zipf(TAGS)}`, `tag ${zipf(TAGS)}`, `tag ${zipf(TAGS)}`],
    cover: { id, width: 1400, height: 1400, alt: '' },
    explicit: false,
    type: 'full',
    status: index % HIDDEN !== HIDDEN - 1 ? 'published' : index % 3 === 0 ? 'review' : 'draft',
    language: 'it',
    redirectFrom: [],
    articleHtml: `<p>${articleText}</p>`,
    articleText,
    segments: [
      {
        ...(index % TRANSCRIBED === 0 && { transcript: TRANSCRIPT }),
        guid: `00000000-0000-5000-9000-00${id}`,
        file: 'audio.mp3',
        title: words(5),
        fingerprint: id,
        type: 'audio/mpeg',
        bytes: 10_000_000,
        seconds: 1800,
        people: [],
        chapters: [],
        chaptersFrom: 'none',
      },
    ],
  };
}

/** What is said in an episode, cut into cues of ten words. Its words come from a sequence of their own. */
function said(index: number): Map<number, Cue[]> {
  if (index % TRANSCRIBED !== 0) return new Map();
  const kept = seed;
  seed = index + 1;
  const cues = Array.from({ length: SAID_WORDS / 10 }, (_, at) => ({
    start: at * 4,
    end: at * 4 + 4,
    text: words(10),
  }));
  seed = kept;
  return new Map([[0, cues]]);
}

const directory = mkdtempSync(join(tmpdir(), 'riascolta-catalogue-'));
const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`;

async function insertAll(): Promise<void> {
  const catalogue = await openCatalogue({ directory, mode: 'write' });
  let spent = 0;
  for (let from = 0; from < count; from += 1000) {
    const batch = Array.from({ length: Math.min(1000, count - from) }, (_, index) => episode(from + index));
    const start = performance.now();
    await catalogue.write(async (writer) => {
      for (const one of batch) {
        const date = new Date(one.publishedAt);
        const when = { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1 };
        await writer.putEpisode({ episode: one, ...when, cues: said(Number(one.slug.slice(8))) });
        await writer.putFolder(`${one.show}/${one.slug}`, one.guid, []);
      }
    });
    spent += performance.now() - start;
  }
  await catalogue.close();
  console.log(`insert: ${Math.round((count / spent) * 1000)} episodes/s`);
}

async function measure(name: string, times: number, run: () => Promise<unknown>): Promise<void> {
  const took: number[] = [];
  const work = process.cpuUsage();
  for (let time = 0; time < times; time += 1) {
    const start = performance.now();
    await run();
    took.push(performance.now() - start);
  }
  const { user, system } = process.cpuUsage(work);
  const first = took[0] ?? 0;
  took.sort((a, b) => a - b);
  const at = (part: number): string => (took[Math.floor(part * (took.length - 1))] ?? 0).toFixed(2);
  console.log(
    `${name}: first ${first.toFixed(2)} ms, p50 ${at(0.5)}, p95 ${at(0.95)}, max ${at(1)}, CPU ${((user + system) / 1000 / times).toFixed(2)} each`,
  );
}

/** The studio's lists and its search. */
async function staffAll(catalogue: Catalogue): Promise<void> {
  const show = (): string => `trasmissione-${Math.floor(random() * SHOWS)}`;
  const asked = (filter: () => StaffFilter) => () => catalogue.staffCards(filter(), { limit: 30 }, NOW);
  await measure(
    'studio list, all',
    200,
    asked(() => ({})),
  );
  await measure(
    'studio list, drafts',
    200,
    asked(() => ({ status: 'draft' })),
  );
  await measure(
    'studio list, of three shows',
    200,
    asked(() => ({ shows: [show(), show(), show()] })),
  );
  let { next } = await catalogue.staffCards({}, { limit: 30 }, NOW);
  await measure('studio list, page after page', 200, async () => {
    const page = await catalogue.staffCards({}, { limit: 30, ...(next && { before: next }) }, NOW);
    next = page.next;
  });
  await measure('studio counts, something changed', 20, () =>
    catalogue.staffCounts({}, NOW - Math.floor(random() * 1e9)),
  );
  await measure('studio counts', 200, () => catalogue.staffCounts({ shows: [show()] }, NOW));
  for (const [name, text] of [
    ['rare word', () => VOCABULARY[2000 + Math.floor(random() * 30_000)] ?? ''],
    ['word of 1000 episodes', () => VOCABULARY[200 + Math.floor(random() * 300)] ?? ''],
    ['commonest words', () => VOCABULARY[Math.floor(random() * 5)] ?? ''],
    ['three words', () => words(3)],
    ['unfinished', () => (VOCABULARY[3000 + Math.floor(random() * 3000)] ?? '').slice(0, 4)],
  ] as const) {
    await measure(
      `studio search, ${name}`,
      100,
      asked(() => ({ text: text() })),
    );
    await measure(
      `studio search, ${name}, drafts of a show`,
      100,
      asked(() => ({ text: text(), show: show(), status: 'draft' })),
    );
    await measure(
      `studio search, ${name}, published of a show`,
      100,
      asked(() => ({ text: text(), show: show(), status: 'published' })),
    );
  }
}

async function readAll(): Promise<void> {
  globalThis.gc?.();
  const before = process.memoryUsage().rss;
  const start = performance.now();
  const catalogue = await openCatalogue({ directory, mode: 'read' });
  await catalogue.station();
  console.log(`open: ${(performance.now() - start).toFixed(1)} ms`);
  await measure('home list (20)', 200, () => catalogue.cards({}, { limit: 20 }, NOW));
  await measure('show list (20)', 200, () =>
    catalogue.cards({ show: `trasmissione-${Math.floor(random() * SHOWS)}` }, { limit: 20 }, NOW),
  );
  await measure('tag list (20)', 200, () =>
    catalogue.cards({ tag: `tag-${zipf(TAGS)}` }, { limit: 20 }, NOW),
  );
  await measure('counts', 100, () => catalogue.countEpisodes({ show: 'trasmissione-3' }, NOW));
  await measure('feed, 300 entries', 30, () => catalogue.feedEntries({}, { limit: 300 }, NOW));
  await measure('archive page, 300', 10, () =>
    catalogue.feedArchivePage({}, { number: 100, size: 300 }, NOW),
  );
  // A state of its own each time, so that nothing is kept from before.
  await measure('shows', 5, () => catalogue.shows(NOW - Math.floor(random() * 1e9)));
  await measure('tags', 5, () => catalogue.tags(NOW - Math.floor(random() * 1e9)));
  await measure('years', 5, () => catalogue.years(NOW - Math.floor(random() * 1e9)));
  const searched = (text: () => string) => () => catalogue.search(text(), { page: 1, size: 20 }, NOW);
  await measure(
    'search, rare word',
    100,
    searched(() => VOCABULARY[2000 + Math.floor(random() * 30_000)] ?? ''),
  );
  await measure(
    'search, word of 1000 episodes',
    50,
    searched(() => VOCABULARY[200 + Math.floor(random() * 300)] ?? ''),
  );
  await measure(
    'search, commonest words',
    20,
    searched(() => VOCABULARY[Math.floor(random() * 5)] ?? ''),
  );
  await measure(
    'search, two words',
    100,
    searched(() => words(2)),
  );
  await measure(
    'search, three words',
    50,
    searched(() => words(3)),
  );
  await measure(
    'search, unfinished',
    50,
    searched(() => (VOCABULARY[3000 + Math.floor(random() * 3000)] ?? '').slice(0, 4)),
  );
  const narrowed = (filter: () => SearchFilter, text: () => string) => () =>
    catalogue.search(text(), { page: 1, size: 20, ...filter() }, NOW);
  await measure(
    'search, two words in a show',
    100,
    narrowed(
      () => ({ show: `trasmissione-${Math.floor(random() * SHOWS)}` }),
      () => words(2),
    ),
  );
  await measure(
    'search, commonest words in a year',
    50,
    narrowed(
      () => ({ year: 2015 + Math.floor(random() * 10) }),
      () => VOCABULARY[Math.floor(random() * 5)] ?? '',
    ),
  );
  await measure(
    'search, a year and a tag, no word',
    100,
    narrowed(
      () => ({ year: 2015 + Math.floor(random() * 10), tag: `tag-${zipf(TAGS)}` }),
      () => '',
    ),
  );
  for (const letters of [2, 3, 5]) {
    await measure(`suggestions, ${letters} letters`, 300, () =>
      catalogue.suggestions(word().slice(0, letters), { limit: 8 }, NOW),
    );
  }
  await measure('suggestions, two words', 100, () =>
    catalogue.suggestions(`${word()} ${word().slice(0, 3)}`, { limit: 8 }, NOW),
  );
  await measure('people, something changed', 5, () => catalogue.people(NOW - Math.floor(random() * 1e9)));
  await measure('months', 5, () => catalogue.months(2024, NOW - Math.floor(random() * 1e9)));
  await staffAll(catalogue);
  const some = Array.from({ length: 200 }, () => episode(Math.floor(random() * count)));
  let next = 0;
  await measure('related', 200, async () => {
    const one = some[next++];
    if (one !== undefined) await catalogue.related(one, 6, NOW);
  });
  const states = 200_000;
  const began = performance.now();
  for (let time = 0; time < states; time += 1) catalogue.state(NOW);
  console.log(`state: ${(((performance.now() - began) / states) * 1000).toFixed(2)} µs`);
  globalThis.gc?.();
  console.log(`memory: ${megabytes(process.memoryUsage().rss - before)} more than before opening`);
  await catalogue.close();
}

if (process.argv[3] !== undefined) {
  await readAll();
} else {
  console.log(`${count} episodes of ${BODY_WORDS} words`);
  await insertAll();
  for (const name of readdirSync(directory))
    console.log(`${name}: ${megabytes(statSync(join(directory, name)).size)}`);
  await readAll();
  rmSync(directory, { recursive: true });
}
