import type { DraftContent } from '../../publishing/drafts/drafts.ts';
import type { FormFields } from '../request/form.ts';

/** The form fields of a draft, without its lists of segments and files. */
export type DraftFields = Record<(typeof TEXTS)[number], string> & {
  people: string;
  categories: string;
  tags: string;
  when: 'now' | 'at';
  /** In the form of `<input type="datetime-local">`, on the station's clock. */
  date: string;
  explicit: DraftContent['explicit'];
  type: DraftContent['type'];
  season: string;
  number: string;
  body: string;
};

/** The draft that a form was made from, with the date as the form showed it. */
export type FormBase = { content: DraftContent; shownDate: string };

/** A field with an invalid value; the content keeps the old one. */
export type WrongField = 'date' | 'season' | 'number';

const TEXTS = ['show', 'title', 'summary', 'byline', 'source', 'licence'] as const;
const LONGEST_NAME = 200;

/** Returns what the form's fields show of a draft. */
export function draftFormFields({ content, shownDate }: FormBase): DraftFields {
  const { show, title, summary, byline, source, licence } = content;
  return {
    ...{ show, title, summary, byline, source, licence },
    people: peopleText(content.people),
    categories: listText(content.categories),
    tags: listText(content.tags),
    when: content.date === '' ? 'now' : 'at',
    date: shownDate,
    explicit: content.explicit,
    type: content.type,
    season: content.season === undefined ? '' : String(content.season),
    number: content.number === undefined ? '' : String(content.number),
    body: content.body,
  };
}

/**
 * Returns the content of a form, and its invalid fields. A value that is unchanged in the form stays as it
 * was to the letter: a date with an offset, a name with a comma, keys of people and segments that the form
 * does not show.
 */
export function contentOfForm(
  fields: FormFields,
  base: FormBase,
): { content: DraftContent; wrong: WrongField[] } {
  const before = base.content;
  const shown = draftFormFields(base);
  const wrong: WrongField[] = [];
  const wholeNumber = (name: 'season' | 'number'): number | undefined => {
    const text = fields.text(name);
    if (text === '') return undefined;
    if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
    wrong.push(name);
    return before[name];
  };
  const dateOf = (): string => {
    if (fields.text('when') !== 'at') return '';
    const date = fields.text('date');
    if (date !== '' && date === shown.date && before.date !== '') return before.date;
    if (/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(date)) return date;
    wrong.push('date');
    return before.date;
  };
  const listOf = (name: 'categories' | 'tags'): string[] =>
    fields.text(name) === shown[name].trim() ? before[name] : names(fields.text(name));
  const body = fields.all('body')[0] ?? '';
  const season = wholeNumber('season');
  const number = wholeNumber('number');
  const content: DraftContent = {
    show: fields.text('show'),
    title: fields.text('title'),
    summary: fields.text('summary'),
    byline: fields.text('byline'),
    people:
      fields.text('people') === shown.people.trim()
        ? before.people
        : peopleOf(fields.text('people'), before.people),
    categories: listOf('categories'),
    tags: listOf('tags'),
    date: dateOf(),
    source: fields.text('source'),
    licence: fields.text('licence'),
    explicit: oneOf(['yes', 'no'] as const, fields.text('explicit')) ?? '',
    ...(season === undefined ? {} : { season }),
    ...(number === undefined ? {} : { number }),
    type: oneOf(['trailer', 'bonus'] as const, fields.text('type')) ?? 'full',
    body: body === before.body.replace(/\r\n?/g, '\n') ? before.body : body,
    segments: segmentsOf(fields, before),
    files: filesOf(fields),
    cover: coverOf(fields),
  };
  return { content, wrong };
}

/** Returns the places of `values` of the form's parallel lists: `segment-file[]`, `segment-upload[]`, … */
function segmentsOf(fields: FormFields, before: DraftContent): DraftContent['segments'] {
  const uploads = fields.all('segment-upload[]');
  const titles = fields.all('segment-title[]');
  const voices = fields.all('segment-voice[]');
  return fields.all('segment-file[]').flatMap((file, index) => {
    if (file === '') return [];
    const known = before.segments.find((segment) => segment.file === file);
    return [
      {
        ...known,
        file,
        upload: uploads[index] || undefined,
        title: (titles[index] ?? '').trim(),
        voice: oneOf(['mono', 'stereo'] as const, voices[index] ?? '') ?? 'auto',
      },
    ];
  });
}

function filesOf(fields: FormFields): DraftContent['files'] {
  const uploads = fields.all('file-upload[]');
  return fields
    .all('file-file[]')
    .flatMap((file, index) => (file === '' ? [] : [{ file, upload: uploads[index] || undefined }]));
}

function coverOf(fields: FormFields): DraftContent['cover'] {
  const share = (name: string): number => Math.min(1, Math.max(0, Number(fields.text(name)) / 100 || 0));
  const file = fields.text('cover-file');
  const upload = fields.text('cover-upload');
  return {
    ...(file === '' ? {} : { file }),
    ...(upload === '' ? {} : { upload }),
    alt: fields.text('cover-alt'),
    ...(fields.ticked('crop')
      ? { crop: { x: share('crop-x'), y: share('crop-y'), size: Math.max(0.05, share('crop-size')) } }
      : {}),
  };
}

/** `Gilberto (ospite), Irene` */
const peopleText = (people: DraftContent['people']): string =>
  listText(people.map(({ name, role }) => (role === undefined ? name : `${name} (${role})`)));

function peopleOf(text: string, before: DraftContent['people']): DraftContent['people'] {
  return names(text).flatMap((entry) => {
    const [, name = entry, role] = /^(.+?)\s*\(([^()]*)\)$/.exec(entry) ?? [];
    const known = before.find((person) => person.name === name);
    const { role: _, ...rest } = known ?? { name };
    return [{ ...rest, name, ...(role ? { role: role.trim().slice(0, 100) } : {}) }];
  });
}

const listText = (entries: string[]): string => entries.join(', ');

/** Returns the entries of a line separated by commas, each once. */
function names(text: string): string[] {
  const entries = text.split(/[,\n]/).map((entry) => entry.trim().slice(0, LONGEST_NAME));
  return [...new Set(entries.filter((entry) => entry !== ''))];
}

const oneOf = <T extends string>(values: readonly T[], text: string): T | undefined =>
  values.find((value) => value === text);

/** Returns whether two contents say the same. */
export const sameContent = (one: DraftContent, other: DraftContent): boolean =>
  canonical(one) === canonical(other);

const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  );
