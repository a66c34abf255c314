/** What a file from outside is to become. */
export type ProductionOrder = {
  /** The file as it was uploaded. */
  source: string;
  /** Where the result goes; written under a temporary name beside it and renamed when whole. */
  target: string;
  /** Where the waveform goes (`waveform-peaks.ts` says how it is written), unless the result is untouched. */
  peaks: string;
  voice: 'auto' | 'mono' | 'stereo';
  rules: HouseRules;
};

/** How a station's sound has to be. */
export type HouseRules = {
  /** LUFS integrated (EBU R 128), and by how much it may differ (LU). */
  loudness: number;
  tolerance: number;
  /** Highest true peak (dBTP, ITU-R BS.1770-4 annex 2). */
  truePeak: number;
  /** Hz. */
  sampleRate: number;
  /** kbit/s. */
  monoBitrate: number;
  stereoBitrate: number;
};

export const HOUSE_RULES: HouseRules = {
  loudness: -16,
  tolerance: 0.5,
  truePeak: -1,
  sampleRate: 44_100,
  monoBitrate: 96,
  stereoBitrate: 128,
};

export type Production = {
  seconds: number;
  /** Of the result. */
  bytes: number;
  channels: 1 | 2;
  /** kbit/s of the result, on average. */
  bitrate: number;
  /** The result is the source, bit for bit (`target` is a copy or a second link). */
  untouched: boolean;
  /** LUFS; null for silence. */
  loudnessBefore: number | null;
  loudness: number | null;
  /** dBTP of the result. */
  truePeak: number | null;
  tags: { title?: string; artist?: string; album?: string; comment?: string; date?: string };
  chapters: { start: number; title: string }[];
};

export type ProductionStage = 'looking' | 'measuring' | 'encoding' | 'checking';

/**
 * Makes sounds ready to publish, in a child process that is bounded in time and memory and does one at a time.
 * A file that breaks the process costs that one order.
 */
export interface Producer {
  /**
   * Resolves when `target` is whole, and `peaks` too unless the result is untouched. Throws `NotAudio` (also for a video),
   * `EmptyAudio`, `SilentAudio`, `CutAudio`, `AudioTooLong`, `ProductionFailed`, `DiskFull` (`failures.ts` beside it), and
   * the signal's reason when aborted; then nothing is left behind.
   */
  produce(
    order: ProductionOrder,
    options: {
      report?: (stage: ProductionStage, progress: number) => void;
      signal?: AbortSignal;
    },
  ): Promise<Production>;
  /**
   * Draws the waveform of a sound that was published untouched, for which `produce` has not the time. Resolves when
   * `target` is whole; throws as `produce` does.
   */
  drawPeaks(order: { source: string; target: string }, options?: { signal?: AbortSignal }): Promise<void>;
  /** Starts the process, so that the next order need not wait for it. */
  warm(): void;
  close(): Promise<void>;
}

/** What an MP3's tag says (ID3v2.4, with CHAP and CTOC: "ID3v2 Chapter Frame Addendum"). */
export type SoundTag = {
  title: string;
  show: string;
  station: string;
  /** ISO 8601. */
  date: string;
  language?: string;
  /** The episode's page. */
  address?: string;
  cover?: { type: 'image/jpeg' | 'image/png'; bytes: Uint8Array };
  /** In seconds, ordered. `seconds`: of the whole. */
  chapters: { start: number; title: string }[];
  seconds: number;
};
