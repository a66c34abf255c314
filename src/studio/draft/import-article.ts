import { z } from 'zod';
import type { FoundArticle } from '../../importing/importing.ts';
import type { DraftContent } from '../../publishing/drafts/drafts.ts';
import { failureOfError } from '../errors.ts';
import { requiredActor } from '../request/call.ts';
import type { Call, Reply } from '../route.ts';
import type { Studio } from '../studio.ts';
import { shownDateOf } from './draft-view.ts';

const order = z.object({ address: z.string().max(2_000) });
const LONGEST_LINE = 1_000;
const LONGEST_NAME = 200;
const MOST_NAMES = 100;

/** The form fields taken from an article. `cover`: an upload's id. */
export type ImportedFields = Pick<
  DraftContent,
  'title' | 'byline' | 'summary' | 'tags' | 'categories' | 'source' | 'body' | 'date'
> & { cover?: string; coverAlt: string };

/**
 * Fetches an article for a draft; its picture is taken as an upload. `shownDate`: as the form's field has it.
 */
export async function importArticle(studio: Studio, call: Call): Promise<Reply> {
  await studio.publishing.drafts.get(requiredActor(call), call.part('id'));
  const { address } = await call.json(order);
  const fields = await fetchArticleFields(studio, call, call.part('id'), address);
  const timezone = (await studio.catalogue.station())?.timezone ?? 'Europe/Rome';
  return { kind: 'json', value: { ...fields, shownDate: shownDateOf(fields.date, timezone) } };
}

export async function fetchArticleFields(
  studio: Studio,
  call: Call,
  draft: string,
  address: string,
): Promise<ImportedFields> {
  const actor = requiredActor(call);
  const article = await studio.importer.article(address).catch(async (error: unknown) => {
    const { problem } = failureOfError(error);
    await studio.publishing.journal.add(actor, 'import-refused', draft, { address, problem: problem.code });
    throw error;
  });
  const fields = fieldsFrom(article, call.now);
  if (article.cover === undefined) return fields;
  const { name, bytes, alt } = article.cover;
  const upload = await studio.uploads.take(actor, draft, { name, bytes: bytes.length, data: bytes });
  return { ...fields, cover: upload.id, coverAlt: alt };
}

/** Returns the fields of an article. A date in the past is kept; one in the future is ignored. */
const fieldsFrom = (found: FoundArticle, now: number): ImportedFields => ({
  title: found.title.slice(0, LONGEST_LINE),
  byline: found.byline.slice(0, LONGEST_LINE),
  summary: found.summary,
  tags: names(found.tags),
  categories: names(found.categories),
  source: found.address,
  body: found.markdown,
  date: found.date !== '' && Date.parse(found.date) <= now ? found.date : '',
  coverAlt: '',
});

const names = (all: string[]): string[] =>
  all
    .map((name) => name.replaceAll(',', ' ').trim().slice(0, LONGEST_NAME))
    .filter(Boolean)
    .slice(0, MOST_NAMES);

/** Returns the draft with empty fields filled from an article; its text goes below an existing one. */
export function withImportedFields(content: DraftContent, fields: ImportedFields): DraftContent {
  const { cover } = content;
  const isBare = cover.upload === undefined && cover.file === undefined;
  return {
    ...content,
    title: content.title || fields.title,
    byline: content.byline || fields.byline,
    summary: content.summary || fields.summary,
    source: content.source || fields.source,
    date: content.date || fields.date,
    tags: content.tags.length > 0 ? content.tags : fields.tags,
    categories: content.categories.length > 0 ? content.categories : fields.categories,
    body: content.body.trim() === '' ? fields.body : `${content.body.trimEnd()}\n\n${fields.body}`,
    cover:
      isBare && fields.cover !== undefined
        ? { upload: fields.cover, alt: cover.alt || fields.coverAlt }
        : cover,
  };
}
