/** What uploads/ offers: files from outside on their way into an episode, from the first byte to `ready`. */
export { openUploads } from './open-uploads.ts';
export type { Upload, UploadFacts, UploadKind, UploadState, Uploads } from './upload.ts';
