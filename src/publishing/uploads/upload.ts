import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Actor } from '../../model/permissions.ts';
import type { Problem } from '../../model/problem.ts';

export type UploadKind = 'audio' | 'picture' | 'transcript' | 'chapters' | 'unknown';

/**
 * `arriving`: bytes are missing. `waiting`, `working`: whole, and looked at by a job. `ready`: may be published.
 * `refused`: it cannot be, `problem` says why. `cancelled`: somebody took it back.
 */
export type UploadState = 'arriving' | 'waiting' | 'working' | 'ready' | 'refused' | 'cancelled';

/** What was found out of an upload that is ready. */
export type UploadFacts = {
  /** The name under which its file should lie in a folder: `gilberto.mp3`. */
  file: string;
  /** Audio only. Of what will be published. */
  sound?: {
    seconds: number;
    bytes: number;
    /** Integrated, as measured of what is published (LUFS); null for silence. */
    loudness: number | null;
    /** dBTP. */
    truePeak: number | null;
    channels: 1 | 2;
    /** kbit/s. */
    bitrate: number;
    /** Published bit for bit as it came. */
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
  /** As the person's file is called, made safe. */
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
  /** In how many days the disk is full at the pace of the last thirty; undefined while nobody can tell. */
  fullInDays?: number;
  measuredAt: number;
};

/**
 * Files from outside, on their way into an episode. They lie in `DATA_DIR/uploads/<id>`; what is made of them in
 * `DATA_DIR/sounds/<id>.mp3`; as they came, they are kept for `KEEP_ORIGINALS` days after publication.
 */
export interface Uploads {
  /**
   * Answers a tus request (tus.io 1.0: creation, termination, expiration) whose actor may write. `sentenceOf`: what is said of
   * a problem to whoever sends.
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
  /** Where the bytes of an upload lie that may be published: the sound that was made of it, or the file itself. */
  readyPath(upload: Upload): string;
  /** Where the file as it came lies. */
  sourcePath(upload: Upload): string;
  /** Where the waveform lies that was made of it. */
  peaksPath(upload: Upload): string;
  cancel(actor: Actor, id: string): Promise<void>;
  /** Encodes again, in another voice. */
  again(actor: Actor, id: string, voice: 'auto' | 'mono' | 'stereo'): Promise<void>;
  /** Called when its draft was written into the folder: the original stays for a while, the rest goes. */
  release(draft: string): Promise<void>;
  /** Gone at once, with everything made of them (withdrawn, discarded). */
  purge(draft: string): Promise<void>;
  /** Removes what has expired: uploads that never ended, originals past their days. */
  expire(now: number): Promise<void>;
  diskUsage(): Promise<DiskUsage>;
}
