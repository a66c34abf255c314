import { meansAbsent, systemCode } from '../disk/system-error.ts';

/** The base of all errors of the archive. `message` is one sentence that names the key concerned. */
export class ArchiveError extends Error {
  override name = 'ArchiveError';
}

/** The text is not a key: it climbs (`..`), has empty parts, NUL or a backslash, is too deep, or has an ignored name. */
export class KeyRefused extends ArchiveError {
  override name = 'KeyRefused';
}

/** No file has this key. */
export class FileNotFound extends ArchiveError {
  override name = 'FileNotFound';
}

/** The key leads out of the archive through a link, or to something that is not a file (a pipe, a device). */
export class LinkLeadsOut extends ArchiveError {
  override name = 'LinkLeadsOut';
}

/** The file is there, but this process may not read it, or the disk failed. */
export class NotReadable extends ArchiveError {
  override name = 'NotReadable';
}

/** The archive, or this folder of it, cannot be written to: read-only, no rights, no room. Nothing was changed. */
export class NotWritable extends ArchiveError {
  override name = 'NotWritable';
}

/** Something has the new key already. Nothing was changed. */
export class AlreadyThere extends ArchiveError {
  override name = 'AlreadyThere';
}

/** The archive's folder is not there, or is not a folder. */
export class ArchiveNotFound extends ArchiveError {
  override name = 'ArchiveNotFound';
}

/** Returns the archive's error for an error of the system while reading `key`. Errors of the archive are returned as they are. */
export function readingError(error: unknown, key: string): Error {
  if (error instanceof ArchiveError) return error;
  if (meansAbsent(error) || systemCode(error) === 'EISDIR') {
    return new FileNotFound(`There is no file "${key}" in the archive.`, { cause: error });
  }
  if (systemCode(error) === 'ELOOP' || systemCode(error) === 'ENXIO') {
    return new LinkLeadsOut(`"${key}" is a link that leads nowhere, or no file.`, { cause: error });
  }
  return new NotReadable(`"${key}" cannot be read (${systemCode(error) || 'unknown cause'}).`, {
    cause: error,
  });
}

const WRITE_SENTENCES: Record<string, string> = {
  EROFS: 'the archive is on a read-only disk',
  EACCES: 'this process has no right to write there',
  EPERM: 'this process has no right to write there',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the file is too large for this disk',
  ENAMETOOLONG: 'the name is too long for this disk',
  EXDEV: 'it would have to move to another disk',
};

/** Returns the archive's error for an error of the system while changing `key`. Other errors are returned as they are. */
export function writingError(error: unknown, key: string): unknown {
  const sentence = WRITE_SENTENCES[systemCode(error)];
  if (sentence === undefined || error instanceof ArchiveError) return error;
  return new NotWritable(`"${key}" cannot be written: ${sentence}.`, { cause: error });
}
