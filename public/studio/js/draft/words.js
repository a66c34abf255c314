// @ts-check
import { unitText } from '../../../../src/site/view-models/formats.ts';

/**
 * Puts values into a sentence: `{name}`.
 * @param {string} sentence @param {Record<string, string | number>} values
 */
export const fill = (sentence, values) =>
  sentence.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));

/**
 * The sentence for this number of things.
 * @param {{ one: string, other: string }} sentences @param {number} count @param {string} language
 * @param {Record<string, string | number>} [values]
 */
export function plural(sentences, count, language, values = {}) {
  const isOne = new Intl.PluralRules(language).select(count) === 'one';
  return fill(isOne ? sentences.one : sentences.other, { count, ...values });
}

/** Returns how long something takes, in one unit, with that unit's number: `13 secondi`. @param {number} seconds @param {string} language */
export function roughTime(seconds, language) {
  /** @type {[string, number]} */
  const [unit, count] =
    seconds < 60
      ? ['second', Math.max(1, Math.round(seconds))]
      : seconds < 3600
        ? ['minute', Math.round(seconds / 60)]
        : ['hour', Math.round(seconds / 360) / 10];
  return { count, text: unitText(count, { unit, display: 'long', digits: 1 }, language) };
}

/** Returns how long ago something was: `2 secondi fa`. @param {number} seconds @param {string} language */
export function ago(seconds, language) {
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'always' });
  if (seconds < 60) return format.format(-Math.round(seconds), 'second');
  if (seconds < 3600) return format.format(-Math.round(seconds / 60), 'minute');
  return format.format(-Math.round(seconds / 3600), 'hour');
}

/** @param {number} share @param {string} sentence `{value} %` */
export const perCent = (share, sentence) => fill(sentence, { value: Math.floor(Math.min(1, share) * 100) });
