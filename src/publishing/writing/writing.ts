/**
 * What writing/ offers: a draft becomes a folder. The job is `write-job.ts`; the other rooms use its rules.
 */
export { assertWritable, isPublished } from './assert-writable.ts';
export { isFreeKey } from './choose-folder.ts';
export { wrongValueOfFault } from './content-rules.ts';
export { coverJpeg } from './cover-picture.ts';
export { type DraftBase, planDraftWriting, readDraftBase, readyFiles } from './draft-base.ts';
export { namesLike } from './episode-folder-name.ts';
export { withArticle } from './episode-md.ts';
export { pinnedText } from './pinned-text.ts';
export { refusedPicture } from './put-files.ts';
export { writeJob } from './write-job.ts';
export type { WritingPlan } from './writing-plan.ts';
