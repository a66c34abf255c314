import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Language } from './languages.ts';
import { translationFaults } from './translation-faults.ts';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));

/** A language's file of sentences is not what the Italian one is. The message has a line for each fault. */
export class TranslationBroken extends Error {
  override name = 'TranslationBroken';
}

/**
 * Returns a file of sentences in a language. `italian`: the same file in Italian, which all others follow: the same keys, the
 * same values to put in, and every kind of plural that the language has. Throws `TranslationBroken`.
 */
export function readTranslation<T>(
  language: Language | string,
  file: string,
  italian: T,
  folder = FOLDER,
): T {
  if (language === 'it') return italian;
  const path = `${language}/${file}.json`;
  const translation: unknown = JSON.parse(readFileSync(`${folder}/${path}`, 'utf8'));
  const faults = translationFaults(translation, italian, language);
  if (faults.length > 0 || !isLike(translation, italian))
    throw new TranslationBroken(faults.map((fault) => `${path}: ${fault}`).join('\n'));
  return translation;
}

/** What `translationFaults` finds no fault with has the Italian file's shape. */
const isLike = <T>(translation: unknown, italian: T): translation is T =>
  typeof translation === typeof italian && translation !== null;

/** Returns a dictionary of a language: words that may be left as they were written where it has none. */
export function readDictionary(language: Language, file: string): ReadonlyMap<string, string> {
  const words: unknown = JSON.parse(readFileSync(`${FOLDER}/${language}/${file}.json`, 'utf8'));
  const entries = typeof words === 'object' && words !== null ? Object.entries(words) : [];
  return new Map(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}
