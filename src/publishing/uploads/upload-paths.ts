import { join } from 'node:path';
import { originalsIn } from '../data-files.ts';

/**
 * Where uploads lie in the data folder: `uploads/<id>`, and the files made from them: `sounds/<id>.mp3`,
 * `sounds/<id>.peaks`.
 */
export type UploadPaths = ReturnType<typeof uploadPathsIn>;

const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Returns whether a text is the id of an upload or a draft. Nothing else becomes a part of a path. */
export const isUploadId = (text: string): boolean => ID.test(text);

export function uploadPathsIn(dataDir: string) {
  const [uploads, sounds, originals] = [
    join(dataDir, 'uploads'),
    join(dataDir, 'sounds'),
    originalsIn(dataDir),
  ];
  return {
    uploads,
    sounds,
    originals,
    source: (id: string): string => join(uploads, id),
    sound: (id: string): string => join(sounds, `${id}.mp3`),
    peaks: (id: string): string => join(sounds, `${id}.peaks`),
    /** The file as it was uploaded, after its draft was published. `name` is safe. */
    original: (day: string, { id, draft_id, name }: { id: string; draft_id: string; name: string }): string =>
      join(originals, `${day}-${draft_id}-${id}-${name}`),
  };
}

const ORIGINAL = /^(\d{4}-\d{2}-\d{2})-([0-9a-f-]{36})-[0-9a-f-]{36}-/;

/**
 * Returns what the name of an original says: the day since which it is kept, and the draft that it came for.
 */
export function parseOriginalName(name: string): { day: string; draft: string } | undefined {
  const [, day, draft] = ORIGINAL.exec(name) ?? [];
  return day === undefined || draft === undefined ? undefined : { day, draft };
}
