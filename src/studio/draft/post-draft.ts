import type { Readable } from 'node:stream';
import {
  type Draft,
  type DraftContent,
  draftContent,
  type IntendedAction,
} from '../../publishing/drafts/drafts.ts';
import { DraftConflict } from '../../publishing/publishing.ts';
import { failureOfError } from '../errors.ts';
import { requiredActor } from '../request/call.ts';
import type { FormFields } from '../request/form.ts';
import { readMultipart } from '../request/multipart.ts';
import { parseOrRefuse } from '../request/wrong-value.ts';
import type { Call, Reply } from '../route.ts';
import type { Studio } from '../studio.ts';
import { conflictPage } from './draft-conflict.ts';
import { contentOfForm, type WrongField } from './draft-form.ts';
import { pageOfDraft, pageOfNew } from './draft-page.ts';
import { isPlaced, withUploads } from './draft-uploads.ts';
import { newContent, shownDateOf, showsFor } from './draft-view.ts';
import { fetchArticleFields, withImportedFields } from './import-article.ts';

const MOST_FIELDS = 2_000;

/** A form that was read: its fields, and the place of each file (`cover`, `replace:<file>`, `files`). */
type Posted = { fields: FormFields; uploads: { id: string; field: string }[]; draft: Draft | undefined };

/** Reads the form. Files go straight into the draft, which is made for the first of them if there is none. */
async function readPosted(studio: Studio, call: Call, known: Draft | undefined): Promise<Posted> {
  const actor = requiredActor(call);
  const uploads: Posted['uploads'] = [];
  let begun = known === undefined ? undefined : Promise.resolve(known);
  if (!/^multipart\/form-data/i.test(call.req.headers['content-type'] ?? ''))
    return { fields: await call.form(), uploads, draft: known };
  const fields = await readMultipart(call.req, {
    maxFields: MOST_FIELDS,
    async onFile(name: string, stream: Readable, field: string) {
      // An empty file field comes as a file without a name.
      if (name === '') return void stream.resume();
      // The next file may come before the draft has been made for the first.
      begun ??= studio.publishing.drafts.create(actor);
      const chosen = { id: '', field };
      uploads.push(chosen);
      const draft = await begun;
      chosen.id = (await studio.uploads.take(actor, draft.id, { name, data: stream })).id;
    },
  });
  return { fields, uploads, draft: await begun };
}

/** Makes a new draft from the form, whichever button was pressed. */
export async function createFromForm(studio: Studio, call: Call): Promise<Reply> {
  const { fields, uploads, draft } = await readPosted(studio, call, undefined);
  const empty = newContent(await showsFor(studio, requiredActor(call), call.now), undefined);
  const { content, wrong } = contentOfForm(fields, { content: empty, shownDate: '' });
  try {
    const fitting = checked(call, content);
    const created = draft ?? (await studio.publishing.drafts.create(requiredActor(call), fitting));
    return await save(studio, call, created, {
      fields,
      uploads,
      content: fitting,
      wrong,
      revision: created.revision,
    });
  } catch (error) {
    if (error instanceof DraftConflict || draft !== undefined) throw error;
    return pageOfNew(studio, call, { content, wrong, ...sentenceOf(call, error) });
  }
}

/** Saves the form of a draft, then does what its button says. */
export async function postDraft(studio: Studio, call: Call): Promise<Reply> {
  const known = await studio.publishing.drafts.get(requiredActor(call), call.part('id'));
  const { fields, uploads } = await readPosted(studio, call, known);
  const station = await studio.catalogue.station();
  const shownDate = shownDateOf(known.content.date, station?.timezone ?? 'Europe/Rome');
  const { content, wrong } = contentOfForm(fields, { content: known.content, shownDate });
  const revision = Number(fields.text('revision')) || 0;
  try {
    return await save(studio, call, known, {
      fields,
      uploads,
      content: checked(call, content),
      wrong,
      revision,
    });
  } catch (error) {
    if (error instanceof DraftConflict) return conflictPage(studio, call, error.conflict);
    return pageOfDraft(studio, call, await studio.publishing.drafts.get(requiredActor(call), known.id), {
      content,
      wrong,
      ...sentenceOf(call, error),
    });
  }
}

/** Throws `Refused` where a value is longer than it may be. */
const checked = (call: Call, content: DraftContent): DraftContent =>
  parseOrRefuse(draftContent, JSON.parse(JSON.stringify(content)), {
    language: call.language,
    whole: 'form',
  });

function sentenceOf(call: Call, error: unknown): { problem: string; status: number } {
  const { problem, status, isOurs } = failureOfError(error);
  if (isOurs) throw error;
  return { problem: call.texts.problems[problem.code](problem.values), status };
}

type Saving = {
  fields: FormFields;
  uploads: Posted['uploads'];
  content: DraftContent;
  wrong: WrongField[];
  revision: number;
};

async function save(studio: Studio, call: Call, draft: Draft, saving: Saving): Promise<Reply> {
  const { fields, uploads, wrong, revision } = saving;
  const order = uploads.map(({ id }) => id);
  const all = (await studio.uploads.ofDraft(draft.id)).sort(
    (one, other) => order.indexOf(one.id) - order.indexOf(other.id),
  );
  const [action = 'save', subject = ''] = splitAction(fields.text('action'));
  let content = saving.content;
  for (const { id, field } of uploads) content = putWhereItWasChosen(content, id, field);
  content = edited(withUploads(content, all), action, subject);
  let next = await studio.publishing.drafts.save(requiredActor(call), draft.id, revision, content);
  for (const { id } of all) {
    const isDone = id === subject || (isPlaced(draft.content, id) && !isPlaced(content, id));
    if (isDone) await studio.uploads.cancel(requiredActor(call), id);
  }
  if (action === 'import') {
    const address = fields.text('import-address');
    const found = await fetchArticleFields(studio, call, draft.id, address);
    next = await studio.publishing.drafts.save(
      requiredActor(call),
      draft.id,
      next.revision,
      withImportedFields(content, found),
    );
  }
  if (wrong.length > 0) return pageOfDraft(studio, call, next, { wrong });
  return after(studio, call, next, action, uploads.length > 0);
}

const splitAction = (action: string): string[] => {
  const colon = action.indexOf(':');
  return action === '' ? [] : colon < 0 ? [action] : [action.slice(0, colon), action.slice(colon + 1)];
};

/**
 * Returns the content with an upload in the place that it was chosen for; other uploads go where their kind
 * belongs.
 */
function putWhereItWasChosen(content: DraftContent, upload: string, field: string): DraftContent {
  const replaced = field.startsWith('replace:') ? field.slice('replace:'.length) : undefined;
  if (replaced !== undefined)
    return {
      ...content,
      segments: content.segments.map((segment) =>
        segment.file === replaced ? { ...segment, upload } : segment,
      ),
    };
  if (field !== 'cover') return content;
  return { ...content, cover: { alt: content.cover.alt, upload } };
}

/** Returns the content after a button of the list of files was pressed. */
function edited(content: DraftContent, action: string, subject: string): DraftContent {
  if (action === 'remove')
    return {
      ...content,
      segments: content.segments.filter(({ file, upload }) => file !== subject && upload !== subject),
      files: content.files.filter(({ file, upload }) => file !== subject && upload !== subject),
    };
  if (action === 'remove-cover') return { ...content, cover: { alt: '' } };
  if (action !== 'up' && action !== 'down') return content;
  const from = content.segments.findIndex(({ file }) => file === subject);
  const to = from + (action === 'up' ? -1 : 1);
  const segments = [...content.segments];
  const [moved] = segments.splice(from, 1);
  if (from < 0 || to < 0 || to >= content.segments.length || moved === undefined) return content;
  segments.splice(to, 0, moved);
  return { ...content, segments };
}

const INTENDED: Record<string, IntendedAction> = { publish: 'publish', review: 'review', folder: 'save' };

async function after(
  studio: Studio,
  call: Call,
  draft: Draft,
  action: string,
  hasFiles: boolean,
): Promise<Reply> {
  const words = call.texts.draft;
  const actor = requiredActor(call);
  const to = `/studio/drafts/${draft.id}`;
  const intended = INTENDED[action];
  if (intended !== undefined) {
    await studio.publishing.drafts.submit(actor, draft.id, draft.revision, intended);
    return { kind: 'redirect', to, notice: words.intent[intended] };
  }
  switch (action) {
    case 'preview':
      return { kind: 'redirect', to: `${to}/preview` };
    case 'hold':
      await studio.publishing.drafts.hold(actor, draft.id);
      return { kind: 'redirect', to, notice: words.held };
    case 'discard':
      await studio.publishing.drafts.discard(actor, draft.id);
      return { kind: 'redirect', to: '/studio', notice: words.discarded };
    case 'import':
      return { kind: 'redirect', to, notice: words.importDone };
    default:
      return { kind: 'redirect', to, notice: hasFiles ? words.uploadedPlain : words.saved };
  }
}
