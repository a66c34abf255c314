import { mayWriteFor } from '../../model/permissions.ts';
import { Refused } from '../../model/problem.ts';
import type { Draft, DraftContent } from '../../publishing/drafts/drafts.ts';
import { requiredActor } from '../request/call.ts';
import type { Call, Reply } from '../route.ts';
import type { Studio } from '../studio.ts';
import type { WrongField } from './draft-form.ts';
import { draftState, stateOfDraft } from './draft-state.ts';
import { draftView, newContent, showsFor, unsavedState } from './draft-view.ts';

/** What the page shows after a form was sent. */
export type Said = {
  content?: DraftContent;
  wrong?: WrongField[];
  problem?: string;
  notice?: string;
  status?: number;
};

/** The page of a new episode; nothing is stored before something is typed on it. */
export async function newDraftPage(studio: Studio, call: Call): Promise<Reply> {
  return pageOfNew(studio, call, {});
}

export async function pageOfNew(studio: Studio, call: Call, said: Said): Promise<Reply> {
  const shows = await showsFor(studio, requiredActor(call), call.now);
  const content = said.content ?? newContent(shows, call.query('show'));
  const state = unsavedState(call.now);
  const view = await draftView(studio, call, { draft: undefined, content, state, shows, wrong: said.wrong });
  return reply(call, view.heading, { draft: view }, said, 'new');
}

/** The page of a draft; for a finished one, a link to its episode. */
export async function draftPage(studio: Studio, call: Call): Promise<Reply> {
  const actor = requiredActor(call);
  const id = call.part('id');
  const state = await draftState(studio, actor, id, call);
  if ('done' in state) {
    return state.isPublic
      ? { kind: 'redirect', to: state.address }
      : {
          kind: 'redirect',
          to: `/studio/episodes/${state.episode.split('/').map(encodeURIComponent).join('/')}`,
        };
  }
  return pageOfDraft(studio, call, await studio.publishing.drafts.get(actor, id), {});
}

export async function pageOfDraft(studio: Studio, call: Call, draft: Draft, said: Said): Promise<Reply> {
  const actor = requiredActor(call);
  const [state, shows] = await Promise.all([
    stateOfDraft(studio, actor, draft, call),
    showsFor(studio, actor, call.now),
  ]);
  const content = said.content ?? draft.content;
  const view = await draftView(studio, call, { draft, content, state, shows, wrong: said.wrong });
  const title = content.title || call.texts.draft.untitled;
  return reply(call, title, { draft: view }, said, draft.episode === undefined ? 'drafts' : 'published');
}

function reply(
  call: Call,
  title: string,
  values: { draft: object },
  { problem = '', wrong = [], notice, status }: Said,
  section: 'new' | 'drafts' | 'published',
): Reply {
  const sentences = [problem, ...wrong.map((field) => call.texts.draft.wrong[field])].filter(
    (one) => one !== '',
  );
  return {
    kind: 'page',
    view: 'draft',
    title,
    section,
    values: { ...values, problems: sentences },
    scripts: ['draft'],
    ...(notice === undefined ? {} : { notice }),
    status: status ?? (sentences.length > 0 ? 422 : 200),
  };
}

/** Following a link must not change anything, so the page has a button that does. */
export async function openDraftPage(studio: Studio, call: Call): Promise<Reply> {
  const [show, slug] = [call.part('show'), call.part('episode')];
  if (!mayWriteFor(requiredActor(call), show)) throw new Refused('not-allowed');
  const episode = await studio.catalogue.episodeOfAnyStatus(show, slug);
  if (episode?.status === 'withdrawn') throw new Refused('episode-withdrawn');
  return {
    kind: 'page',
    view: 'draft/open',
    title: call.texts.draft.openTitle,
    values: { title: episode?.title ?? slug, address: call.path },
  };
}

export async function openDraft(studio: Studio, call: Call): Promise<Reply> {
  const key = `${call.part('show')}/${call.part('episode')}`;
  const { id } = await studio.publishing.drafts.open(requiredActor(call), key);
  return { kind: 'redirect', to: `/studio/drafts/${id}` };
}
