/**
 * What drafts/ offers: a draft as a value and as rows, the folder it was opened from, and the job `write`
 * once it is ready.
 */
export {
  type Draft,
  type DraftCard,
  type DraftContent,
  draftContent,
  type IntendedAction,
  type Intent,
} from './draft.ts';
export {
  type DraftFolder,
  forgetDraftFolder,
  forgetLostFolders,
  newDraftFolder,
  putDraftFolder,
  readDraftFolder,
} from './draft-folder.ts';
export {
  contentColumns,
  draftFromRow,
  findDraft,
  insertDraft,
  knownDraft,
  normalContent,
  parseIntent,
  setIntent,
  setProblem,
  uploadIdsIn,
} from './draft-rows.ts';
export { writeDraftsThatAreReady, writeDraftWhenReady, writeWhenReady } from './write-when-ready.ts';
