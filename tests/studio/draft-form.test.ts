import { describe, expect, test } from 'vitest';
import { type DraftContent, draftContent } from '../../src/publishing/drafts/draft.ts';
import { chosenContent, fieldDifferences } from '../../src/studio/draft/draft-differences.ts';
import { contentOfForm, draftFormFields, sameContent } from '../../src/studio/draft/draft-form.ts';
import { formFields } from '../../src/studio/request/form.ts';

const upload = '11111111-2222-4333-8444-555555555555';

const full: DraftContent = draftContent.parse({
  show: 'stacca-stacca',
  title: 'Il modello che costa venti volte meno',
  summary: 'Con Gilberto dentro la notizia.',
  byline: 'redazione',
  people: [
    { name: 'Gilberto', role: 'ospite', url: 'https://example.org/g' },
    { name: 'Rossi, Mario', img: 'mario.jpg' },
  ],
  categories: ['Conflitti globali'],
  tags: ['cina', 'uno, due'],
  date: '2025-01-30T14:05:30+01:00',
  source: 'https://example.org/articolo',
  licence: 'CC BY-SA 4.0',
  explicit: 'no',
  season: 2,
  number: 17,
  type: 'bonus',
  body: '## Titolo\r\n\r\nTesto.\r\n',
  segments: [
    { file: 'gilberto.mp3', title: 'Gilberto', guid: 'guid-1', people: [{ name: 'Gilberto' }] },
    { file: 'coda.mp3', upload, voice: 'stereo' },
  ],
  files: [{ file: 'gilberto.vtt' }, { file: 'foto.jpg', upload }],
  cover: { file: 'cover.jpg', alt: 'Un cavo', crop: { x: 0.1, y: 0.25, size: 0.5 } },
});
const base = { content: full, shownDate: '2025-01-30T14:05' };

/** What a browser sends of the form that shows a draft. */
function posted(changes: Record<string, string> = {}): URLSearchParams {
  const { cover, segments, files } = full;
  const form = new URLSearchParams({ ...draftFormFields(base), ...changes });
  for (const segment of segments) {
    form.append('segment-file[]', segment.file);
    form.append('segment-upload[]', segment.upload ?? '');
    form.append('segment-title[]', segment.title);
    form.append('segment-voice[]', segment.voice);
  }
  for (const file of files) {
    form.append('file-file[]', file.file);
    form.append('file-upload[]', file.upload ?? '');
  }
  form.append('cover-file', cover.file ?? '');
  form.append('cover-upload', '');
  form.append('cover-alt', cover.alt);
  form.append('crop', 'yes');
  form.append('crop-x', '10');
  form.append('crop-y', '25');
  form.append('crop-size', '50');
  return form;
}

const read = (form: URLSearchParams) => contentOfForm(formFields(form.toString()), base);

describe('a draft in its form', () => {
  test('that nobody touched comes back to the letter, also what the form does not show', () => {
    const { content, wrong } = read(posted());
    expect(content).toEqual(full);
    expect(wrong).toEqual([]);
  });

  test('people keep what stands nowhere in the line, by their name', () => {
    const { content } = read(posted({ people: 'Irene, Gilberto (conduce),  , Irene' }));
    expect(content.people).toEqual([
      { name: 'Irene' },
      { name: 'Gilberto', role: 'conduce', url: 'https://example.org/g' },
    ]);
  });

  test('lists are lines with commas, each name once', () => {
    expect(read(posted({ tags: ' cina ,ia,, cina' })).content.tags).toEqual(['cina', 'ia']);
  });

  test('a date is the one of the field, or none for now', () => {
    expect(read(posted({ date: '2036-12-03T18:00' })).content.date).toBe('2036-12-03T18:00');
    expect(read(posted({ when: 'now' })).content.date).toBe('');
  });

  test('a value that will not do is named, and the rest is taken', () => {
    const { content, wrong } = read(posted({ season: 'due', date: 'domani', title: 'Altro' }));
    expect(wrong.toSorted()).toEqual(['date', 'season']);
    expect(content).toMatchObject({ title: 'Altro', season: 2, date: full.date });
  });

  test('a number that was taken out is gone', () => {
    expect(read(posted({ number: '' })).content).not.toHaveProperty('number');
  });

  test('segments are in the order of the form and keep their guid', () => {
    const form = posted();
    for (const name of ['file', 'upload', 'title', 'voice']) form.delete(`segment-${name}[]`);
    form.append('segment-file[]', 'coda.mp3');
    form.append('segment-upload[]', upload);
    form.append('segment-title[]', 'Coda');
    form.append('segment-voice[]', 'mono');
    form.append('segment-file[]', 'gilberto.mp3');
    form.append('segment-upload[]', '');
    form.append('segment-title[]', '');
    form.append('segment-voice[]', 'auto');
    expect(read(form).content.segments).toEqual([
      { file: 'coda.mp3', upload, title: 'Coda', voice: 'mono' },
      { file: 'gilberto.mp3', guid: 'guid-1', people: [{ name: 'Gilberto' }], title: '', voice: 'auto' },
    ]);
  });

  test('an empty form is an empty draft', () => {
    const empty = draftContent.parse({});
    expect(contentOfForm(formFields(''), { content: empty, shownDate: '' }).content).toEqual(empty);
  });

  test('any content that a form gives is one that is accepted', () => {
    const odd = posted({
      people: ',(), (solo ruolo), x (',
      tags: 'a'.repeat(900),
      number: '0',
      'crop-x': 'NaN',
    });
    expect(draftContent.safeParse(read(odd).content).error).toBeUndefined();
  });
});

test('two contents say the same whatever the order of their parts', () => {
  const { title, ...rest } = full;
  expect(sameContent(full, { ...rest, title })).toBe(true);
  expect(sameContent(full, { ...full, tags: ['cina'] })).toBe(false);
});

describe('two drafts beside each other', () => {
  const theirs: DraftContent = { ...full, title: 'Un altro titolo', body: 'Testo di Irene.\n', tags: ['ia'] };
  const dated = (content: DraftContent) => ({ content, shownDate: base.shownDate });

  test('only what differs is asked about, both texts whole in the parts', () => {
    const differences = fieldDifferences(dated(theirs), dated(full));
    expect(differences.map(({ field }) => field)).toEqual(['title', 'body', 'tags']);
    for (const { theirs, mine, parts } of differences) {
      const without = (side: string) => parts.filter((part) => part.in !== side).map(({ text }) => text);
      expect(without('new').join('')).toBe(theirs);
      expect(without('old').join('')).toBe(mine);
    }
  });

  test('each part is of whom it was chosen of, a text also as it was merged by hand', () => {
    const chosen = chosenContent(theirs, full, {
      pick: (field) => (field === 'title' ? 'theirs' : field === 'body' ? 'merged' : 'mine'),
      merged: () => 'Insieme.',
    });
    expect(chosen).toEqual({ ...full, title: 'Un altro titolo', body: 'Insieme.' });
  });
});
