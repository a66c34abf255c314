import type { FeedChannel, FeedEntry } from '../../src/feeds/feeds.ts';
import { rssFeed } from '../../src/feeds/feeds.ts';
import type { Episode } from '../../src/model/episode.ts';
import type { Segment } from '../../src/model/segment.ts';
import type { Show } from '../../src/model/show.ts';
import type { Picture, Station } from '../../src/model/station.ts';

/** One small station that all tests of the feeds know. */
export const ORIGIN = 'https://ascolta.example.org:8443';

export const picture = (id: string): Picture => ({ id, width: 1600, height: 1600, alt: 'Un microfono' });

export const station: Station = {
  guid: '1c1e7f6e-0a6f-5a54-9d55-6c8b1f0f9a11',
  title: 'Radio Blackout',
  description: 'Radio libera e autogestita di Torino.',
  language: 'it',
  timezone: 'Europe/Rome',
  link: 'https://radioblackout.example.org/',
  frequency: '105.250 FM',
  email: 'blackout@ecn.example.org',
  links: [{ name: 'Sito', url: 'https://radioblackout.example.org/' }],
  colour: '#d0021b',
  support: { url: 'https://radioblackout.example.org/sostieni', text: 'Sostieni la radio' },
  licence: 'CC BY-NC-SA 4.0',
  cover: picture('aaaa000001'),
};

export const show: Show = {
  slug: 'stacca-stacca',
  guid: 'a7d9e9f0-3c4b-5c3e-8b7a-2f4d1e6c9b10',
  title: 'Stacca Stacca',
  description: 'La trasmissione che stacca la spina.',
  descriptionHtml: '<p>La trasmissione che stacca la spina.</p>',
  category: { main: 'News', sub: 'Politics' },
  language: 'it',
  hosts: [{ name: 'Marta', url: 'https://example.org/marta' }, { name: 'Piero' }],
  colour: '#0044cc',
  explicit: false,
  type: 'episodic',
  complete: false,
  cover: picture('aaaa000002'),
  redirectFrom: [],
};

export const segment = (changes: Partial<Segment> = {}): Segment => ({
  guid: '0b0f8f4e-4a55-5c3f-9d11-0c64f2f3a001',
  file: 'gilberto.mp3',
  title: 'Gilberto',
  fingerprint: '1f2e3d4c5b',
  type: 'audio/mpeg',
  bytes: 7_654_321,
  seconds: 1234.4,
  people: [],
  chapters: [
    { start: 0, title: 'Apertura' },
    { start: 252.5, title: 'Il costo', url: 'https://example.org/costo?a=1&b=2' },
  ],
  chaptersFrom: 'file',
  transcript: { file: 'gilberto.vtt', language: 'it', fingerprint: 'abcdef0123', cues: 3 },
  ...changes,
});

export const episode = (changes: Partial<Episode> = {}): Episode => ({
  show: 'stacca-stacca',
  slug: '2025-01-30-sputnik-moment',
  guid: '6f0c8c1e-5b1c-5a2c-a1a4-3f0b1a2c3d4e',
  title: 'Sputnik Moment?',
  publishedAt: Date.UTC(2025, 0, 30, 9, 30, 0),
  summary: 'La notizia del lancio del prodotto cinese ha sorpreso quasi tutti.',
  byline: 'InfoAut',
  people: [{ name: 'Gilberto', role: 'ospite' }],
  categories: ['Tecnologia'],
  tags: ['DeepSeek', 'intelligenze artificiali', 'tecnologia'],
  cover: picture('aaaa000003'),
  source: 'https://example.org/sputnik',
  explicit: false,
  season: 2,
  number: 14,
  type: 'full',
  status: 'published',
  language: 'it',
  redirectFrom: [],
  articleHtml: [
    '<p>Da <a href="/shows/stacca-stacca">Stacca Stacca</a> e da <a href="https://example.org/x">altrove</a>.</p>',
    '<hr data-segment="0">',
    '<p>Il costo è detto <a data-segment="0" data-start="252.5" href="#t=252.5">a 4:12</a>.</p>',
    '<figure><img src="/pictures/bbbb000001/640.jpg" srcset="/pictures/bbbb000001/320.jpg 320w, /pictures/bbbb000001/640.jpg 640w" alt="Un grafico"></figure>',
  ].join('\n'),
  articleText: 'Da Stacca Stacca e da altrove. Il costo è detto a 4:12.',
  segments: [segment()],
  ...changes,
});

/** The items of episodes, in the order in which a catalogue gives them. */
export const entriesOf = (...episodes: Episode[]): FeedEntry[] =>
  episodes.flatMap((one) =>
    one.segments.map((part, position) => ({ episode: one, segment: part, position })),
  );

/** An article that carries two interviews, each with its player in the text. */
export const twoInterviews = episode({
  slug: '2025-02-06-due voci & città?',
  guid: 'd0f3b5de-7c6a-5a4f-8f0e-1f2a3b4c5d6e',
  title: 'Due voci sulla città',
  publishedAt: Date.UTC(2025, 1, 6, 20, 0, 0),
  number: 15,
  people: [],
  articleHtml: [
    '<p>Prima voce.</p><hr data-segment="0"><p>Seconda voce.</p><hr data-segment="1">',
    '<p><a data-segment="1" data-start="65" href="/shows/x">1:05</a></p>',
  ].join('\n'),
  segments: [
    segment({
      guid: 'seg-1',
      file: 'prima.mp3',
      title: 'Prima voce',
      people: [{ name: 'Ada', role: 'sindacalista' }],
      chapters: [],
      chaptersFrom: 'none',
      transcript: undefined,
    }),
    segment({ guid: 'seg-2', file: 'perché così #2.mp3', title: 'Perché <così>', fingerprint: '00112233ff' }),
  ],
});

export const showChannel = (changes: Partial<FeedChannel> = {}): FeedChannel => ({
  station,
  show,
  title: show.title,
  description: show.description,
  origin: ORIGIN,
  selfPath: '/shows/stacca-stacca/feed.xml',
  sitePath: '/shows/stacca-stacca',
  place: { kind: 'complete' },
  ...changes,
});

export const stationChannel = (changes: Partial<FeedChannel> = {}): FeedChannel => ({
  station,
  title: station.title,
  description: station.description,
  origin: ORIGIN,
  selfPath: '/feed.xml',
  sitePath: '/',
  place: { kind: 'newest', previousPath: '/feed/1.xml' },
  ...changes,
});

/** Feeds with everything that may go wrong in them, by what is odd. */
export const feeds: Record<string, { channel: FeedChannel; entries: FeedEntry[] }> = {
  'a show with two episodes': { channel: showChannel(), entries: entriesOf(twoInterviews, episode()) },
  'the station': { channel: stationChannel(), entries: entriesOf(twoInterviews, episode()) },
  'a feed without items': { channel: showChannel(), entries: [] },
  'a tag': {
    channel: stationChannel({
      title: 'Radio Blackout: DeepSeek',
      selfPath: '/tags/deepseek/feed.xml',
      sitePath: '/tags/deepseek',
      place: { kind: 'complete' },
    }),
    entries: entriesOf(episode()),
  },
  'an archive page': {
    channel: showChannel({
      selfPath: '/shows/stacca-stacca/feed/2.xml',
      place: {
        kind: 'archive',
        currentPath: '/shows/stacca-stacca/feed.xml',
        previousPath: '/shows/stacca-stacca/feed/1.xml',
        nextPath: '/shows/stacca-stacca/feed/3.xml',
      },
    }),
    entries: entriesOf(episode()),
  },
  'an English show': {
    channel: showChannel({
      show: {
        ...show,
        language: 'en-GB',
        title: 'Cable Street',
        category: { main: 'History' },
        type: 'serial',
        licence: 'https://creativecommons.org/publicdomain/zero/1.0/',
      },
      title: 'Cable Street',
      description: 'In English.',
    }),
    entries: entriesOf(episode({ language: 'en-GB', title: 'Cable Street' })),
  },
  'odd characters': {
    channel: showChannel({
      title: 'Q&A <i>oggi</i> 🎙️',
      description: 'Tom & Jerry ]]> <b>grassetto</b>\u0007 &amp;',
    }),
    entries: entriesOf(
      episode({
        title: 'R&D: a < b ]]> <em>c</em> \u0000\u0008🎉 &amp; \uD800 fine',
        summary: 'Uno & due < tre ]]> "quattro"\u001F <script>alert(1)</script>',
        byline: 'Rossi & "Figli" <info>',
        tags: ['C&A', '<tag>', '🎧', 'x]]>y'],
        articleHtml:
          '<p>a ]]&gt; b &amp; c ]]></p><pre>&lt;a href="/x"&gt; <lastBuildDate>x</lastBuildDate></pre>\u0001'.replace(
            /<\/?lastBuildDate>/g,
            '',
          ),
        people: [{ name: '<Anna> & "Bo"', role: 'Ospite', url: 'https://example.org/à b|c' }],
        segments: [segment({ title: 'a & b', file: 'già città & 100% #1.MP3' })],
      }),
    ),
  },
  'next to nothing': {
    channel: showChannel({ show: { ...show, hosts: [] } }),
    entries: entriesOf(
      bare({
        articleHtml: '',
        articleText: '',
        summary: '',
        people: [],
        categories: [],
        tags: [],
        segments: [
          segment({ chapters: [], chaptersFrom: 'none', transcript: undefined, title: 'Sputnik Moment?' }),
        ],
      }),
    ),
  },
};

function bare(changes: Partial<Episode>): Episode {
  const { byline: _byline, season: _season, number: _number, source: _source, ...rest } = episode(changes);
  return rest;
}

const { email: _email, support: _support, licence: _licence, ...quietStation } = station;
feeds['a station without an address, support or licence'] = {
  channel: showChannel({ station: quietStation }),
  entries: entriesOf(episode()),
};

export const sampleFeeds = Object.entries(feeds).map(
  ([name, { channel, entries }]) => [name, channel, entries, rssFeed(channel, entries)] as const,
);
