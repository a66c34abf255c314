import { parseJsonFeed, parseOpml } from 'feedsmith';
import { describe, expect, test } from 'vitest';
import { jsonChapters, jsonFeed, newestArchivePage, opml, takeNewest } from '../../src/feeds/feeds.ts';
import {
  entriesOf,
  episode,
  feeds,
  ORIGIN,
  segment,
  show,
  showChannel,
  station,
  stationChannel,
} from './station-sample.ts';

describe('a JSON feed', () => {
  test('has the same items as the RSS feed, with audio, people and subjects', () => {
    const feed = parseJsonFeed(
      jsonFeed(showChannel({ selfPath: '/shows/stacca-stacca/feed.json' }), entriesOf(episode())),
    );
    const page = `${ORIGIN}/shows/stacca-stacca/2025-01-30-sputnik-moment`;
    expect(feed).toMatchObject({
      title: 'Stacca Stacca',
      home_page_url: `${ORIGIN}/shows/stacca-stacca`,
      feed_url: `${ORIGIN}/shows/stacca-stacca/feed.json`,
      language: 'it',
      items: [
        {
          id: segment().guid,
          url: page,
          external_url: 'https://example.org/sputnik',
          title: 'Sputnik Moment?',
          summary: episode().summary,
          date_published: '2025-01-30T09:30:00.000Z',
          authors: [{ name: 'InfoAut' }],
          tags: ['Tecnologia', 'DeepSeek', 'intelligenze artificiali'],
          attachments: [
            {
              url: `${page}/gilberto-1f2e3d4c5b.mp3`,
              mime_type: 'audio/mpeg',
              size_in_bytes: 7_654_321,
              duration_in_seconds: 1234.4,
            },
          ],
        },
      ],
    });
    expect(feed.items?.[0]?.content_html).toContain(`${page}?t=252.5`);
    expect(feed.items?.[0]?.content_html).toMatch(/<p>00:00 Apertura<br>\n04:12 Il costo<\/p>$/);
  });

  test('says its version, and where older items are', () => {
    const document: unknown = JSON.parse(
      jsonFeed(stationChannel({ place: { kind: 'newest', previousPath: '/feed/7.json' } }), []),
    );
    expect(document).toMatchObject({
      version: 'https://jsonfeed.org/version/1.1',
      next_url: `${ORIGIN}/feed/7.json`,
      items: [],
    });
  });

  test('has content in an item without an article', () => {
    const bare = feeds['next to nothing'];
    if (bare === undefined) throw new Error('the sample has no bare episode');
    const [item] = parseJsonFeed(jsonFeed(bare.channel, bare.entries)).items ?? [];
    expect(item?.content_html).toBe('<p>Sputnik Moment?</p>');
    expect(item?.authors).toEqual([{ name: 'Radio Blackout' }]);
  });
});

describe('the subscription list', () => {
  test('names the station’s feed and each show’s, whatever their titles hold', () => {
    const odd = { ...show, slug: 'è & così', title: 'R&D "oggi" <b>' };
    const list = parseOpml(opml(station, [show, odd], ORIGIN));
    expect(list.head).toMatchObject({ title: 'Radio Blackout', ownerEmail: station.email });
    expect(
      list.body?.outlines?.map(({ type, text, xmlUrl, htmlUrl }) => ({ type, text, xmlUrl, htmlUrl })),
    ).toEqual([
      { type: 'rss', text: 'Radio Blackout', xmlUrl: `${ORIGIN}/feed.xml`, htmlUrl: `${ORIGIN}/` },
      {
        type: 'rss',
        text: 'Stacca Stacca',
        xmlUrl: `${ORIGIN}/shows/stacca-stacca/feed.xml`,
        htmlUrl: `${ORIGIN}/shows/stacca-stacca`,
      },
      {
        type: 'rss',
        text: 'R&D "oggi" <b>',
        xmlUrl: `${ORIGIN}/shows/%C3%A8%20%26%20cos%C3%AC/feed.xml`,
        htmlUrl: `${ORIGIN}/shows/%C3%A8%20%26%20cos%C3%AC`,
      },
    ]);
  });
});

describe('a segment’s chapters', () => {
  test('come in order, in seconds, with whole addresses', () => {
    const chapters = [
      { start: 65.1234, title: 'Poi', img: '/pictures/x/640.jpg' },
      { start: 0, title: ' Prima  di tutto', url: 'javascript:alert(1)' },
    ];
    const [entry] = entriesOf(episode({ segments: [segment({ chapters })] }));
    if (entry === undefined) throw new Error('the sample has no segment');
    expect(JSON.parse(jsonChapters(showChannel(), entry))).toEqual({
      version: '1.2.0',
      title: 'Sputnik Moment?',
      author: 'InfoAut',
      podcastName: 'Stacca Stacca',
      fileName: 'gilberto.mp3',
      chapters: [
        { startTime: 0, title: 'Prima di tutto' },
        { startTime: 65.123, title: 'Poi', img: `${ORIGIN}/pictures/x/640.jpg` },
      ],
    });
  });
});

describe('chapters that nobody can hear', () => {
  test('are not said: past the end, before the beginning, without a title, twice at one moment', () => {
    const chapters = [
      { start: 1234.4, title: 'Alla fine' },
      { start: 9_000, title: 'Oltre' },
      { start: -1, title: 'Prima' },
      { start: 12, title: '  ' },
      { start: 65.0001, title: 'Poi' },
      { start: 65.0002, title: 'Doppio' },
    ];
    const [entry] = entriesOf(episode({ segments: [segment({ chapters })] }));
    if (entry === undefined) throw new Error('the sample has no segment');
    expect(JSON.parse(jsonChapters(showChannel(), entry))).toMatchObject({
      chapters: [{ startTime: 65, title: 'Poi' }],
    });
  });
});

describe('how much a feed carries', () => {
  const of = (...articles: string[]) =>
    articles.map((articleHtml) => ({ episode: { articleHtml }, segment: { chapters: [] } }));

  test('is the newest items up to a number', () => {
    expect(takeNewest(of('a', 'b', 'c'), { items: 2, bytes: 100 })).toEqual(of('a', 'b'));
  });

  test('is the newest items up to a weight in bytes', () => {
    expect(takeNewest(of('èè', 'bb', 'c'), { items: 9, bytes: 6 })).toEqual(of('èè', 'bb'));
  });

  test('counts chapters, which are written three times over', () => {
    const chaptered = {
      episode: { articleHtml: 'a' },
      segment: { chapters: [{ start: 0, title: 'x'.repeat(50) }] },
    };
    expect(takeNewest([chaptered, chaptered], { items: 9, bytes: 300 })).toEqual([chaptered]);
    expect(takeNewest(of('a', 'a'), { items: 9, bytes: 300 })).toHaveLength(2);
  });

  test('is never nothing when there is something', () => {
    expect(takeNewest(of('far too long', 'b'), { items: 0, bytes: 1 })).toEqual(of('far too long'));
    expect(takeNewest([], { items: 3, bytes: 3 })).toEqual([]);
  });

  test('is 300 items at most unless said otherwise', () => {
    expect(takeNewest(of(...Array.from({ length: 400 }, () => 'x')))).toHaveLength(300);
  });

  test.each([
    ['everything', { total: 40, carried: 40, size: 100 }, 0],
    ['all that came after the last full page', { total: 450, carried: 300, size: 100 }, 4],
    ['exactly that', { total: 450, carried: 50, size: 100 }, 4],
    ['less than that', { total: 450, carried: 49, size: 100 }, 5],
    ['less than there is, of less than a page', { total: 40, carried: 3, size: 100 }, 1],
  ])('and %s, decides to which archive page it points', (_, numbers, page) => {
    expect(newestArchivePage(numbers)).toBe(page);
  });
});
