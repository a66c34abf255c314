import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Actor } from '../../model/permissions.ts';
import type { Problem } from '../../model/problem.ts';

export type UploadKind = 'audio' | 'picture' | 'transcript' | 'chapters' | 'unknown';

/**
 * `arriving`: bytes are missing. `waiting`, `working`: whole, and examined by a job. `ready`: may be
 * published. `refused`: cannot be published, `problem` says why. `cancelled`: by its uploader.
 */
export type UploadState = 'arriving' | 'waiting' | 'working' | 'ready' | 'refused' | 'cancelled';

/** The facts about an upload that is ready. */
export type UploadFacts = {
  /** The name under which its file should lie in a folder: `gilberto.mp3`. */
  file: string;
  /** Audio only: facts of the sound that will be published. */
  sound?: {
    seconds: number;
    bytes: number;
    /** Integrated loudness of the published sound (LUFS); null for silence. */
    loudness: number | null;
    /** dBTP. */
    truePeak: number | null;
    channels: 1 | 2;
    /** kbit/s. */
    bitrate: number;
    /** It is published bit for bit as it came. */
    untouched: boolean;
    /** Loudness as it came (LUFS). */
    loudnessBefore: number | null;
    /** What the file's own tags say. */
    tags: { title?: string; artist?: string; album?: string; comment?: string; date?: string };
    chapters: { start: number; title: string }[];
  };
  /** Pictures only, in px. */
  picture?: { width: number; height: number };
};

export type Upload = {
  id: string;
  draft: string;
  ownerId: string;
  /** The name of the person's file, made safe. */
  name: string;
  bytes: number;
  received: number;
  kind: UploadKind;
  state: UploadState;
  facts?: UploadFacts;
  problem?: Problem;
  createdAt: number;
  /** When the last byte came. */
  finishedAt?: number;
};

export type DiskUsage = {
  /** Bytes on the disk that the station's folders are on. */
  total: number;
  free: number;
  parts: {
    part: 'episodes' | 'uploads' | 'originals' | 'sounds' | 'pictures' | 'catalogue' | 'bin' | 'other';
    bytes: number;
    files: number;
  }[];
  /** The largest shows. */
  shows: { show: string; bytes: number; files: number }[];
  /** In how many days the disk is full at the pace of the last thirty; undefined while that is unknown. */
  fullInDays?: number;
  measuredAt: number;
};

/**
 * Files from outside, on their way into an episode. They lie in `DATA_DIR/uploads/<id>`, and the sounds made
 * from them in `DATA_DIR/sounds/<id>.mp3`. The originals are kept for `KEEP_ORIGINALS` days after
 * publication.
 */
export interface Uploads {
  /**
   * Answers a tus request (tus.io 1.0: creation, termination, expiration) whose actor may write.
   * `sentenceOf`: returns the sentence for a problem in the sender's language.
   */
  tus(
    req: IncomingMessage,
    res: ServerResponse,
    actor: Actor,
    sentenceOf?: (problem: Problem) => string,
  ): Promise<void>;
  /** Takes a whole file as it comes: forms without JavaScript, the API, fetched covers. Throws `Refused`. */
  take(
    actor: Actor,
    draft: string,
    file: { name: string; bytes?: number; data: AsyncIterable<Uint8Array> | Uint8Array },
  ): Promise<Upload>;
  /** Throws `Refused` (`upload-no-room`, `upload-too-large`) when so many bytes more will not fit. */
  assertRoom(bytes: number): Promise<void>;
  get(id: string): Promise<Upload | undefined>;
  ofDraft(draft: string): Promise<Upload[]>;
  /** Returns the path of the file to publish: the sound that was made, or the upload itself. */
  readyPath(upload: Upload): string;
  /** Returns the path of the upload itself. */
  sourcePath(upload: Upload): string;
  /** Returns the path of its waveform. */
  peaksPath(upload: Upload): string;
  cancel(actor: Actor, id: string): Promise<void>;
  /** Encodes the sound again, in another voice. */
  again(actor: Actor, id: string, voice: 'auto' | 'mono' | 'stereo'): Promise<void>;
  /** Called when its draft was written into the folder: the original stays for a while, the rest goes. */
  release(draft: string): Promise<void>;
  /** Removes the uploads of a draft at once, with everything made from them (withdrawn, discarded). */
  purge(draft: string): Promise<void>;
  /** Removes what has expired: uploads that never ended, originals past their days. */
  expire(now: number): Promise<void>;
  diskUsage(): Promise<DiskUsage>;
}
