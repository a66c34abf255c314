import { expect, test } from 'vitest';
import { fileSuggestions } from '../../src/studio/draft/prefill.ts';

const around = {
  station: 'Radio Blackout',
  today: '2025-02-01',
  shows: [
    { slug: 'stacca-stacca', title: 'Stacca Stacca' },
    { slug: 'stacca', title: 'Stacca' },
    { slug: 'arabesque', title: 'Arabesque' },
  ],
};

test.each([
  ['intervista_gilberto_30-01-2025.wav', { title: 'Intervista gilberto', date: '2025-01-30T12:00' }],
  [
    '2025-01-30 stacca-stacca - il modello.mp3',
    { show: 'stacca-stacca', title: 'Il modello', date: '2025-01-30T12:00' },
  ],
  ['ARABESQUE 20250123.flac', { show: 'arabesque', date: '2025-01-23T12:00' }],
  ['ZOOM0012.WAV', {}],
  ['Nuova registrazione 4.m4a', {}],
  ['20250201_123000.wav', {}],
  ['domani 2025-03-01.mp3', { title: 'Domani' }],
])('the name %s says what it says', (name, said) => {
  expect(fileSuggestions({ name }, around)).toEqual(said);
});

test('tags say more than the name; the station is no voice, an address no summary', () => {
  expect(
    fileSuggestions(
      {
        name: 'x_final.mp3',
        tags: {
          title: 'Il grano e la gru',
          album: 'Arabesque',
          artist: 'Marta',
          comment: 'Una conversazione sui porti del Mediterraneo.',
        },
      },
      around,
    ),
  ).toEqual({
    title: 'Il grano e la gru',
    show: 'arabesque',
    people: 'Marta',
    summary: 'Una conversazione sui porti del Mediterraneo.',
  });
  expect(
    fileSuggestions(
      {
        name: 'a.mp3',
        tags: { title: 'Track 01', artist: 'Radio Blackout', comment: 'https://example.org/una/pagina' },
      },
      around,
    ),
  ).toEqual({});
});
