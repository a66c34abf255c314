import type { Route } from '../route.ts';
import { completions } from './completions.ts';
import { compareDraft, compareFolder, resolveConflict, resolveFolder } from './draft-conflict.ts';
import { draftEvents } from './draft-events.ts';
import { draftFile, draftPreview, uploadFile } from './draft-files.ts';
import { draftPage, newDraftPage, openDraft, openDraftPage } from './draft-page.ts';
import { importArticle } from './import-article.ts';
import { createFromForm, postDraft } from './post-draft.ts';
import { createDraft, discardDraft, holdDraft, saveDraft, submitDraft } from './save-draft.ts';
import { cancelUpload, encodeAgain, tus } from './upload-endpoints.ts';

const DRAFT = '/studio/drafts/:id';
const UPLOAD = '/studio/uploads/:id';

const page = (
  method: Route['method'],
  path: string,
  about: string,
  handle: Route['handle'],
  who: Route['who'] = 'own',
): Route => ({ method, path, who, about, handle });

const forScripts = (...parts: Parameters<typeof page>): Route => ({ ...page(...parts), isForScripts: true });

/** The page of a new or edited episode, which works without scripts, and the requests of its script. */
export const draftRoutes: Route[] = [
  page('GET', '/studio/new', 'the page for a new episode', newDraftPage, 'staff'),
  page('POST', '/studio/new', 'save a new draft, with files', createFromForm),
  page('GET', DRAFT, 'the page of a draft', draftPage),
  page('POST', DRAFT, 'save a draft, with files, and publish, preview, …', postDraft),
  page('POST', `${DRAFT}/conflict`, 'both texts, beside each other', compareDraft),
  page('POST', `${DRAFT}/resolve`, 'save what was chosen of both', resolveConflict),
  page('GET', `${DRAFT}/folder`, 'the draft beside a folder changed by hand', compareFolder),
  page('POST', `${DRAFT}/folder`, 'save what was chosen of both', resolveFolder),
  page('GET', '/studio/episodes/:show/:episode/edit', 'asks whether to edit', openDraftPage),
  page('POST', '/studio/episodes/:show/:episode/edit', 'begin or go on with a draft of it', openDraft),

  forScripts('POST', '/studio/drafts', 'a new draft', createDraft),
  forScripts('PUT', DRAFT, 'save a draft', saveDraft),
  forScripts(
    'POST',
    `${DRAFT}/submit`,
    'publish, hand in or write the folder, when all is ready',
    submitDraft,
  ),
  forScripts('POST', `${DRAFT}/hold`, 'take that back', holdDraft),
  forScripts('POST', `${DRAFT}/discard`, 'throw a draft away', discardDraft),
  forScripts('POST', `${DRAFT}/import`, 'an article from an address', importArticle),
  forScripts('GET', `${DRAFT}/events`, 'what changes about a draft, as it changes', draftEvents),
  page('GET', `${DRAFT}/preview`, 'the page as it would be', draftPreview),
  page('GET', `${DRAFT}/files/:file`, 'a file of a draft', draftFile),
  page('GET', `${DRAFT}/uploads/:upload`, 'an uploaded file', uploadFile),
  forScripts('GET', '/studio/completions', 'tags, categories and people in use', completions, 'staff'),

  forScripts('POST', '/studio/uploads', 'begin a resumable upload (tus)', tus),
  forScripts('HEAD', UPLOAD, 'how much of it has come', tus),
  forScripts('PATCH', UPLOAD, 'the next bytes', tus),
  forScripts('DELETE', UPLOAD, 'take an upload back', tus),
  forScripts('POST', `${UPLOAD}/cancel`, 'take a file out again', cancelUpload),
  forScripts('POST', `${UPLOAD}/again`, 'encode again in another voice', encodeAgain),
];
