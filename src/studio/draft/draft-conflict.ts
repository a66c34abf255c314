import { Refused } from '../../model/problem.ts';
import { type DraftContent, draftContent } from '../../publishing/drafts/drafts.ts';
import { type Conflict, DraftConflict } from '../../publishing/publishing.ts';
import { requiredActor } from '../request/call.ts';
import type { FormFields } from '../request/form.ts';
import { readMultipart } from '../request/multipart.ts';
import type { Call, Reply } from '../route.ts';
import type { Studio } from '../studio.ts';
import { type Choices, type Compared, chosenContent, fieldDifferences } from './draft-differences.ts';
import { contentOfForm } from './draft-form.ts';
import { shownDateOf } from './draft-view.ts';

type Sides = {
  theirs: DraftContent;
  mine: DraftContent;
  /** The revision over which the choice is saved. */
  revision: number;
  lead: string;
  theirsName: string;
  action: string;
  back: string;
  status: number;
};

/** Shows both texts side by side. Nothing is stored before a choice; the page carries the late text. */
async function sidesPage(studio: Studio, call: Call, sides: Sides): Promise<Reply> {
  const timezone = (await studio.catalogue.station())?.timezone ?? 'Europe/Rome';
  const dated = (content: DraftContent) => ({ content, shownDate: shownDateOf(content.date, timezone) });
  return {
    kind: 'page',
    view: 'conflict',
    title: call.texts.draft.conflictTitle,
    section: 'drafts',
    status: sides.status,
    values: {
      ...sides,
      mineText: JSON.stringify(sides.mine),
      differences: fieldDifferences(dated(sides.theirs), dated(sides.mine)),
    },
  };
}

export async function conflictPage(
  studio: Studio,
  call: Call,
  { draft, mine, byName }: Conflict,
): Promise<Reply> {
  const words = call.texts.draft;
  return sidesPage(studio, call, {
    theirs: draft.content,
    mine,
    revision: draft.revision,
    lead: words.conflictLead(byName),
    theirsName: words.theirs(byName),
    action: `/studio/drafts/${draft.id}/resolve`,
    back: `/studio/drafts/${draft.id}`,
    status: 409,
  });
}

/** The page for a save that lost a conflict, sent by the script. */
export async function compareDraft(studio: Studio, call: Call): Promise<Reply> {
  const draft = await studio.publishing.drafts.get(requiredActor(call), call.part('id'));
  const fields = await formOf(call);
  const timezone = (await studio.catalogue.station())?.timezone ?? 'Europe/Rome';
  const shownDate = shownDateOf(draft.content.date, timezone);
  const { content } = contentOfForm(fields, { content: draft.content, shownDate });
  return conflictPage(studio, call, { draft, mine: content, byName: draft.updatedByName });
}

export async function resolveConflict(studio: Studio, call: Call): Promise<Reply> {
  const actor = requiredActor(call);
  const draft = await studio.publishing.drafts.get(actor, call.part('id'));
  const fields = await formOf(call);
  const content = chosenContent(draft.content, mineIn(fields), choicesIn(fields));
  try {
    await studio.publishing.drafts.save(actor, draft.id, Number(fields.text('revision')) || 0, content);
  } catch (error) {
    if (error instanceof DraftConflict) return conflictPage(studio, call, error.conflict);
    throw error;
  }
  return { kind: 'redirect', to: `/studio/drafts/${draft.id}?resolved`, notice: call.texts.draft.resolved };
}

/** Shows the draft beside the folder that somebody changed by hand. */
export async function compareFolder(studio: Studio, call: Call): Promise<Reply> {
  const words = call.texts.draft;
  const { draft, folder } = await bothOf(studio, call);
  return sidesPage(studio, call, {
    theirs: folder,
    mine: draft.content,
    revision: draft.revision,
    lead: words.conflictFolderLead,
    theirsName: words.inFolderText,
    action: call.path,
    back: `/studio/drafts/${draft.id}`,
    status: 200,
  });
}

/** Rebases the draft on the folder as it is now, and saves what was chosen. */
export async function resolveFolder(studio: Studio, call: Call): Promise<Reply> {
  const actor = requiredActor(call);
  const { draft, folder } = await bothOf(studio, call);
  const fields = await formOf(call);
  const content = chosenContent(folder, mineIn(fields), choicesIn(fields));
  const based = await studio.publishing.drafts.rebase(actor, draft.id);
  try {
    await studio.publishing.drafts.save(actor, draft.id, based.revision, content);
  } catch (error) {
    if (error instanceof DraftConflict) return conflictPage(studio, call, error.conflict);
    throw error;
  }
  return { kind: 'redirect', to: `/studio/drafts/${draft.id}?resolved`, notice: call.texts.draft.resolved };
}

async function bothOf(studio: Studio, call: Call) {
  const actor = requiredActor(call);
  const draft = await studio.publishing.drafts.get(actor, call.part('id'));
  const folder = await studio.publishing.drafts.folderContent(actor, draft.id);
  if (folder === undefined) throw new Refused('not-found');
  return { draft, folder };
}

/** The form's files are ignored here, since they were uploaded one by one. */
function formOf(call: Call): Promise<FormFields> {
  const isMultipart = /^multipart\/form-data/i.test(call.req.headers['content-type'] ?? '');
  if (!isMultipart) return call.form();
  return readMultipart(call.req, { maxFields: 2_000, onFile: async (_name, stream) => void stream.resume() });
}

function mineIn(fields: FormFields): DraftContent {
  const parsed = draftContent.safeParse(jsonOf(fields.all('mine')[0] ?? ''));
  if (!parsed.success) throw new Refused('value-wrong', { field: 'mine', reason: 'JSON' });
  return parsed.data;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const choicesIn = (fields: FormFields): Choices => ({
  pick: (field: Compared) => {
    const picked = fields.text(`pick-${field}`);
    return picked === 'theirs' || picked === 'merged' ? picked : 'mine';
  },
  merged: (field) => fields.all(`merged-${field}`)[0] ?? '',
});
