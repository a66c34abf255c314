import type { Readable } from 'node:stream';
import { z } from 'zod';
import { feedPath, showPath } from '../../model/addresses.ts';
import { type Actor, mayWriteFor } from '../../model/permissions.ts';
import { Refused } from '../../model/problem.ts';
import type { Draft, IntendedAction } from '../../publishing/drafts/drafts.ts';
import { requiredActor } from '../request/call.ts';
import { readMultipart } from '../request/multipart.ts';
import { parseOrRefuse } from '../request/wrong-value.ts';
import type { Call, Reply } from '../route.ts';
import type { Studio } from '../studio.ts';
import { contentWith, type EpisodeFields, fieldsOfForm } from './content.ts';
import { apiDraftState, type DraftState, episodeAddress } from './draft-state.ts';
import { placeUploads } from './place-uploads.ts';
import { changedEpisode, newEpisode, newStatus, submission } from './schemas.ts';

const MOST_LISTED = 100;
/** The most bytes of a form's texts together. */
const LARGEST_TEXT = 2_000_000;
/** The longest that a program may ask to wait for the end (s). */
const LONGEST_WAIT = 3_600;
const LOOK_EVERY_MS = 100;

const json = (value: unknown, status = 200, headers: Record<string, string> = {}): Reply => ({
  kind: 'json',
  value,
  status,
  headers,
});

/** Makes a new episode from JSON, or from a form with its files, which is all that one `curl` can send. */
export async function create(studio: Studio, call: Call): Promise<Reply> {
  const actor = requiredActor(call);
  const isForm = (call.req.headers['content-type'] ?? '').startsWith('multipart/form-data');
  const { draft, action } = isForm
    ? await fromForm(studio, call, actor)
    : await fromJson(studio, call, actor);
  return submitted(studio, call, actor, draft, action, 201);
}

async function fromJson(studio: Studio, call: Call, actor: Actor) {
  const { action, ...fields } = await call.json(newEpisode);
  await assertShow(studio, fields.show);
  return { draft: await draftOf(studio, actor, fields), action };
}

async function draftOf(studio: Studio, actor: Actor, fields: EpisodeFields): Promise<Draft> {
  const draft = await studio.publishing.drafts.create(actor, { show: fields.show ?? '' });
  return studio.publishing.drafts.save(actor, draft.id, draft.revision, contentWith(draft.content, fields));
}

/** Refuses unknown fields, so that a typing error is noticed. Throws `Refused` (`value-wrong`). */
async function assertShow({ catalogue }: Studio, show: string): Promise<void> {
  if ((await catalogue.show(show)) === undefined)
    throw new Refused('value-wrong', { field: 'show', reason: 'no-such-show' });
}

/**
 * Reads a form. Its files arrive meanwhile, in a draft made for the first of them; its texts may come in any
 * order.
 */
async function fromForm(studio: Studio, call: Call, actor: Actor) {
  const texts = new Map<string, string>();
  let begun: Promise<Draft> | undefined;
  try {
    const fields = await readMultipart(call.req, {
      maxFields: 100,
      async onFile(name: string, stream: Readable, field: string) {
        if (TEXT_FIELDS.has(field)) {
          texts.set(field, await textOf(stream, field));
          return;
        }
        begun ??= studio.publishing.drafts.create(actor, {});
        const { id } = await begun;
        await studio.uploads.take(actor, id, { name, data: stream });
      },
    });
    for (const name of fields.names()) if (!texts.has(name)) texts.set(name, fields.text(name));
    const { action, ...values } = parseOrRefuse(newEpisode, fieldsOfForm(texts), {
      language: call.language,
      whole: 'form',
    });
    await assertShow(studio, values.show);
    const draft = await (begun ?? studio.publishing.drafts.create(actor, {}));
    const content = contentWith(draft.content, values);
    return { draft: await studio.publishing.drafts.save(actor, draft.id, draft.revision, content), action };
  } catch (error) {
    // A draft that cannot be saved under a show is discarded.
    if (begun !== undefined) await studio.publishing.drafts.discard(actor, (await begun).id);
    throw error;
  }
}

/** `body=@article.md` sends a file where a text is meant. */
const TEXT_FIELDS = new Set(['body', 'summary']);

async function textOf(stream: Readable, field: string): Promise<string> {
  let text = '';
  for await (const part of stream.setEncoding('utf8')) {
    text += part;
    if (text.length > LARGEST_TEXT) throw new Refused('value-wrong', { field, reason: `> ${LARGEST_TEXT}` });
  }
  return text;
}

/** Places the draft's uploads and sets its intent; with `?wait=600` answers when it is done. */
async function submitted(
  studio: Studio,
  call: Call,
  actor: Actor,
  draft: Draft,
  action: 'draft' | IntendedAction,
  status: number,
): Promise<Reply> {
  const at = `/api/v1/drafts/${draft.id}`;
  // The draft has what was sent, even if the rest is refused.
  call.res.setHeader('Location', at);
  const placed = await placeUploads(studio, actor, draft);
  if (action !== 'draft') await studio.publishing.drafts.submit(actor, placed.id, placed.revision, action);
  const state = await afterWaiting(studio, call, actor, draft.id, action !== 'draft');
  if (state.state === 'stopped' && action !== 'draft') await throwProblem(studio, actor, draft.id);
  const isDone = state.state === 'done' || action === 'draft';
  return json(state, isDone ? status : 202);
}

/** After waiting, a failure also shows in the status (`curl --fail`). */
async function throwProblem({ publishing }: Studio, actor: Actor, draft: string): Promise<void> {
  const { problem } = await publishing.drafts.get(actor, draft);
  if (problem !== undefined) throw new Refused(problem.code, problem.values);
}

async function afterWaiting(
  studio: Studio,
  call: Call,
  actor: Actor,
  id: string,
  waits: boolean,
): Promise<DraftState> {
  const seconds = Math.min(Number(call.query('wait')) || 0, LONGEST_WAIT);
  const until = studio.now() + seconds * 1000;
  for (;;) {
    const seen = studio.records.version();
    const state = await apiDraftState(studio, call, actor, id);
    const isEnded = state.state !== 'waiting' && state.state !== 'draft';
    const isOver = () => call.res.destroyed || studio.ending.aborted || studio.now() >= until;
    if (!waits || isEnded || isOver()) return state;
    do await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    while (studio.records.version() === seen && !isOver());
  }
}

export async function draft(studio: Studio, call: Call): Promise<Reply> {
  return json(await apiDraftState(studio, call, requiredActor(call), call.part('id')));
}

export async function changeDraft(studio: Studio, call: Call): Promise<Reply> {
  const actor = requiredActor(call);
  const draft = await studio.publishing.drafts.get(actor, call.part('id'));
  const { action, ...fields } = await call.json(changedEpisode);
  const saved = await studio.publishing.drafts.save(
    actor,
    draft.id,
    draft.revision,
    contentWith(draft.content, fields),
  );
  return submitted(studio, call, actor, saved, action === 'save' ? 'draft' : action, 200);
}

export async function submitDraft(studio: Studio, call: Call): Promise<Reply> {
  const actor = requiredActor(call);
  const draft = await studio.publishing.drafts.get(actor, call.part('id'));
  const { action } = await call.json(submission);
  return submitted(studio, call, actor, draft, action, 200);
}

export async function discardDraft(studio: Studio, call: Call): Promise<Reply> {
  await studio.publishing.drafts.discard(requiredActor(call), call.part('id'));
  return json({});
}

/** Changes an existing episode through a draft of it. */
export async function change(studio: Studio, call: Call): Promise<Reply> {
  const actor = requiredActor(call);
  const key = keyIn(call);
  const { action, ...fields } = await call.json(changedEpisode);
  const draft = await studio.publishing.drafts.open(actor, key);
  const content = contentWith(draft.content, fields);
  const saved = await studio.publishing.drafts.save(actor, draft.id, draft.revision, content);
  return submitted(studio, call, actor, saved, action, 200);
}

/** Returns the key of the requested episode. Throws `Refused` before anything of other people is read. */
function keyIn(call: Call): string {
  if (!mayWriteFor(requiredActor(call), call.part('show'))) throw new Refused('not-allowed');
  return `${call.part('show')}/${call.part('episode')}`;
}

export async function setStatus(studio: Studio, call: Call): Promise<Reply> {
  const key = keyIn(call);
  const { status } = await call.json(newStatus);
  await studio.publishing.episodes.setStatus(requiredActor(call), key, status);
  return json({});
}

const ended = async (studio: Studio, job: number): Promise<Reply> => {
  const done = await studio.jobs.ended(job, 30_000);
  if (done?.problem !== undefined && done.state !== 'done')
    throw new Refused(done.problem.code, done.problem.values);
  return json({ job, state: done?.state ?? 'waiting' }, done?.state === 'done' ? 200 : 202);
};

export async function bin(studio: Studio, call: Call): Promise<Reply> {
  return ended(studio, await studio.publishing.episodes.bin(requiredActor(call), keyIn(call)));
}

export async function withdraw(studio: Studio, call: Call): Promise<Reply> {
  return ended(studio, await studio.publishing.episodes.withdraw(requiredActor(call), keyIn(call)));
}

const statuses = z.enum(['published', 'scheduled', 'draft', 'review', 'withdrawn']).optional();

export async function list(studio: Studio, call: Call): Promise<Reply> {
  const actor = requiredActor(call);
  const status = statuses.safeParse(call.query('status'));
  if (!status.success)
    throw new Refused('value-wrong', { field: 'status', reason: call.query('status') ?? '' });
  const limit = Math.min(Math.max(1, Number(call.query('limit')) || 50), MOST_LISTED);
  const [show, text, before] = [call.query('show'), call.query('q'), call.query('before')];
  const { items, next } = await studio.catalogue.staffCards(
    {
      ...(actor.role === 'contributor' ? { shows: actor.shows } : {}),
      ...(show === undefined ? {} : { show }),
      ...(text === undefined ? {} : { text }),
      ...(status.data === undefined ? {} : { status: status.data }),
    },
    { limit, ...(before === undefined ? {} : { before }) },
    call.now,
  );
  const episodes = items.map(({ key, show, slug, title, status, publishedAt, seconds }) => ({
    key,
    show,
    slug,
    title,
    status,
    date: new Date(publishedAt).toISOString(),
    address: episodeAddress(studio, key),
    seconds,
  }));
  return json({ episodes, ...(next === undefined ? {} : { next }) });
}

export async function shows(studio: Studio, call: Call): Promise<Reply> {
  const all = await studio.catalogue.shows(call.now);
  return json({
    shows: all.map(({ slug, title, episodeCount }) => ({
      slug,
      title,
      feed: studio.config.publicUrl + feedPath(showPath(slug)),
      episodes: episodeCount,
    })),
  });
}
