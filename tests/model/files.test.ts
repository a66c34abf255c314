import { expect, it } from 'vitest';
import { FAULT_CODES, type Fault, faultPlace } from '../../src/model/fault.ts';
import { readEpisodeFile } from '../../src/model/front-matter/episode-file.ts';
import { readShowFile } from '../../src/model/front-matter/show-file.ts';
import { readStationFile } from '../../src/model/front-matter/station-file.ts';
import { faultSentence } from '../../src/texts/faults.ts';

const episode = (...lines: string[]) =>
  readEpisodeFile(['---', ...lines, '---', 'Testo'].join('\n'), 'show/episode');
const codes = (faults: Fault[]) => faults.map(({ code, severity, line }) => `${line} ${severity} ${code}`);

it('takes values as people write them', () => {
  const { values, faults } = episode(
    'title: 1984',
    'tags: cina, deep seek, cina',
    'explicit: sì',
    'season: "2"',
    'people: Gilberto',
    'redirectFrom: https://vecchio.example/?p=7',
    'segments:',
    '  - file: ./a.mp3',
  );
  expect(faults).toEqual([]);
  expect(values).toEqual({
    title: '1984',
    tags: ['cina', 'deep seek'],
    explicit: true,
    season: 2,
    people: [{ name: 'Gilberto' }],
    redirectFrom: ['/'],
    segments: [{ file: 'a.mp3' }],
  });
});

it('names an unknown key with its line, and takes the rest', () => {
  const { values, faults } = episode('title: Ciao', 'titel: Ciao', 'constructor: x');
  expect(codes(faults)).toEqual(['3 warning key-unknown', '4 warning key-unknown']);
  expect(values.title).toBe('Ciao');
});

it.each([
  ['status: bozza', 'value-invalid'],
  ['guid: "con spazi dentro"', 'value-invalid'],
  ['segments: a.mp3', 'value-invalid'],
])('does not guess at a wrong "%s": it is an error', (line, code) => {
  expect(codes(episode('title: Ciao', line).faults)).toEqual([`3 error ${code}`]);
});

it.each([
  'cover: ../../etc/passwd',
  'source: javascript:alert(1)',
  'season: prima',
  'coverAlt: [1]',
  'type: extra',
])('goes on without a wrong "%s", and warns', (line) => {
  const { values, faults } = episode('title: Ciao', line);
  expect(codes(faults)).toEqual(['3 warning value-invalid']);
  expect(Object.keys(values)).toEqual(['title']);
});

it('takes control characters out of titles', () => {
  expect(episode('title: "a\\u0007\\u0000b\\u2028c"').values.title).toBe('a b c');
});

it('knows Apple’s categories and no others', () => {
  expect(readShowFile('---\ncategory: news>politics\n---\n', 's').values.category).toEqual({
    main: 'News',
    sub: 'Politics',
  });
  expect(codes(readShowFile('---\ncategory: Notizie\n---\n', 's').faults)).toEqual([
    '2 warning value-invalid',
  ]);
});

it('refuses a time zone, a colour and an address that are none', () => {
  const source = '---\ntimezone: Roma\ncolour: rosso\nlink: radioblackout.org\nemail: redazione\n---\n';
  const lines = readStationFile(source).faults.map(({ line }) => line);
  expect(lines.toSorted()).toEqual([2, 3, 4, 5]);
});

it('has a whole sentence for every fault, in both languages', () => {
  for (const code of FAULT_CODES) {
    const values = {
      key: 'k',
      value: 'v',
      expected: 'a-text',
      reason: 'r',
      found: 'f',
      bytes: '1',
      limit: '2',
    };
    const fault: Fault = { folder: 'a/b', file: 'episode.md', line: 3, severity: 'error', code, values };
    for (const language of ['it', 'en'] as const) {
      expect(faultSentence(fault, language)).toMatch(/^.{20,}\.$/s);
      expect(faultSentence(fault, language)).not.toMatch(/[{}]/);
    }
    expect(faultPlace(fault)).toBe('a/b/episode.md:3');
  }
});
