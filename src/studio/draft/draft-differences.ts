import type { DraftContent } from '../../publishing/drafts/drafts.ts';
import { textDifference } from '../../publishing/episodes/episodes.ts';
import type { DiffPart } from '../../publishing/publishing.ts';
import { draftFormFields } from './draft-form.ts';

/** A part of a draft in which two versions may differ. */
export const COMPARED = [
  'show',
  'title',
  'summary',
  'body',
  'byline',
  'people',
  'categories',
  'tags',
  'date',
  'source',
  'licence',
  'explicit',
  'season',
  'number',
  'type',
  'files',
  'cover',
] as const;
export type Compared = (typeof COMPARED)[number];

export type FieldDifference = {
  field: Compared;
  theirs: string;
  mine: string;
  /** From theirs to mine. */
  parts: DiffPart[];
  /** A text of several lines, which can be merged by hand. */
  isLong: boolean;
};

type Dated = { content: DraftContent; shownDate: string };

/** Returns the parts in which two drafts differ, as words for people. */
export function fieldDifferences(theirs: Dated, mine: Dated): FieldDifference[] {
  return COMPARED.flatMap((field) => {
    const [one, other] = [textOf(field, theirs), textOf(field, mine)];
    if (one === other) return [];
    const isLong = field === 'body' || field === 'summary';
    return [{ field, theirs: one, mine: other, parts: textDifference(one, other), isLong }];
  });
}

function textOf(field: Compared, dated: Dated): string {
  const { content } = dated;
  if (field === 'files')
    return [...content.segments, ...content.files]
      .map((entry) =>
        'title' in entry && entry.title !== '' ? `${entry.file} (${entry.title})` : entry.file,
      )
      .join('\n');
  if (field === 'cover') {
    const { file = '', upload = '', alt, crop } = content.cover;
    const cut =
      crop === undefined
        ? ''
        : ` (${[crop.x, crop.y, crop.size].map((share) => `${Math.round(share * 100)}%`).join(', ')})`;
    return [`${file || upload}${cut}`, alt].filter((part) => part !== '').join('\n');
  }
  return draftFormFields(dated)[field];
}

/** The choice for each part: theirs, mine, or for the text one merged by hand. */
export type Choices = {
  pick(field: Compared): 'theirs' | 'mine' | 'merged';
  merged(field: 'body' | 'summary'): string;
};

/** Returns the draft made of these choices. */
export function chosenContent(theirs: DraftContent, mine: DraftContent, choices: Choices): DraftContent {
  const of = (field: Compared): DraftContent => (choices.pick(field) === 'theirs' ? theirs : mine);
  const text = (field: 'body' | 'summary'): string =>
    choices.pick(field) === 'merged' ? choices.merged(field) : of(field)[field];
  const { season } = of('season');
  const { number } = of('number');
  return {
    show: of('show').show,
    title: of('title').title,
    summary: text('summary'),
    byline: of('byline').byline,
    people: of('people').people,
    categories: of('categories').categories,
    tags: of('tags').tags,
    date: of('date').date,
    source: of('source').source,
    licence: of('licence').licence,
    explicit: of('explicit').explicit,
    ...(season === undefined ? {} : { season }),
    ...(number === undefined ? {} : { number }),
    type: of('type').type,
    body: text('body'),
    segments: of('files').segments,
    files: of('files').files,
    cover: of('cover').cover,
  };
}
