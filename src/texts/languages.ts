/**
 * The languages in which the program's own words can be read; the first is the one in which they are written first. Another
 * one is a folder beside this file and an entry here (docs/translating.md).
 */
export const LANGUAGES = ['it', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Returns our language for a BCP 47 tag (`en-GB` → `en`); `undefined` where we have no such words. */
export function languageOfTag(tag: string): Language | undefined {
  const primary = tag.toLowerCase().split('-')[0];
  return LANGUAGES.find((language) => language === primary);
}

/** Returns the language in which pages are written when nobody asks for another: the station's, else Italian. */
export const defaultLanguage = (station: { language: string }): Language =>
  languageOfTag(station.language) ?? 'it';
