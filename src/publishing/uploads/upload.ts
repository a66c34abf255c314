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
