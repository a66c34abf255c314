import { z } from 'zod';
import { type ChildFailure, superviseChild } from '../processes/supervised-child.ts';
import { EmptyAudio, NotAudio, ProbeFailed } from './failures.ts';
import type { AudioProbe } from './probe.ts';

export interface Prober {
  /** Examines one file; files wait for each other. Throws `NotAudio`, `EmptyAudio` or `ProbeFailed`. */
  probe(path: string): Promise<AudioProbe>;
  /** Ends the process; files under way and waiting are rejected with `ProbeFailed`. */
  close(): Promise<void>;
}

/** `timeLimit`: milliseconds for one file. `program`: what runs in the process, our probe unless told. */
export type ProberOptions = { timeLimit?: number; program?: URL };

const DEFAULT_TIME_LIMIT = 20_000;
/** An idle process is ended after this (milliseconds): it holds some 50 MB. */
const IDLE_LIMIT = 15_000;
const HEAP_MB = 192;
const PROGRAM = new URL('./probe-process.ts', import.meta.url);

const text = z.string();
const number = z.number();
const probe: z.ZodType<AudioProbe> = z.object({
  container: z.enum(['mp3', 'mp4', 'ogg', 'flac', 'wav', 'aiff', 'aac', 'webm']),
  type: text,
  seconds: number,
  bitrate: number.optional(),
  channels: number.optional(),
  sampleRate: number.optional(),
  bytes: number,
  tags: z.object({
    title: text.optional(),
    artist: text.optional(),
    album: text.optional(),
    date: text.optional(),
    comment: text.optional(),
    language: text.optional(),
  }),
  chapters: z.array(z.object({ start: number, title: text, url: text.optional(), img: text.optional() })),
  picture: z.object({ type: text, bytes: number, hash: text }).optional(),
});

/**
 * Starts a prober: a child process that examines files of unknown origin one after the other. A file that breaks the process
 * or outlasts the limit is rejected alone. A process, not a thread: V8 ends the whole server when a thread asks for one piece
 * beyond its own memory limit.
 */
export function startProber({
  timeLimit = DEFAULT_TIME_LIMIT,
  program = PROGRAM,
}: ProberOptions = {}): Prober {
  const child = superviseChild<string, AudioProbe>({
    program,
    heapMb: HEAP_MB,
    answer: probe,
    errorFromFault,
    errorFromFailure,
    idle: IDLE_LIMIT,
  });
  return {
    probe: (path) => child.ask(path, { limits: { time: timeLimit } }),
    close: child.close,
  };
}

const faultSchema = z.object({ name: text, message: text });

/** Returns the error that a fault was, as `probe-process.ts` sends it. */
function errorFromFault(fault: unknown): Error {
  const { name, message } = faultSchema.parse(fault);
  const Kind = [NotAudio, EmptyAudio].find((kind) => kind.name === name) ?? ProbeFailed;
  return new Kind(message);
}

function errorFromFailure({ kind, sentence, signal }: ChildFailure): ProbeFailed {
  if (kind === 'start') return new ProbeFailed('the process that examines files did not start');
  if (kind !== 'end') return new ProbeFailed(sentence);
  // V8 aborts when a script's memory limit is reached.
  return new ProbeFailed(
    signal === 'SIGABRT'
      ? 'it asks for more memory than a file may have'
      : 'it broke the process that examined it',
  );
}
