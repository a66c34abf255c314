import { z } from 'zod';
import { meansDiskFull } from '../../../disk/system-error.ts';
import { EmptyAudio, NotAudio } from '../../failures.ts';
import { AudioTooLong, CutAudio, DiskFull, ProductionFailed, SilentAudio } from '../failures.ts';
import type { Production, ProductionOrder, ProductionStage } from '../production.ts';

/** What the process is asked for. */
export type Task =
  | { kind: 'produce'; order: ProductionOrder; longest: number }
  | { kind: 'draw'; order: { source: string; target: string }; longest: number };

/** How far it is with a task. */
export type Progress = { stage: ProductionStage; progress: number };

const text = z.string();
const number = z.number();

const order = z.object({
  source: text,
  target: text,
  peaks: text,
  voice: z.enum(['auto', 'mono', 'stereo']),
  rules: z.object({
    loudness: number,
    tolerance: number,
    truePeak: number,
    sampleRate: number,
    monoBitrate: number,
    stereoBitrate: number,
  }),
});

export const taskSchema: z.ZodType<Task> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('produce'), order, longest: number }),
  z.object({ kind: z.literal('draw'), order: z.object({ source: text, target: text }), longest: number }),
]);

export const progressSchema: z.ZodType<Progress> = z.object({
  stage: z.enum(['looking', 'measuring', 'encoding', 'checking']),
  progress: number,
});

/** What came of a task; nothing of one that draws. */
export const answerSchema: z.ZodType<Production | undefined> = z
  .object({
    seconds: number,
    bytes: number,
    channels: z.literal([1, 2]),
    bitrate: number,
    untouched: z.boolean(),
    loudnessBefore: number.nullable(),
    loudness: number.nullable(),
    truePeak: number.nullable(),
    tags: z.object({
      title: text.optional(),
      artist: text.optional(),
      album: text.optional(),
      comment: text.optional(),
      date: text.optional(),
    }),
    chapters: z.array(z.object({ start: number, title: text })),
  })
  .optional();

const faultSchema = z.object({ name: text, message: text, seconds: number, most: number });
type Fault = z.output<typeof faultSchema>;

const PLAIN = [NotAudio, EmptyAudio, SilentAudio, DiskFull];

/** Returns an error as the process sends it: classes do not survive the way. */
export function faultFromError(error: unknown): Fault {
  const message = error instanceof Error ? error.message : String(error);
  const fault: Fault = { name: 'ProductionFailed', message, seconds: 0, most: 0 };
  if (error instanceof CutAudio) return { ...fault, name: 'CutAudio', seconds: error.seconds };
  if (error instanceof AudioTooLong)
    return { ...fault, name: 'AudioTooLong', seconds: error.seconds, most: error.most };
  if (meansDiskFull(error)) return { ...fault, name: 'DiskFull' };
  return { ...fault, name: PLAIN.find((kind) => error instanceof kind)?.name ?? fault.name };
}

/** Returns the error that a fault was. Throws what zod throws when it is none. */
export function errorFromFault(fault: unknown): Error {
  const { name, message, seconds, most } = faultSchema.parse(fault);
  if (name === 'CutAudio') return new CutAudio(seconds);
  if (name === 'AudioTooLong') return new AudioTooLong(seconds, most);
  const Kind = PLAIN.find((kind) => kind.name === name) ?? ProductionFailed;
  return new Kind(message);
}
