import type { Language } from '../texts/languages.ts';

/** Adds to the address of a page of ours what is carried from page to page (the reader's language). */
export type Link = (path: string, parameters?: Record<string, string | undefined>) => string;

/** Returns the `link` of pages in `language`; the default language needs no mark in the address. */
export function linkIn(language: Language, defaultLanguage: Language): Link {
  return (path, parameters = {}) => {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(parameters)) if (value !== undefined) query.set(name, value);
    if (language !== defaultLanguage) query.set('lang', language);
    const text = query.toString();
    return text === '' ? path : `${path}?${text}`;
  };
}
