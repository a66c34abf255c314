import type { Route } from '../route.ts';
import * as episodes from './episodes.ts';
import { openApiDocument } from './openapi.ts';
import type { Operation } from './operation.ts';
import * as shapes from './schemas.ts';
import { uploadOperations } from './uploads.ts';

const EPISODE = '/api/v1/episodes/:show/:episode';
const DRAFT = '/api/v1/drafts/:id';
const WAIT = { wait: 'seconds to wait until it is published (or stopped), instead of answering 202 at once' };

export const operations: Operation[] = [
  {
    method: 'GET',
    path: '/api/v1/shows',
    who: 'staff',
    about: 'The shows.',
    tag: 'shows',
    gives: shapes.showList,
    handle: episodes.shows,
  },
  {
    method: 'GET',
    path: '/api/v1/episodes',
    who: 'staff',
    about: 'Episodes of any status that you may write for, newest first.',
    tag: 'episodes',
    query: {
      show: 'a show’s slug',
      status: 'published, scheduled, draft, review or withdrawn',
      q: 'words to search for',
      before: '`next` of the page before',
      limit: '1 to 100, 50 where not given',
    },
    gives: shapes.episodeList,
    handle: episodes.list,
  },
  {
    method: 'POST',
    path: '/api/v1/episodes',
    who: 'own',
    about:
      'A new episode. As a form, with its files: audio, cover, transcript, chapters (any number); `body` may be a file.',
    tag: 'episodes',
    query: WAIT,
    takes: shapes.newEpisode,
    takesForm: true,
    gives: shapes.draftState,
    handle: episodes.create,
  },
  {
    method: 'PATCH',
    path: EPISODE,
    who: 'own',
    about: 'Changes what is given of an episode, and leaves the rest.',
    tag: 'episodes',
    query: WAIT,
    takes: shapes.changedEpisode,
    gives: shapes.draftState,
    handle: episodes.change,
  },
  {
    method: 'POST',
    path: `${EPISODE}/status`,
    who: 'own',
    about: 'Publishes an episode, makes it a draft again, or hands it in.',
    tag: 'episodes',
    takes: shapes.newStatus,
    handle: episodes.setStatus,
  },
  {
    method: 'DELETE',
    path: EPISODE,
    who: 'publishers',
    about: 'Puts an episode into the bin for thirty days.',
    tag: 'episodes',
    handle: episodes.bin,
  },
  {
    method: 'POST',
    path: `${EPISODE}/withdraw`,
    who: 'publishers',
    about: 'Withdraws an episode everywhere, for good.',
    tag: 'episodes',
    handle: episodes.withdraw,
  },
  {
    method: 'GET',
    path: DRAFT,
    who: 'own',
    about: 'How far a draft is on its way; where it is when it is done.',
    tag: 'drafts',
    gives: shapes.draftState,
    handle: episodes.draft,
  },
  {
    method: 'PATCH',
    path: DRAFT,
    who: 'own',
    about: 'Changes what is given of a draft.',
    tag: 'drafts',
    query: WAIT,
    takes: shapes.changedEpisode,
    gives: shapes.draftState,
    handle: episodes.changeDraft,
  },
  {
    method: 'POST',
    path: `${DRAFT}/submit`,
    who: 'own',
    about: 'Publishes a draft (hands it in) as soon as its sound is ready.',
    tag: 'drafts',
    query: WAIT,
    takes: shapes.submission,
    gives: shapes.draftState,
    handle: episodes.submitDraft,
  },
  {
    method: 'DELETE',
    path: DRAFT,
    who: 'own',
    about: 'Throws a draft and its uploads away.',
    tag: 'drafts',
    handle: episodes.discardDraft,
  },
  ...uploadOperations,
];

export const apiRoutes: Route[] = [
  {
    method: 'GET',
    path: '/api/v1/openapi.json',
    who: 'anyone',
    about: 'the OpenAPI document',
    isForScripts: true,
    handle: async (studio) => ({
      kind: 'json',
      value: openApiDocument(operations, studio.config.publicUrl),
      headers: { 'Access-Control-Allow-Origin': '*' },
    }),
  },
  ...operations.map(({ method, path, who, about, handle }) => ({
    method,
    path,
    who,
    about,
    handle,
    isForScripts: true,
  })),
];
