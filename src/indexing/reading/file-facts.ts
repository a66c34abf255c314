import { z } from 'zod';
import type { Archive, Bundle, StoredFile } from '../../archive/archive.ts';
import { fileFingerprint } from '../../audio/fingerprint.ts';
import type { Prober } from '../../audio/prober.ts';
import { isWhole } from '../../audio/wholeness.ts';
import type { CatalogueMemory } from '../../catalogue/catalogue.ts';
import type { ReadingNotes } from './reading.ts';

const pictureFact = z.object({ id: z.string(), width: z.number(), height: z.number() });
const chapter = z.object({
  start: z.number(),
  title: z.string(),
  url: z.string().optional(),
  img: z.string().optional(),
});
const audioFact = z.object({
  type: z.string(),
  seconds: z.number(),
  bytes: z.number(),
  fingerprint: z.string(),
  isCut: z.boolean(),
  title: z.string().optional(),
  date: z.string().optional(),
  comment: z.string().optional(),
  chapters: z.array(chapter),
  picture: pictureFact.optional(),
});

export type PictureFact = z.output<typeof pictureFact>;
export type AudioFact = z.output<typeof audioFact>;

/** Facts about files, read once for each version of a file. */
export type FileFacts = {
  /** Throws `NotAudio`, `EmptyAudio` or `ProbeFailed`. */
  audio(bundle: Bundle, file: StoredFile, notes: ReadingNotes): Promise<AudioFact>;
  /** Throws where the file is no picture that can be read. */
  picture(bundle: Bundle, file: StoredFile, notes: ReadingNotes): Promise<PictureFact>;
};

/** The file went while it was looked at. */
export class FileGone extends Error {
  override name = 'FileGone';
}

/** Returns file facts that are looked up in the catalogue before a file is opened. */
export function fileFacts(archive: Archive, memory: CatalogueMemory, prober: Prober): FileFacts {
  async function fact<T>(
    schema: z.ZodType<T>,
    bundle: Bundle,
    file: StoredFile,
    notes: ReadingNotes,
    learn: (path: string) => Promise<T>,
  ): Promise<T> {
    const key = fileKey(bundle, file);
    const known = schema.safeParse(await memory.probe(key, file.version));
    if (known.success) return known.data;
    const path = await archive.localPath(key);
    if (path === undefined) throw new FileGone(key);
    const learnt = await learn(path);
    notes.facts.push({ fileKey: key, version: file.version, fact: learnt });
    return learnt;
  }

  return {
    audio: (bundle, file, notes) =>
      fact(audioFact, bundle, file, notes, async (path) => {
        const { type, seconds, bytes, tags, chapters, picture } = await prober.probe(path);
        const [fingerprint, wholeness] = await Promise.all([fileFingerprint(path), isWhole(path)]);
        const { title, date, comment } = tags;
        const cover = picture === undefined ? undefined : await embeddedPicture(path);
        return {
          type,
          seconds,
          bytes,
          fingerprint,
          isCut: wholeness === 'cut',
          title,
          date,
          comment,
          chapters,
          picture: cover,
        };
      }),
    picture: (bundle, file, notes) => fact(pictureFact, bundle, file, notes, (path) => inspected(path)),
  };
}

/** Returns the key of a file in a bundle. */
export function fileKey(bundle: Pick<Bundle, 'key'>, file: Pick<StoredFile, 'name'>): string {
  return bundle.key === '' ? file.name : `${bundle.key}/${file.name}`;
}

async function embeddedPicture(path: string): Promise<PictureFact | undefined> {
  try {
    const { readEmbeddedPicture } = await import('../../audio/probe.ts');
    const picture = await readEmbeddedPicture(path);
    return picture && (await inspected(picture.bytes));
  } catch {
    // An unreadable cover inside the audio counts as none.
    return undefined;
  }
}

async function inspected(source: string | Uint8Array): Promise<PictureFact> {
  // Loaded when a picture changed, which is seldom.
  const { inspectPicture } = await import('../../images/picture-source.ts');
  const { id, width, height } = await inspectPicture(source);
  return { id, width, height };
}
