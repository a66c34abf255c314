import type { Request } from 'express';
import { type Language, languageOfTag } from '../texts/languages.ts';
import { type SiteTexts, siteTexts } from '../texts/site-texts.ts';
import { NotFound } from './errors.ts';
import type { Frame } from './frame.ts';
import { type Link, linkIn } from './links.ts';
import type { Site } from './site.ts';
import { type Dates, datesIn } from './view-models/dates.ts';

/** A parsed request: what was requested, when, and the language of the answer. */
export type PageRequest = {
  /** The path as requested, percent-encoded. */
  path: string;
  /** A part of the address by its name in the route, decoded. Throws `NotFound` where the route has none. */
  part(name: string): string;
  /**
   * A query parameter, cut to `longest` characters (512 unless told); `undefined` when it is missing or
   * empty.
   */
  query(name: string, longest?: number): string | undefined;
  /** Milliseconds since 1970; the same for the whole request. */
  now: number;
  frame: Frame;
  language: Language;
  texts: SiteTexts;
  dates: Dates;
  link: Link;
};

const LONGEST_PARAMETER = 512;

/** Returns a request in the form that pages get. */
export function readPageRequest(
  site: Site,
  frame: Frame,
  req: Pick<Request, 'url' | 'path' | 'params'>,
): PageRequest {
  const parameters = new URL(req.url, 'http://site').searchParams;
  const query = (name: string, longest = LONGEST_PARAMETER): string | undefined => {
    const value = parameters.get(name)?.trim().slice(0, longest);
    return value === '' ? undefined : value;
  };
  const language = languageOfTag(query('lang') ?? '') ?? frame.defaultLanguage;
  return {
    path: req.path,
    part(name) {
      const value = req.params[name];
      if (typeof value !== 'string') throw new NotFound(`The route has no part named ${name}`);
      return value;
    },
    query,
    now: site.now(),
    frame,
    language,
    texts: siteTexts(language),
    dates: datesIn(language, frame.station.timezone),
    link: linkIn(language, frame.defaultLanguage),
  };
}
