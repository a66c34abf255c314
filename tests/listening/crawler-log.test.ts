import { expect, it, onTestFinished } from 'vitest';
import { crawlerVerdict, createCrawlerLog } from '../../src/listening/crawler-log.ts';
import { appOfCrawler, feedAskedFor } from '../../src/listening/known-crawlers.ts';
import { openRecords } from '../../src/records/records.ts';
import { temporaryFolder } from '../fixtures/station-folder.ts';

const APPLE = 'iTMS';
const POCKET_CASTS = 'PocketCasts/1.0 (Pocket Casts Feed Parser; +http://pocketcasts.com/)';
const HOUR = 3_600_000;
const START = Date.UTC(2025, 0, 30, 18);

async function logAt(first: number) {
  const records = await openRecords(await temporaryFolder());
  onTestFinished(() => records.close());
  const clock = { now: first };
  const open = () => createCrawlerLog({ records, now: () => clock.now });
  return { records, clock, log: open(), open };
}

it.each([
  ['iTMS', 'Apple Podcasts'],
  ['Spotify/1.0', 'Spotify'],
  ['FeedFetcher-Google; (+http://www.google.com/feedfetcher.html)', 'YouTube Music'],
  ['Mozilla/5.0 (compatible; GoogleOther)', 'YouTube Music'],
  ['Amazon Music Podcast', 'Amazon Music'],
  [POCKET_CASTS, 'Pocket Casts'],
  ['Overcast/1.0 Podcast Sync (12 subscribers; feed-id=1; +http://overcast.fm/)', 'Overcast'],
  ['Podcastindex.org/1.0 Aggrivate', 'Podcast Index'],
  ['Podchaser-Parser v1', 'Podchaser'],
  ['CastboxFeedParser', 'Castbox'],
  ['Deezer Podcasters/1.0', 'Deezer'],
  ['PlayerFM/1.0 Podcast Sync (3 subscribers)', 'Player FM'],
  ['Feedly/1.0 (+http://www.feedly.com/fetcher.html; 4 subscribers)', 'Feedly'],
  ['Mozilla/5.0 (compatible; inoreader.com; 2 subscribers)', 'Inoreader'],
])('knows %s as %s', (userAgent, app) => {
  expect(appOfCrawler(userAgent)).toBe(app);
});

it.each([
  'AntennaPod/3.4.0',
  'Overcast/3.0 (+http://overcast.fm/; iOS podcast app)',
  'Pocket Casts/7.45.0/iOS/16.4',
  'Spotify/8.9.0 Android/34 (Pixel 9)',
  'AmazonMusic/16.13.0; Android/13',
  'Podcasts/1650.20 CFNetwork/1335 Darwin/21.6.0',
  'itms',
  'gPodder/3.10 (+http://gpodder.org/) Linux',
  'Mozilla/5.0 (X11; Linux x86_64) Firefox/128.0',
  'CastBox/8.32.1-230915 (Linux;Android 13)',
  'Mozilla/5.0 (compatible; Googlebot/2.1)',
  '',
])('takes no listener for a crawler: %j', (userAgent) => {
  expect(appOfCrawler(userAgent)).toBeUndefined();
});

it('knows the feeds of the station and of shows, and no other address', () => {
  expect(feedAskedFor('/feed.xml')).toBe('/feed.xml');
  expect(feedAskedFor('/shows/caff%c3%a8/feed.json?x=1')).toBe('/shows/caff%C3%A8/feed.json');
  for (const url of [
    '/',
    '/tags/x/feed.xml',
    '/shows/a/b/feed.xml',
    '/feed-2.xml',
    '/feed.xmlx',
    '/shows/%/feed.xml',
  ])
    expect(feedAskedFor(url)).toBeUndefined();
});

it('says whether an app can know of an episode by when it last read the feed', () => {
  expect(crawlerVerdict(undefined, START)).toBe('never');
  expect(crawlerVerdict(START - 1, START)).toBe('not-yet');
  expect(crawlerVerdict(START, START)).toBe('has-it');
});

it('tells for each app when it last read one of the feeds, and what has never been read', async () => {
  const { clock, log } = await logAt(START);
  log.recordAnswer('/shows/stacca/feed.xml', APPLE, 200);
  clock.now = START + 2 * HOUR;
  log.recordAnswer('/feed.xml', POCKET_CASTS, 304);
  log.recordAnswer('/shows/altra/feed.xml', 'Spotify/1.0', 200);
  const seen = await log.appReadings(
    { publishedAt: START + HOUR },
    ['/feed.xml', '/shows/stacca/feed.xml'],
    clock.now,
  );
  expect(seen.slice(0, 2)).toEqual([
    { app: 'Pocket Casts', verdict: 'has-it', readAt: START + 2 * HOUR },
    { app: 'Apple Podcasts', verdict: 'not-yet', readAt: START },
  ]);
  expect(seen.slice(2).map(({ app, verdict }) => `${app} ${verdict}`)).toContain('Spotify never');
  expect(new Set(seen.slice(2).map(({ verdict }) => verdict))).toEqual(new Set(['never']));
});

it('says of what is still to go out that nobody has it', async () => {
  const { log } = await logAt(START);
  log.recordAnswer('/feed.xml', APPLE, 200);
  const [seen] = await log.appReadings({ publishedAt: START + HOUR }, ['/feed.xml'], START);
  expect(seen).toEqual({ app: 'Apple Podcasts', verdict: 'not-yet', readAt: START });
});

it('learns how often an app comes, whichever process saw it', async () => {
  const { clock, log, open } = await logAt(START);
  const other = open();
  for (const [at, process] of [log, other, log, other].entries()) {
    clock.now = START + at * HOUR;
    process.recordAnswer('/feed.xml', APPLE, 200);
    // Asked twice in a row, as crawlers do.
    clock.now += 2_000;
    process.recordAnswer('/feed.xml', APPLE, 304);
    await process.close();
  }
  const [seen] = await log.appReadings({ publishedAt: START }, ['/feed.xml'], clock.now);
  expect(seen).toEqual({
    app: 'Apple Podcasts',
    verdict: 'has-it',
    readAt: START + 3 * HOUR + 2_000,
    every: HOUR,
  });
});

it('writes down nothing of listeners, of what is no feed, and of what was not there', async () => {
  const { records, log } = await logAt(START);
  log.recordAnswer('/feed.xml', 'AntennaPod/3.4.0', 200);
  log.recordAnswer('/feed.xml', undefined, 200);
  log.recordAnswer('/shows/stacca/2025/audio.mp3', APPLE, 200);
  log.recordAnswer('/shows/inventata/feed.xml', APPLE, 404);
  await log.close();
  expect(await records.db.selectFrom('crawler_reads').selectAll().execute()).toEqual([]);
  expect(await log.appReadings({ publishedAt: START }, ['/feed.xml'], START)).toEqual([]);
});

it('keeps what it saw in memory until it is asked or closed', async () => {
  const { records, log } = await logAt(START);
  log.recordAnswer('/feed.xml', APPLE, 200);
  expect(await records.db.selectFrom('crawler_reads').selectAll().execute()).toEqual([]);
  await log.close();
  expect(await records.db.selectFrom('crawler_reads').selectAll().execute()).toEqual([
    { app: 'Apple Podcasts', feed: '/feed.xml', at: START, status: 200 },
  ]);
});
