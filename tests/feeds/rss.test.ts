import { execFileSync } from 'node:child_process';
import { parseRssFeed } from 'feedsmith';
import { describe, expect, test, vi } from 'vitest';
import { chaptersPath, rssFeed } from '../../src/feeds/feeds.ts';
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
  twoInterviews,
} from './station-sample.ts';

const read = (...parameters: Parameters<typeof rssFeed>) => parseRssFeed(rssFeed(...parameters));
const itemsOf = (...parameters: Parameters<typeof rssFeed>) => read(...parameters).items ?? [];
const itemOf = (...parameters: Parameters<typeof rssFeed>) => itemsOf(...parameters)[0] ?? {};
const odd = feeds['odd characters'];

describe('a podcast app reads of a show', () => {
  const feed = read(showChannel(), entriesOf(episode()));

  test('who makes it, what it is about and where it lives', () => {
    expect(feed).toMatchObject({
      title: 'Stacca Stacca',
      link: `${ORIGIN}/shows/stacca-stacca`,
      description: 'La trasmissione che stacca la spina.',
      language: 'it',
      copyright: 'Radio Blackout, CC BY-NC-SA 4.0',
      managingEditor: { email: station.email, name: 'Radio Blackout' },
      image: { url: `${ORIGIN}/pictures/aaaa000002/feed.jpg`, title: 'Stacca Stacca' },
      itunes: {
        author: 'Radio Blackout',
        owner: { name: 'Radio Blackout', email: station.email },
        image: `${ORIGIN}/pictures/aaaa000002/feed.jpg`,
        explicit: false,
        type: 'episodic',
        categories: [{ text: 'News', categories: [{ text: 'Politics' }] }],
      },
      podcast: {
        guid: show.guid,
        medium: 'podcast',
        locked: { value: true, owner: station.email },
        fundings: [{ url: station.support?.url, display: 'Sostieni la radio' }],
        license: { display: 'cc-by-nc-sa-4.0', url: 'https://creativecommons.org/licenses/by-nc-sa/4.0/' },
        persons: [
          { display: 'Marta', role: 'host', href: 'https://example.org/marta' },
          { display: 'Piero', role: 'host' },
        ],
      },
    });
  });

  test('that it is over only when it is', () => {
    const over = rssFeed(showChannel({ show: { ...show, complete: true } }), []);
    expect(over).toContain('<itunes:complete>Yes</itunes:complete>');
    expect(rssFeed(showChannel(), [])).not.toContain('itunes:complete');
  });

  test('which language and licence an English show has of its own', () => {
    const english = feeds['an English show'];
    if (english === undefined) throw new Error('the sample has no English show');
    const { language, podcast, copyright, items } = read(english.channel, english.entries);
    expect(language).toBe('en-GB');
    expect(podcast?.license).toEqual({
      display: 'cc0-1.0',
      url: 'https://creativecommons.org/publicdomain/zero/1.0/',
    });
    expect(copyright).toBe('Radio Blackout, CC0 1.0');
    expect(items?.[0]?.podcast?.season?.name).toBe('Season 2');
  });
});

describe('a podcast app reads of a segment', () => {
  const item = itemOf(showChannel(), entriesOf(episode()));
  const page = `${ORIGIN}/shows/stacca-stacca/2025-01-30-sputnik-moment`;

  test('what to fetch: the exact bytes, type and address of its audio', () => {
    expect(item.enclosures).toEqual([
      { url: `${page}/gilberto-1f2e3d4c5b.mp3`, length: 7_654_321, type: 'audio/mpeg' },
    ]);
    expect(item.guid).toEqual({ value: segment().guid, isPermaLink: false });
  });

  test('what to show: title, text, date, length, picture, numbers, subjects', () => {
    expect(item).toMatchObject({
      title: 'Sputnik Moment?',
      link: page,
      description: `<p>${episode().summary}</p>\n<p>00:00 Apertura<br>\n04:12 Il costo</p>`,
      pubDate: 'Thu, 30 Jan 2025 09:30:00 GMT',
      categories: [{ name: 'Tecnologia' }, { name: 'DeepSeek' }, { name: 'intelligenze artificiali' }],
      dc: { creators: ['InfoAut'] },
      itunes: {
        title: 'Sputnik Moment?',
        duration: 1234,
        explicit: false,
        season: 2,
        episode: 14,
        episodeType: 'full',
        image: `${ORIGIN}/pictures/aaaa000003/feed.jpg`,
      },
      podcast: { season: { number: 2, name: 'Stagione 2' }, episode: { number: 14 } },
    });
    expect(item.podcast?.images?.map(({ width }) => width)).toEqual([1280, 640, 320, 96]);
  });

  test('where its transcript and its chapters are', () => {
    expect(item.podcast?.transcripts).toEqual([
      { url: `${page}/gilberto-abcdef0123.vtt`, type: 'text/vtt', language: 'it', rel: 'captions' },
      {
        url: `${page}/gilberto-abcdef0123.srt`,
        type: 'application/x-subrip',
        language: 'it',
        rel: 'captions',
      },
      { url: `${page}/gilberto-abcdef0123.json`, type: 'application/json', language: 'it', rel: 'captions' },
    ]);
    expect(item.podcast?.chapters).toEqual({
      url: `${page}/gilberto-1f2e3d4c5b.mp3.chapters.json`,
      type: 'application/json+chapters',
    });
    const [entry] = entriesOf(episode());
    expect(entry && ORIGIN + chaptersPath(entry)).toBe(item.podcast?.chapters?.url);
  });

  test('no chapters where there are none', () => {
    const [bare] = itemsOf(showChannel(), entriesOf(episode({ segments: [segment({ chapters: [] })] })));
    expect(bare?.podcast?.chapters).toBeUndefined();
    expect(bare?.psc).toBeUndefined();
  });

  test('who is heard, with roles of the taxonomy, hosts included', () => {
    const people = [
      { name: 'Gilberto', role: 'Intervistato' },
      { name: 'Piero', role: 'regia' },
      { name: 'Ada', role: 'sindacalista' },
      { name: 'Marta' },
      { name: 'Lea' },
    ];
    expect(itemOf(showChannel(), entriesOf(episode({ people }))).podcast?.persons).toEqual([
      { display: 'Gilberto', role: 'guest' },
      { display: 'Piero', role: 'director', group: 'creative direction' },
      { display: 'Ada', role: 'guest' },
      { display: 'Marta', role: 'host' },
      { display: 'Lea', role: 'guest' },
    ]);
  });

  test('a licence of its own only where it has one', () => {
    expect(item.podcast?.license).toBeUndefined();
    const own = itemOf(showChannel(), entriesOf(episode({ licence: 'Creative Commons BY SA 3.0' })));
    expect(own.podcast?.license?.display).toBe('cc-by-sa-3.0');
    const unnamed = itemOf(showChannel(), entriesOf(episode({ licence: 'chiedere alla redazione' })));
    expect(unnamed.podcast?.license).toBeUndefined();
  });
});

describe('an episode with several segments', () => {
  test('gives an item to each, with its own title, guid, audio, place and people', () => {
    const [first, second] = itemsOf(showChannel(), entriesOf(twoInterviews));
    expect([first?.title, second?.title]).toEqual([
      'Due voci sulla città – Prima voce',
      'Due voci sulla città – Perché <così>',
    ]);
    expect([first?.guid?.value, second?.guid?.value]).toEqual(['seg-1', 'seg-2']);
    expect([first?.link?.split('#')[1], second?.link?.split('#')[1]]).toEqual(['segment-1', 'segment-2']);
    expect(second?.enclosures?.[0]?.url).toMatch(/\/perch%C3%A9%20cos%C3%AC%20%232-00112233ff\.mp3$/);
    expect(second?.podcast?.episode).toEqual({ number: 15, display: '15 (2/2)' });
    expect(first?.podcast?.persons?.[0]).toEqual({ display: 'Ada', role: 'guest' });
    expect(second?.podcast?.persons).toBeUndefined();
  });
});

describe('odd content', () => {
  if (odd === undefined) throw new Error('the sample has no odd characters');
  const xml = rssFeed(odd.channel, odd.entries);
  const item = itemOf(odd.channel, odd.entries);

  test('reads as it was written, without what XML cannot hold', () => {
    const feed = parseRssFeed(xml);
    expect(feed.title).toBe('Q&A <i>oggi</i> 🎙️');
    expect(feed.description).toBe('Tom & Jerry ]]> <b>grassetto</b> &amp;');
    expect(item.title).toBe('R&D: a < b ]]> <em>c</em> 🎉 &amp; fine');
    expect(item.categories?.map(({ name }) => name)).toEqual(['Tecnologia', 'C&A', '<tag>', '🎧', 'x]]>y']);
    expect(item.dc?.creators).toEqual(['Rossi & "Figli" <info>']);
    expect(item.itunes?.summary).toBe('Uno & due < tre ]]> "quattro" <script>alert(1)</script>');
    expect(item.content?.encoded).toContain('a ]]&gt; b &amp; c ]]></p>');
  });

  test('never becomes markup in a description, which apps read as HTML', () => {
    expect(item.description).toMatch(
      /^<p>Uno &amp; due &lt; tre ]]&gt; &quot;quattro&quot; &lt;script&gt;alert\(1\)&lt;\/script&gt;<\/p>\n/,
    );
  });

  test('in a file name is escaped in the address, which ends in the real extension', () => {
    expect(item.enclosures?.[0]?.url).toMatch(
      /\/gi%C3%A0%20citt%C3%A0%20%26%20100%25%20%231-1f2e3d4c5b\.mp3$/,
    );
  });

  test('in a person’s address is escaped too', () => {
    expect(item.podcast?.persons?.[0]).toMatchObject({
      display: '<Anna> & "Bo"',
      href: 'https://example.org/%C3%A0%20b%7Cc',
    });
  });

  test('of great length is cut between words: titles at 255 characters, descriptions at 4000 bytes', () => {
    const long = itemOf(
      showChannel({ description: 'città & '.repeat(2000) }),
      entriesOf(
        episode({
          title: 'parola '.repeat(100),
          summary: 'città & '.repeat(2000),
          segments: [segment({ chapters: [] })],
        }),
      ),
    );
    expect(long.title?.length).toBeLessThanOrEqual(255);
    expect(long.title).toMatch(/parola…$/);
    expect(Buffer.byteLength(long.description ?? '')).toBeLessThanOrEqual(4000);
    expect(long.description).toMatch(/(?:città|&amp;)…$/);
  });

  test('that is empty leaves a description behind all the same', () => {
    const empty = itemOf(
      showChannel(),
      entriesOf(episode({ summary: ' ', articleText: '', articleHtml: '' })),
    );
    expect(empty.description).toMatch(/^<p>Sputnik Moment\?<\/p>\n/);
  });
});

describe('a feed’s dates', () => {
  test('come from its content: the newest item’s, and none without items', () => {
    expect(read(showChannel(), entriesOf(episode(), twoInterviews)).lastBuildDate).toBe(
      'Thu, 06 Feb 2025 20:00:00 GMT',
    );
    expect(read(showChannel(), []).lastBuildDate).toBeUndefined();
  });

  test('are not taken from text that looks like one', () => {
    const description = '<lastBuildDate>ieri</lastBuildDate>';
    const feed = read(showChannel({ description }), entriesOf(episode()));
    expect(feed.description).toBe(description);
    expect(feed.lastBuildDate).toBe('Thu, 30 Jan 2025 09:30:00 GMT');
  });

  test('make the same bytes on another day', () => {
    const today = rssFeed(showChannel(), entriesOf(episode()));
    vi.useFakeTimers({ now: new Date('2031-07-01T00:00:00Z') });
    try {
      expect(rssFeed(showChannel(), entriesOf(episode()))).toBe(today);
    } finally {
      vi.useRealTimers();
    }
  });

  test('make the same bytes in another process, time zone and language', () => {
    const sample = new URL('./station-sample.ts', import.meta.url).href;
    const feedsRoom = new URL('../../src/feeds/feeds.ts', import.meta.url).href;
    const script = `
      const { rssFeed, jsonFeed, opml } = await import('${feedsRoom}');
      const { feeds, station, show, ORIGIN } = await import('${sample}');
      for (const { channel, entries } of Object.values(feeds))
        process.stdout.write(rssFeed(channel, entries) + jsonFeed(channel, entries));
      process.stdout.write(opml(station, [show], ORIGIN));`;
    const render = (TZ: string, LC_ALL: string) =>
      execFileSync(process.execPath, ['--input-type=module', '-e', script], {
        encoding: 'utf8',
        env: { ...process.env, TZ, LC_ALL },
      });
    const there = render('Pacific/Kiritimati', 'tr_TR.UTF-8');
    expect(there).toContain(rssFeed(showChannel(), entriesOf(twoInterviews, episode())));
    expect(there).toBe(render('America/Los_Angeles', 'C'));
  });
});

describe('what belongs together (RFC 5005)', () => {
  const relations = (...parameters: Parameters<typeof rssFeed>) =>
    Object.fromEntries(
      (read(...parameters).atom?.links ?? []).map(({ rel, href }) => [rel, href?.slice(ORIGIN.length)]),
    );

  test('is said of a feed that is all there is', () => {
    const xml = rssFeed(showChannel(), entriesOf(episode()));
    expect(xml).toContain('<fh:complete/>');
    expect(xml).not.toContain('archive');
  });

  test('is said of the newest items, which point to older ones', () => {
    const xml = rssFeed(stationChannel(), entriesOf(episode()));
    expect(xml).not.toContain('<fh:');
    expect(relations(stationChannel(), [])).toEqual({ self: '/feed.xml', 'prev-archive': '/feed/1.xml' });
  });

  test('is said of an archive page, which points both ways', () => {
    const archive = feeds['an archive page'];
    if (archive === undefined) throw new Error('the sample has no archive page');
    expect(rssFeed(archive.channel, archive.entries)).toContain('<fh:archive/>');
    expect(relations(archive.channel, archive.entries)).toEqual({
      self: '/shows/stacca-stacca/feed/2.xml',
      current: '/shows/stacca-stacca/feed.xml',
      'prev-archive': '/shows/stacca-stacca/feed/1.xml',
      'next-archive': '/shows/stacca-stacca/feed/3.xml',
    });
  });
});

describe('the station’s feed', () => {
  test('is a podcast of its own, and so is each view of it', () => {
    const guidAt = (sitePath: string) => read(stationChannel({ sitePath }), []).podcast?.guid;
    expect(guidAt('/')).toBe(station.guid);
    expect(guidAt('/tags/deepseek')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5/);
    expect(guidAt('/tags/deepseek')).not.toBe(guidAt('/tags/torino'));
  });

  test('is explicit when one of its items is', () => {
    const both = entriesOf(episode(), { ...twoInterviews, explicit: true });
    expect(read(stationChannel(), both).itunes?.explicit).toBe(true);
    expect(read(stationChannel(), entriesOf(episode())).itunes?.explicit).toBe(false);
  });
});

describe('a station without an e-mail address', () => {
  const quiet = feeds['a station without an address, support or licence'];

  test('names no owner, editor, licence or way to support it', () => {
    if (quiet === undefined) throw new Error('the sample has no such station');
    const xml = rssFeed(quiet.channel, quiet.entries);
    expect(xml).not.toMatch(/itunes:owner|itunes:email|managingEditor|podcast:funding|podcast:license/);
    expect(parseRssFeed(xml).podcast?.locked?.value).toBe(true);
  });
});
