import { describe, expect, it } from 'vitest';
import { parseTranscript, TRANSCRIPT_LIMIT_BYTES } from '../../src/transcripts/transcripts.ts';

const read = (text: string | Uint8Array, name = 'a.vtt', seconds = 0) =>
  parseTranscript(typeof text === 'string' ? Buffer.from(text) : text, name, seconds);
const textsOf = (text: string) => read(text).cues.map((cue) => cue.text);
const codesOf = (text: string, seconds = 0) =>
  read(text, 'a.vtt', seconds).faults.map(({ code, line, values }) => [code, line, values.count]);
const json = (segments: unknown) => JSON.stringify({ version: '1.0.0', segments });

describe('WebVTT', () => {
  it('gives its cues with their voices; notes, styles, regions, names, settings and tags are left out', () => {
    const text = `WEBVTT - di prova
Kind: captions

STYLE
::cue { color: red }

REGION
id:basso

NOTE
Una nota --
su due righe

primo
00:00:01.000 --> 00:00:02.500 align:start position:10%
<v.forte Anna Bianchi>Ciao &amp; <i>benvenuta</i>,
<c.giallo>a</c> <00:00:02.000>tutte

01:02.250 --> 01:03.000
<v Irene>Grazie</v>
`;
    expect(read(text)).toEqual({
      format: 'vtt',
      cues: [
        { start: 1, end: 2.5, speaker: 'Anna Bianchi', text: 'Ciao & benvenuta, a tutte' },
        { start: 62.25, end: 63, speaker: 'Irene', text: 'Grazie' },
      ],
      faults: [],
    });
  });

  it('shares a cue’s time between the voices in it', () => {
    const [one, other] = read('WEBVTT\n\n00:00.000 --> 00:10.000\n<v A>uno</v> <v B>due</v>').cues;
    expect([one?.speaker, one?.end, other?.speaker, other?.start, other?.end]).toEqual(['A', 5, 'B', 5, 10]);
  });

  it('keeps as text whatever is no tag of a transcript', () => {
    const cue = (payload: string) => textsOf(`WEBVTT\n\n00:01.000 --> 00:02.000\n${payload}`);
    expect(cue('<script>alert(1)</script>')).toEqual(['<script>alert(1)</script>']);
    expect(cue('<img src=x onerror=alert(1)> 1 < 2')).toEqual(['<img src=x onerror=alert(1)> 1 < 2']);
    expect(cue('&lt;b&gt; &#233; &#x2019; &bogus; a&nbsp;b')).toEqual(['<b> é ’ &bogus; a b']);
  });

  it('reads hours that are left out, and hours above a hundred', () => {
    const { cues } = read('WEBVTT\n\n00:01.5 --> 0:02\nuno\n\n123:00:00.000 --> 123:00:01.000\ndue');
    expect(cues.map(({ start, end }) => [start, end])).toEqual([
      [1.5, 2],
      [442800, 442801],
    ]);
  });
});

describe('SubRip', () => {
  it('takes commas and points, leaves tags and missing numbers aside', () => {
    const text = `1
00:00:01,000 --> 00:00:02,000 X1:1 X2:2
{\\an8}<font color="#fff">Uno</font><br/>e <b>mezzo</b>

00:00:02.500 --> 00:00:03.5
Due
3
00:00:04,000 --> 00:00:05,000
Tre
`;
    const { format, cues, faults } = read(text, 'a.srt');
    expect(format).toBe('srt');
    expect(cues.map((cue) => [cue.start, cue.text])).toEqual([
      [1, 'Uno e mezzo'],
      [2.5, 'Due'],
      [4, 'Tre'],
    ]);
    expect(faults).toEqual([]);
  });

  const srt = (...texts: string[]) =>
    read(
      texts.map((text, at) => `${at}\n00:00:0${at},000 --> 00:00:0${at},900\n${text}\n`).join('\n'),
      'a.srt',
    );
  const said = (...texts: string[]) => srt(...texts).cues.map(({ speaker, text }) => [speaker, text]);

  it('takes a name at the head of every cue for its speaker', () => {
    expect(said('Anna: Uno', 'Irene: Due')).toEqual([
      ['Anna', 'Uno'],
      ['Irene', 'Due'],
    ]);
  });

  it('has a name that is written where the speaker changes hold until the next', () => {
    expect(said('Anna: Uno', 'due', 'Irene: Tre', 'Anna: Quattro', 'Irene: Cinque')).toEqual([
      ['Anna', 'Uno'],
      ['Anna', 'due'],
      ['Irene', 'Tre'],
      ['Anna', 'Quattro'],
      ['Irene', 'Cinque'],
    ]);
  });

  it('leaves a colon alone where names are not used throughout', () => {
    expect(said('Uno', 'Attenzione: due', 'tre')).toEqual([
      [undefined, 'Uno'],
      [undefined, 'Attenzione: due'],
      [undefined, 'tre'],
    ]);
  });
});

describe('Podcasting 2.0 JSON', () => {
  it('gives its segments; markup in them is text', () => {
    const segments = [
      { speaker: 'Anna', startTime: 0.5, endTime: 2, body: 'Ciao <b>a</b> &amp; tutte\n' },
      { startTime: 2, body: 'Senza fine' },
      { startTime: 4, endTime: 5, body: 'Fine.' },
    ];
    expect(read(json(segments), 'a.json').cues).toEqual([
      { start: 0.5, end: 2, speaker: 'Anna', text: 'Ciao <b>a</b> &amp; tutte' },
      { start: 2, end: 4, text: 'Senza fine' },
      { start: 4, end: 5, text: 'Fine.' },
    ]);
  });

  it('gathers words into sentences, and cuts at speakers, pauses and some 80 characters', () => {
    const words = (text: string, speaker: string, from: number) =>
      text
        .split(' ')
        .map((body, at) => ({ speaker, startTime: from + at / 2, endTime: from + at / 2 + 0.4, body }));
    const segments = [
      ...words('Buona sera . Come va ?', 'Anna', 0),
      ...words('Bene', 'Irene', 3),
      ...words('poi', 'Irene', 20),
      ...words(Array(30).fill('parola').join(' '), 'Anna', 30),
    ];
    const { cues } = read(json(segments), 'a.json');
    expect(cues.slice(0, 4).map(({ speaker, text }) => [speaker, text])).toEqual([
      ['Anna', 'Buona sera.'],
      ['Anna', 'Come va?'],
      ['Irene', 'Bene'],
      ['Irene', 'poi'],
    ]);
    expect(cues[0]).toMatchObject({ start: 0, end: 1.4 });
    expect(Math.max(...cues.map(({ text }) => text.length))).toBeLessThanOrEqual(80);
    expect(cues.length).toBe(7);
  });

  it('names the segment that cannot be read by its line, and the place where the JSON breaks', () => {
    const text = `{\n"version": "1.0.0", "note": [1,\n2],\n"segments": [\n {"startTime": 0, "body": "a, {b"},\n {"startTime": "x", "body": "b"}\n]}`;
    expect(read(text, 'a.json')).toMatchObject({
      cues: [{ text: 'a, {b' }],
      faults: [{ code: 'cue-invalid', line: 6, values: { count: '1' } }],
    });
    expect(read('{"segments": [\n{,', 'a.json').faults).toMatchObject([
      { code: 'transcript-broken', line: 2 },
    ]);
    expect(read('{"a":1}').faults).toMatchObject([
      { code: 'transcript-broken', values: { reason: 'JSON: segments' } },
    ]);
  });
});

describe('a text', () => {
  const SRT = '1\r\n00:00:01,000 --> 00:00:02,000\r\nPerché «no»\r\n';
  const latin = Buffer.from(SRT, 'latin1');
  const utf16 = Buffer.from(`\uFEFF${SRT}`, 'utf16le');
  it.each([
    ['UTF-8', Buffer.from(SRT)],
    ['UTF-8 with its mark', Buffer.from(`\uFEFF${SRT}`)],
    ['UTF-16', utf16],
    ['UTF-16 the other way', Buffer.from(utf16).swap16()],
    ['Windows-1252', latin],
    ['Windows-1252 behind a mark of UTF-8', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), latin])],
  ])('is read in %s', (_, bytes) => {
    expect(read(bytes, 'a.srt').cues).toEqual([{ start: 1, end: 2, text: 'Perché «no»' }]);
  });
});

describe('bad input', () => {
  const cue = (times: string, text: string) => `\n${times}\n${text}\n`;
  it('is put in order; what overlaps stays', () => {
    const text = `WEBVTT\n${cue('00:05.000 --> 00:08.000', 'due')}${cue('00:01.000 --> 00:06.000', 'uno')}${cue('00:02.000 --> 00:03.000', 'mezzo')}`;
    expect(textsOf(text)).toEqual(['uno', 'mezzo', 'due']);
    expect(codesOf(text)).toEqual([['cue-order', 6, '2']]);
  });

  it('has an end made for what ends before it begins', () => {
    const text = `WEBVTT\n${cue('00:05.000 --> 00:01.000', 'uno')}${cue('00:08.000 --> 00:09.000', 'due')}`;
    expect(read(text).cues[0]).toEqual({ start: 5, end: 8, text: 'uno' });
    expect(codesOf(text)).toEqual([['cue-backwards', 3, '1']]);
  });

  it('is left out past the end of the sound', () => {
    const text = `WEBVTT\n${cue('00:01.000 --> 00:09.000', 'uno')}${cue('00:05.000 --> 00:08.000', 'due')}${cue('00:07.000 --> 00:08.000', 'tre')}`;
    expect(read(text, 'a.vtt', 5).cues).toEqual([{ start: 1, end: 5, text: 'uno' }]);
    expect(codesOf(text, 5)).toEqual([['cue-past-end', 6, '2']]);
  });

  it('names empty cues, times that are none and lines without a time, and shows the rest', () => {
    const text = `WEBVTT\n${cue('00:01.000 --> 00:02.000', '')}${cue('00:61.000 --> 00:02', 'no')}${cue('00:03.000 --> 00:04.000', 'sì')}\nsolo testo\nsenza tempo\n`;
    expect(textsOf(text)).toEqual(['sì']);
    expect(codesOf(text)).toEqual([
      ['cue-empty', 3, '1'],
      ['cue-invalid', 6, '1'],
      ['cue-untimed', 12, '1'],
    ]);
  });

  it.each([
    ['', 'transcript-broken'],
    ['ciao a tutte', 'transcript-broken'],
    ['WEBVTT\n', 'transcript-empty'],
    ['\u0000\u0001\u0002', 'transcript-broken'],
  ])('%j is no transcript', (text, code) => {
    expect(read(text)).toMatchObject({ cues: [], faults: [{ code }] });
  });

  it('of 5 MB is read whole, and above the limit not at all', () => {
    const block = cue('00:01.000 --> 00:02.000', 'parola '.repeat(60));
    const text = `WEBVTT\n${block.repeat(Math.ceil(5_000_000 / block.length))}`;
    const { cues, faults } = read(text);
    expect(cues).toHaveLength(Math.ceil(5_000_000 / block.length));
    expect(faults).toEqual([]);
    const { cues: none, faults: long } = read(new Uint8Array(TRANSCRIPT_LIMIT_BYTES + 1));
    expect([none, long.map(({ code }) => code)]).toEqual([[], ['transcript-too-long']]);
  });
});
