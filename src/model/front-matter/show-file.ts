import { z } from 'zod';
import { categoryOf } from '../apple-categories.ts';
import { guidWithin } from '../guid.ts';
import type { Show } from '../show.ts';
import type { Picture, Station } from '../station.ts';
import {
  address,
  colour,
  type FileReading,
  guid,
  language,
  paths,
  people,
  readKeys,
  text,
  yesOrNo,
} from './front-matter-keys.ts';

const showKeys = z
  .object({
    title: text,
    description: text,
    category: z
      .string('a-category')
      .refine((value) => categoryOf(value) !== undefined, 'a-category')
      .transform((value) => categoryOf(value) ?? DEFAULT_CATEGORY),
    language,
    hosts: people,
    colour,
    explicit: yesOrNo,
    type: z.enum(['episodic', 'serial'], 'episodic-or-serial'),
    link: address,
    complete: yesOrNo,
    licence: text,
    guid,
    redirectFrom: paths,
  })
  .partial();

export type ShowFile = z.output<typeof showKeys>;

/** The default category, since Apple requires one; it fits any radio programme. */
const DEFAULT_CATEGORY = { main: 'Society & Culture' };

/** Returns what a show.md says, with its faults. */
export function readShowFile(source: string, folder: string): FileReading<ShowFile> {
  return readKeys(source, showKeys, { folder, file: 'show.md' });
}

/** The station's values that its shows and episodes inherit. */
export type StationDefaults = Pick<Station, 'guid' | 'language' | 'timezone' | 'colour' | 'licence'>;

/** Returns the show with a default for each missing key (docs/episode-format.md lists them). */
export function showFrom(
  slug: string,
  file: ShowFile,
  station: StationDefaults,
  made: { cover: Picture; descriptionHtml: string; descriptionText: string },
): Show {
  const title = file.title ?? titleOfFolder(slug);
  return {
    ...file,
    slug,
    title,
    guid: file.guid ?? guidWithin(station.guid, slug),
    description: file.description ?? (made.descriptionText || title),
    descriptionHtml: made.descriptionHtml,
    category: file.category ?? DEFAULT_CATEGORY,
    language: file.language ?? station.language,
    hosts: file.hosts ?? [],
    colour: file.colour ?? station.colour,
    explicit: file.explicit ?? false,
    type: file.type ?? 'episodic',
    complete: file.complete ?? false,
    licence: file.licence ?? station.licence,
    cover: made.cover,
    redirectFrom: file.redirectFrom ?? [],
  };
}

/** Returns `Stacca stacca` for `stacca-stacca`: what a show without a title is called. */
export function titleOfFolder(name: string): string {
  const words = name.replace(/[-_]+/g, ' ').trim();
  return words === '' ? name : words.charAt(0).toLocaleUpperCase() + words.slice(1);
}
