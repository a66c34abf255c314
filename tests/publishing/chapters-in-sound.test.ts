import { join } from 'node:path';
import { type IChapter, parseFile } from 'music-metadata';
import { expect, test } from 'vitest';
import type { DraftContent } from '../../src/publishing/drafts/draft.ts';
import { wav } from '../fixtures/audio.ts';
import { ada, type TestStudio, testStudio } from './opened-publishing.ts';

const FOLDER = 'stacca/2025-01-30-sputnik';
const SOUND = 'voce.wav';
const HEADINGS = [
  '## L’inizio [0:00](voce.wav#t=0:00)',
  'Un [momento](voce.wav#t=0:01) senza titolo.',
  '### [0:01](voce.wav#t=0:01) Il costo',
].join('\n\n');

/** Publishes one sound of two seconds with this article, and these other files. Returns the studio. */
async function published(body: string, files: Record<string, string> = {}): Promise<TestStudio> {
  const studio = await testStudio();
  const { id, content } = await studio.publishing.drafts.create(ada, { show: 'stacca', title: 'Sputnik' });
  const upload = await studio.upload(id, SOUND, wav({ seconds: 2 }));
  const others: DraftContent['files'] = [];
  for (const [file, text] of Object.entries(files))
    others.push({ file, upload: await studio.upload(id, file, Buffer.from(text)) });
  await studio.work();
  const segments = [{ file: SOUND, upload, title: '', voice: 'auto' as const }];
  await studio.publishing.drafts.save(ada, id, 1, { ...content, body, segments, files: others });
  await studio.submit(id, 'publish');
  return studio;
}

/** The chapters that the published file's own tag has, as a player reads them (ID3v2 Chapter Frame Addendum). */
async function chaptersOf({ episodes }: TestStudio): Promise<IChapter[]> {
  const path = join(episodes, FOLDER, 'voce.mp3');
  const { format } = await parseFile(path, { includeChapters: true });
  return format.chapters ?? [];
}

test('headings of the article with a moment are chapters of the sound that is published with it', async () => {
  const studio = await published(HEADINGS);
  expect(await chaptersOf(studio)).toMatchObject([
    { title: 'L’inizio', start: 0, end: 1 },
    { title: 'Il costo', start: 1, end: 2 },
  ]);
});

test('a chapters file comes before the headings; what lies past the end stays out', async () => {
  const chapters = [
    { startTime: 500, title: 'Oltre la fine' },
    { startTime: 1.5, title: 'Il <costo> & altro' },
    { startTime: 0, title: 'Apertura' },
  ];
  const studio = await published(HEADINGS, {
    'voce.chapters.json': JSON.stringify({ version: '1.2.0', chapters }),
  });
  expect(await chaptersOf(studio)).toMatchObject([
    { title: 'Apertura', start: 0, end: 1.5 },
    { title: 'Il <costo> & altro', start: 1.5, end: 2 },
  ]);
});

test('an article without a moment in a heading gives the sound no chapters', async () => {
  const studio = await published('## Un titolo\n\nUn [momento](voce.wav#t=0:01).');
  expect(await chaptersOf(studio)).toEqual([]);
});
