import { en } from './en.ts';
import { it, type Texts } from './it.ts';

export type { Texts };

/** The languages in which the site's own words can be read. */
export const SITE_LANGUAGES = ['it', 'en'] as const;
export type SiteLanguage = (typeof SITE_LANGUAGES)[number];

const catalogues: Record<SiteLanguage, Texts> = { it, en };

/** Returns the site's sentences in a language. */
export const textsIn = (language: SiteLanguage): Texts => catalogues[language];

/** Returns the site's language for a BCP 47 tag (`en-GB` → `en`); `undefined` where we have no such words. */
export function siteLanguageOf(tag: string): SiteLanguage | undefined {
  const primary = tag.toLowerCase().split('-')[0];
  return SITE_LANGUAGES.find((language) => language === primary);
}

/** Returns the language in which pages are written when nobody asks for another: the station's, else Italian. */
export const defaultLanguageOf = (station: { language: string }): SiteLanguage =>
  siteLanguageOf(station.language) ?? 'it';
