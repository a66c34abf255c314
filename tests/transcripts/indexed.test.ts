import { expect, it } from 'vitest';
import { faultSentence } from '../../src/texts/faults.ts';
import { TRANSCRIPT_LIMIT_BYTES } from '../../src/transcripts/transcripts.ts';
import { mp3 } from '../fixtures/audio.ts';
import { episodeMd } from '../fixtures/station-folder.ts';
import { indexedFolder } from '../indexing/indexing.ts';

const AT = 'stacca/2025-01-01-a';
const vtt = (...cues: string[]) => `WEBVTT\n${cues.map((cue) => `\n${cue}\n`).join('')}`;
const base = { [`${AT}/episode.md`]: episodeMd(['title: A']), [`${AT}/uno.mp3`]: mp3({ seconds: 6 }) };

async function indexed(files: Record<string, string | Uint8Array>, md?: string) {
  const folder = await indexedFolder({
    ...base,
    ...(md === undefined ? {} : { [`${AT}/episode.md`]: md }),
    ...Object.fromEntries(Object.entries(files).map(([name, data]) => [`${AT}/${name}`, data])),
  });
  await folder.indexer.scan();
  const episode = await folder.episode('2025-01-01-a');
  const cues = await folder.catalogue.cues('stacca', '2025-01-01-a', 0);
  const faults = (await folder.catalogue.faults()).filter(({ code }) => code !== 'guid-unpinned');
  return { ...folder, segment: episode?.segments[0], texts: cues.map(({ text }) => text), found: faults };
}

it('is read once, the richest form first, and its address names what it says', async () => {
  const said = vtt('00:01.000 --> 00:02.000\n<v Anna>Ciao');
  const { segment, texts, found, put, indexer, episode } = await indexed({
    'uno.srt': '1\n00:00:01,000 --> 00:00:02,000\nDal SRT\n',
    'uno.json': JSON.stringify({ segments: [{ startTime: 1, endTime: 2, body: 'Dal JSON' }] }),
    'uno.vtt': said,
  });
  expect(found).toEqual([]);
  expect(texts).toEqual(['Ciao']);
  expect(segment?.transcript).toEqual({
    file: 'uno.vtt',
    language: 'it',
    cues: 1,
    fingerprint: expect.stringMatching(/^[0-9a-f]{10}$/),
  });
  const before = segment?.transcript?.fingerprint;
  await put({ [`${AT}/uno.vtt`]: said.replace('Ciao', 'Cara') });
  await indexer.scan();
  expect((await episode('2025-01-01-a'))?.segments[0]?.transcript?.fingerprint).not.toBe(before);
});

it('falls back to the next form where the first cannot be read, and the fault says which', async () => {
  const { segment, texts, found } = await indexed({
    'uno.vtt': 'WEBVTT\n',
    'uno.srt': '1\n00:00:01,000 --> 00:00:02,000\nDal SRT\n',
  });
  expect(segment?.transcript?.file).toBe('uno.srt');
  expect(texts).toEqual(['Dal SRT']);
  expect(found).toMatchObject([{ file: 'uno.vtt', code: 'transcript-empty', severity: 'warning' }]);
});

it('is the file that the front matter names', async () => {
  const md = episodeMd(['title: A', 'segments:', '  - file: uno.mp3', '    transcript: testo.srt']);
  const { segment } = await indexed({ 'testo.srt': '00:01,0 --> 00:02,0\nEccolo\n', 'uno.vtt': vtt() }, md);
  expect(segment?.transcript?.file).toBe('testo.srt');
});

it('names by file and line what cannot be shown, in both languages with a remedy, and the episode stands', async () => {
  const { segment, texts, found } = await indexed({
    'uno.vtt': vtt(
      '00:02.000 --> 00:03.000\ndue',
      '00:01.000 --> 00:02.000\nuno',
      '00:01.x --> 00:02.000\nrotta',
      '00:07.000 --> 00:08.000\noltre',
      '00:09.000 --> 00:10.000\noltre',
    ),
    'uno.chapters.json':
      '{"version":"1.2.0","chapters":[\n{"startTime":0,"title":"Inizio"},\n{"startTime":6.5,"title":"Oltre"}]}',
  });
  expect(segment?.chapters).toEqual([{ start: 0, title: 'Inizio' }]);
  expect(texts).toEqual(['uno', 'due']);
  expect(found.map(({ file, line, code, severity }) => [file, line, code, severity]).sort()).toEqual([
    ['uno.chapters.json', 3, 'chapter-past-end', 'warning'],
    ['uno.vtt', 12, 'cue-past-end', 'warning'],
    ['uno.vtt', 6, 'cue-order', 'warning'],
    ['uno.vtt', 9, 'cue-invalid', 'warning'],
  ]);
  const past = found.find(({ code }) => code === 'cue-past-end');
  expect(past && faultSentence(past, 'it')).toContain('oltre la fine di uno.mp3: 2, la prima a 00:00:07.000');
  for (const fault of found)
    for (const language of ['it', 'en'] as const) expect(faultSentence(fault, language)).not.toMatch(/[{}]/);
});

it('names the line on which a chapters file breaks, and takes those of the audio', async () => {
  const { found, segment } = await indexed({
    'uno.mp3': mp3({ seconds: 6, chapters: [{ start: 0, title: 'Uno' }] }),
    'uno.chapters.json': '{\n"chapters": [\n{,',
  });
  expect(segment).toMatchObject({ chapters: [{ start: 0, title: 'Uno' }], chaptersFrom: 'audio' });
  expect(found).toMatchObject([{ file: 'uno.chapters.json', line: 3, code: 'chapters-broken' }]);
});

it('above the limit is not read, and the episode stands without it', async () => {
  const { segment, found } = await indexed({ 'uno.vtt': Buffer.alloc(TRANSCRIPT_LIMIT_BYTES + 5, 'a') });
  expect(segment?.transcript).toBeUndefined();
  expect(found).toMatchObject([{ file: 'uno.vtt', code: 'transcript-too-long' }]);
});
