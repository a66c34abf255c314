import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { type Complaint, feedComplaints } from './feed-validator.ts';
import { ORIGIN, sampleFeeds } from './station-sample.ts';

/** What cannot be helped: a title that spells a tag, and a station that has no e-mail address. */
const UNAVOIDABLE: Record<string, string[]> = {
  'odd characters': ['ContainsHTML'],
  'a station without an address, support or licence': ['MissingItunesEmail'],
};

/** The one warning that we choose: of a namespace that it does not know (docs/decisions/pairing.md). */
const isChosen = ({ rule, value }: Complaint): boolean =>
  rule === 'UnknownNamespace' && value === 'http://podlove.org/simple-chapters';

const ADDRESS = `${ORIGIN}/shows/stacca-stacca/feed.xml`;

describe('a feed', () => {
  test.each(sampleFeeds)(
    'of %s draws no avoidable complaint of the W3C feed validator',
    (name, channel, _, xml) => {
      const complaints = feedComplaints(xml, channel.origin + channel.selfPath);
      const unavoidable = UNAVOIDABLE[name] ?? [];
      const others = complaints.filter((complaint) => !isChosen(complaint));
      expect(others.filter(({ rule }) => !unavoidable.includes(rule))).toEqual([]);
    },
  );

  test('names the chapters’ namespace once, and only where an item has chapters', () => {
    const unknown = (xml: string) =>
      feedComplaints(xml, ADDRESS).filter(({ rule }) => rule === 'UnknownNamespace').length;
    for (const [name, , entries, xml] of sampleFeeds)
      expect(unknown(xml), name).toBe(entries.some(({ segment }) => segment.chapters.length > 0) ? 1 : 0);
  });

  test('has only elements of the podcast namespace that its published schema allows', async () => {
    const [schema, wrapper] = await Promise.all(
      ['podcast.xsd', 'podcast-wrapper.xsd'].map((file) =>
        readFile(new URL(`../fixtures/schema/${file}`, import.meta.url), 'utf8'),
      ),
    );
    const defined = [...(schema ?? '').matchAll(/^\t<xs:element name="(\w+)"/gm)].map(([, name]) => name);
    const documents = sampleFeeds.map(([, , , xml], index) => {
      const elements = [...xml.matchAll(/<podcast:(\w+)(?:\s[^>]*)?(?:\/>|>[^<]*<\/podcast:\1>)/g)]
        .filter(([, name]) => defined.includes(name))
        .map(([element]) => element);
      expect(elements.length).toBeGreaterThan(1);
      const wrapped = `<w:test-wrapper xmlns:w="https://podcastindex.org/namespace/1.0" xmlns:podcast="https://podcastindex.org/namespace/1.0">${elements.join('\n')}</w:test-wrapper>`;
      return { fileName: `feed-${index}.xml`, contents: wrapped };
    });
    const { errors, valid } = await validateXML({
      xml: documents,
      schema: [wrapper ?? ''],
      preload: [{ fileName: 'podcast.xsd', contents: schema ?? '' }],
    });
    expect(errors).toEqual([]);
    expect(valid).toBe(true);
  });

  test('is well-formed to a parser that did not grow up here', async () => {
    const { errors } = await validateXML({
      xml: sampleFeeds.map(([, , , xml], index) => ({ fileName: `feed-${index}.xml`, contents: xml })),
      normalization: 'c14n',
    });
    expect(errors).toEqual([]);
  });
});

describe('the checker finds', () => {
  const [[, , , sound] = []] = sampleFeeds;
  const spoilt: [rule: string, from: string | RegExp, to: string][] = [
    ['InvalidRFC2822Date', /<pubDate>[^<]*/, '<pubDate>2025-02-06'],
    ['IncorrectDOW', '<pubDate>Thu', '<pubDate>Fri'],
    ['ImplausibleDate', /<pubDate>[^<]*/, '<pubDate>Thu, 06 Feb 2098 20:00:00 GMT'],
    ['MissingGuid', /<guid.*?<\/guid>/, ''],
    ['DuplicateValue', '>seg-1<', '>seg-2<'],
    ['InvalidBooleanAttribute', 'isPermaLink="false"', 'isPermaLink="no"'],
    ['InvalidHttpGUID', 'isPermaLink="false"', 'isPermaLink="true"'],
    ['InvalidIntegerAttribute', 'length="7654321"', 'length="1.2e3"'],
    ['UnnecessaryZero', 'length="7654321"', 'length="0"'],
    ['InvalidMIMEAttribute', 'type="audio/mpeg"', 'type="mp3"'],
    ['UnsupportedItunesFormat', '-1f2e3d4c5b.mp3"', '-1f2e3d4c5b.mp3?x=1"'],
    ['MissingAtomSelfLink', 'rel="self"', 'rel="alternate"'],
    ['SelfDoesntMatchLocation', '/feed.xml" rel="self"', '/rss" rel="self"'],
    ['ContainsRelRef', '<p>Prima voce.', '<p><a href="/x">Prima voce</a>.'],
    ['SecurityRisk', '<p>Prima voce.', '<p>Prima voce.<iframe></iframe>'],
    ['SecurityRiskAttr', '<p>Prima voce.', '<p onclick="x">Prima voce.'],
    ['DangerousStyleAttr', '<p>Prima voce.', '<p style="x">Prima voce.'],
    ['NotHtml', '<p>Prima voce.', '<p><b>Prima voce.'],
    ['ContainsHTML', '<title>Due', '<title>&lt;b&gt;Due&lt;/b&gt;'],
    ['NotBlank', /<category>[^<]*/, '<category>'],
    ['InvalidLanguage', '<language>it', '<language>italiano'],
    ['UndefinedElement', '<generator>', '<author>Radio</author><generator>'],
    ['DuplicateElement', '<generator>', '<generator>x</generator><generator>'],
    ['InvalidDuration', '<itunes:duration>1234', '<itunes:duration>1234.4'],
    ['InvalidTrueFalse', '<itunes:explicit>false', '<itunes:explicit>clean'],
    ['InvalidItunesCategory', 'text="Politics"', 'text="Politica"'],
    ['InvalidItunesEpisodeType', '<itunes:episodeType>full', '<itunes:episodeType>extra'],
    ['InvalidItunesChannelType', '<itunes:type>episodic', '<itunes:type>weekly'],
    ['InvalidPositiveInteger', '<itunes:season>2', '<itunes:season>0'],
    ['MissingItunesEmail', /<itunes:owner>.*?<\/itunes:owner>/, ''],
    ['InvalidContact', /<itunes:email>[^<]*/, '<itunes:email>'],
    ['MissingRealName', / \(Radio Blackout\)</, '<'],
    ['ImageTitleDoesntMatch', '<image><url>', '<image><title>x</title><url>'],
    ['ImageUrlFormat', '/feed.jpg</url>', '/feed.webp</url>'],
    ['InvalidFullLink', /<link>[^<]*#/, '<link>/x y#'],
    ['InvalidURLAttribute', 'itunes:image href="https://', 'itunes:image href="//'],
    ['NeedDescriptionBeforeContent', /(<title>Due.*?)<description>[^<]*<\/description>/, '$1'],
    [
      'UnknownNamespace',
      'xmlns:psc="http://podlove.org/simple-chapters"',
      'xmlns:psc="http://podlove.org/chapters"',
    ],
    ['MisplacedItem', '</channel>', '<ttl>60</ttl></channel>'],
  ];
  test.each(spoilt)('%s', (rule, from, to) => {
    const complaints = feedComplaints((sound ?? '').replace(from, to), ADDRESS);
    const rules = complaints.filter((complaint) => !isChosen(complaint)).map((complaint) => complaint.rule);
    expect(rules).toContain(rule);
  });

  test.each(['a & b', '<title>', 'a ]]> b'])('text that is not well-formed: %s', (text) => {
    expect(() => feedComplaints((sound ?? '').replace('<title>', `<title>${text}`), ADDRESS)).toThrow(
      'well-formed',
    );
  });
});
