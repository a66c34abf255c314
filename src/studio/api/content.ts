import type { z } from 'zod';
import { type DraftContent, draftContent } from '../../publishing/drafts/drafts.ts';
import type { episodeFields } from './schemas.ts';

export type EpisodeFields = Partial<z.output<typeof episodeFields>>;

/** Returns a draft's content with the values that a program sent. */
export function contentWith(content: DraftContent, fields: EpisodeFields): DraftContent {
  const { explicit, coverAlt, ...rest } = fields;
  return draftContent.parse({
    ...content,
    ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)),
    explicit: explicit === undefined ? content.explicit : explicit ? 'yes' : 'no',
    cover: coverAlt === undefined ? content.cover : { ...content.cover, alt: coverAlt },
  });
}

/**
 * Returns the fields of an episode from those of a form: lists are separated by commas, people also by lines.
 */
export function fieldsOfForm(values: Map<string, string>): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const [name, value] of values) fields[name] = PARSERS[name]?.(value) ?? value;
  return fields;
}

const listed = (value: string): string[] =>
  value
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');

const PARSERS: Record<string, (value: string) => unknown> = {
  categories: listed,
  tags: listed,
  people: (value) => value.split(/[,\n]/).flatMap(personOf),
  explicit: (value) => /^(1|yes|true|s[iì])$/i.test(value.trim()),
  season: Number,
  number: Number,
};

/** `Gilberto (guest)`. */
function personOf(text: string): { name: string; role?: string }[] {
  const parts = /^\s*(.*?)\s*(?:\(([^()]+)\))?\s*$/s.exec(text);
  const [, name = '', role] = parts ?? [];
  if (name === '') return [];
  return [{ name, ...(role === undefined ? {} : { role }) }];
}
