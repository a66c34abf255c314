import { expect, it } from 'vitest';
import { uuidV5 } from '../../src/model/guid.ts';
import { clockTime, momentOf } from '../../src/model/moment.ts';
import { dateInName, instantOf, yearOf } from '../../src/model/station-time.ts';

const inRome = (text: string): string | undefined => {
  const instant = instantOf(text, 'Europe/Rome');
  return instant === undefined ? undefined : new Date(instant).toISOString();
};

it.each([
  ['2025-01-30', '2025-01-29T23:00:00.000Z'],
  ['2025-07-30', '2025-07-29T22:00:00.000Z'],
  ['2025-01-30 14:05', '2025-01-30T13:05:00.000Z'],
  ['2025-01-30T14:05:30+05:00', '2025-01-30T09:05:30.000Z'],
  ['2025-01-30T14:05Z', '2025-01-30T14:05:00.000Z'],
])('takes %s for %s on the station’s clock', (text, instant) => {
  expect(inRome(text)).toBe(instant);
});

it.each(['ieri', '2025-02-30', '30/01/2025', '2025-01-30 25:00', ''])('takes "%s" for no date', (text) => {
  expect(inRome(text)).toBeUndefined();
});

it('finds the date at the head of a folder’s name, and no other figures', () => {
  expect(dateInName('2025-01-30-sputnik-moment')).toBe('2025-01-30');
  expect(dateInName('20250130 sputnik')).toBe('2025-01-30');
  expect(dateInName('sputnik-2025-01-30')).toBeUndefined();
  expect(dateInName('2025013099')).toBeUndefined();
});

it('counts the first minutes of January, in Rome, to the new year', () => {
  expect(yearOf(Date.UTC(2024, 11, 31, 23, 30), 'Europe/Rome')).toBe(2025);
});

it.each([
  ['#t=4:12', 252],
  ['#t=252.5', 252.5],
  ['#t=npt:1:04:12', 3852],
  ['#t=12,20', 12],
  ['#t=,20', 0],
])('hears %s as a moment', (fragment, seconds) => {
  expect(momentOf(fragment)).toBe(seconds);
});

it.each(['#capitolo', '', '#t=9:99', '#t=-3', '#t=smpte:1'])('hears no moment in "%s"', (fragment) => {
  expect(momentOf(fragment)).toBeUndefined();
});

it('says moments as people write them', () => {
  expect([9, 252, 3852.7].map(clockTime)).toEqual(['0:09', '4:12', '1:04:12']);
});

it('makes the UUIDv5 that RFC 9562 gives as its example', () => {
  expect(uuidV5('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'www.example.com')).toBe(
    '2ed6657d-e927-568b-95e1-2665a8aea6a2',
  );
});

it('makes the podcast:guid that the namespace’s documentation gives as its example', () => {
  expect(uuidV5('ead4c236-bf58-58c6-a2c6-a6b28d128cb6', 'podnews.net/rss')).toBe(
    '9b024349-ccf0-5f69-a609-6b82873eab3c',
  );
});
