import { createHash } from 'node:crypto';
import type { Archive, Bundle, StoredFile } from '../../archive/archive.ts';
import { ArchiveError } from '../../archive/archive-errors.ts';
import { extensionOf, stemOf, transcriptType } from '../../model/file-kinds.ts';
import type { SegmentFile } from '../../model/front-matter/episode-file.ts';
import type { Transcript } from '../../model/segment.ts';
import type { Cue } from '../../model/transcript.ts';
import { parseTranscript, TRANSCRIPT_LIMIT_BYTES } from '../../transcripts/transcripts.ts';
import { fileKey } from './file-facts.ts';
import type { ReadingNotes } from './reading.ts';

/** The order of preference among transcripts of one sound: SubRip has no speakers. */
const PREFERENCE = ['vtt', 'json', 'srt'];

/** The segment's file, its length in seconds (0: not known), and what the front matter says of it. */
export type TranscribedSegment = { file: string; seconds: number; entry?: SegmentFile };

/**
 * Returns the transcript that stands beside a segment with what it says, read once and for all: the file that the front matter names,
 * else the first of the segment's name that says something; `undefined` where there is none. An episode is not kept out by it.
 */
export async function readTranscript(
  archive: Archive,
  bundle: Bundle,
  segment: TranscribedSegment,
  language: string,
  notes: ReadingNotes,
): Promise<{ transcript: Transcript; cues: Cue[] } | undefined> {
  const files = transcriptsOf(bundle, segment);
  const named = segment.entry?.transcript;
  if (named !== undefined && files.length === 0)
    notes.warn('segment-not-found', { file: 'episode.md', values: { value: named } });
  for (const file of files) {
    const cues = await readCues(archive, bundle, file, segment, notes);
    if (cues.length === 0) continue;
    return {
      transcript: { file: file.name, fingerprint: fingerprintOf(cues), language, cues: cues.length },
      cues,
    };
  }
  return undefined;
}

function transcriptsOf(bundle: Bundle, { file, entry }: TranscribedSegment): StoredFile[] {
  const isOurs = ({ name }: StoredFile): boolean =>
    transcriptType(name) !== undefined &&
    (entry?.transcript === undefined ? stemOf(name) === stemOf(file) : name === entry.transcript);
  const rank = ({ name }: StoredFile): number => PREFERENCE.indexOf(extensionOf(name));
  return bundle.files.filter(isOurs).sort((one, other) => rank(one) - rank(other));
}

async function readCues(
  archive: Archive,
  bundle: Bundle,
  file: StoredFile,
  segment: TranscribedSegment,
  notes: ReadingNotes,
): Promise<Cue[]> {
  if (file.leadsOut) {
    notes.warn('link-leads-out', { file: file.name, values: { value: file.name } });
    return [];
  }
  const bytes = await bytesOf(archive, fileKey(bundle, file), file.bytes);
  if (bytes === undefined) {
    notes.warn('file-unreadable', { file: file.name });
    return [];
  }
  const { cues, faults } = parseTranscript(bytes, file.name, segment.seconds);
  for (const { code, line, values } of faults)
    notes.warn(code, {
      file: file.name,
      ...(line === undefined ? {} : { line }),
      values: { ...values, found: segment.file },
    });
  return cues;
}

/** One byte above the limit is enough to know that there are too many. */
async function bytesOf(archive: Archive, key: string, bytes: number): Promise<Uint8Array | undefined> {
  const range = bytes > TRANSCRIPT_LIMIT_BYTES ? { start: 0, end: TRANSCRIPT_LIMIT_BYTES + 1 } : undefined;
  try {
    return await archive.read(key, range);
  } catch (error) {
    if (error instanceof ArchiveError) return undefined;
    throw error;
  }
}

/** A fingerprint of the cues and not of the file: another version of the program or another sound may change them. */
function fingerprintOf(cues: Cue[]): string {
  return createHash('sha256').update(JSON.stringify(cues)).digest('hex').slice(0, 10);
}
