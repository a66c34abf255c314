/**
 * What folders/ offers: reading and replacing the text of a folder, its versions, and copies of whole
 * folders.
 */
export {
  dateOfFile,
  type EpisodeFolder,
  episodeFolder,
  noteFolderText,
  noteNewText,
  readEpisodeText,
  readIfReadable,
} from './episode-folder.ts';
export { type EpisodeReading, isCompanion, trimArticle } from './episode-reading.ts';
export { copyFolderAside, copyRestBack, textsAside } from './folder-copy.ts';
export { bundleAt, type FolderText, folderAt, readFolder, textHash, writeText } from './folder-text.ts';
export { currentShow, currentStation } from './known-show.ts';
export { assertIdle, rebaseDraftText, refusalOfMachine, replaceText, writeTextOver } from './replace-text.ts';
export { keepVersion, textOfHash, versionTexts } from './version-rows.ts';
