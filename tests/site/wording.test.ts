import { describe, expect, test } from 'vitest';
import { datesIn } from '../../src/site/view-models/dates.ts';
import {
  durationIso,
  durationText,
  momentText,
  sizeText,
  spokenDuration,
} from '../../src/site/view-models/durations.ts';
import { siteTexts } from '../../src/texts/site-texts.ts';

describe('lengths', () => {
  test.each([
    [1306, `21'46"`, '21:46', 'PT21M46S', '21 minuti e 46 secondi'],
    [9, `00'09"`, '00:09', 'PT9S', '9 secondi'],
    [3849, `1h 04'09"`, '1:04:09', 'PT1H4M9S', '1 ora, 4 minuti e 9 secondi'],
    [60, `01'00"`, '01:00', 'PT1M0S', '1 minuto'],
    [0, `00'00"`, '00:00', 'PT0S', '0 secondi'],
  ])('%d seconds are written, timed, marked up and said', (seconds, written, timed, iso, said) => {
    expect(durationText(seconds)).toBe(written);
    expect(momentText(seconds)).toBe(timed);
    expect(durationIso(seconds)).toBe(iso);
    expect(spokenDuration(seconds, 'it')).toBe(said);
  });

  test('a length is rounded, a moment is not passed before its time', () => {
    expect(durationText(59.6)).toBe(`01'00"`);
    expect(momentText(59.6)).toBe('00:59');
  });

  test('sizes are in the reader’s language', () => {
    expect(sizeText(20_900_000, 'it')).toBe('21 MB');
    expect(sizeText(1_450_000, 'it')).toBe('1,5 MB');
    expect(sizeText(205_000, 'en')).toBe('205 kB');
  });
});

describe('dates', () => {
  const lateEvening = Date.parse('2025-01-30T23:30:00Z');

  test('are on the station’s clock, in the page’s language', () => {
    expect(datesIn('it', 'Europe/Rome').day(lateEvening)).toBe('31 gennaio 2025');
    expect(datesIn('en', 'Europe/Rome').day(lateEvening)).toBe('31 January 2025');
    expect(datesIn('it', 'Europe/Rome').short(lateEvening)).toBe('31.01.25');
    expect(datesIn('it', 'America/Lima').day(lateEvening)).toBe('30 gennaio 2025');
  });

  test('carry their offset for machines, summer and winter', () => {
    expect(datesIn('it', 'Europe/Rome').iso(lateEvening)).toBe('2025-01-31T00:30:00+01:00');
    expect(datesIn('it', 'Europe/Rome').iso(Date.parse('2025-07-01T10:00:00Z'))).toBe(
      '2025-07-01T12:00:00+02:00',
    );
  });
});

test('no sentence is left in Italian on the English pages', () => {
  const [it, en] = [siteTexts('it'), siteTexts('en')];
  const same = (['home', 'shows', 'older', 'chapters', 'audioFailed', 'subscribeExplained'] as const).filter(
    (key) => en[key] === it[key],
  );
  expect(same).toEqual([]);
  expect(en.errors.gone.sentence).not.toBe(it.errors.gone.sentence);
});
