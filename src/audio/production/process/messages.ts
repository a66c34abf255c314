import { meansDiskFull } from '../../../disk/system-error.ts';
import { EmptyAudio, NotAudio } from '../../failures.ts';
import { AudioTooLong, CutAudio, DiskFull, ProductionFailed, SilentAudio } from '../failures.ts';
import type { Production, ProductionOrder, ProductionStage } from '../production.ts';

/** What the process is asked for. */
export type Task =
  | { kind: 'produce'; order: ProductionOrder; longest: number }
  | { kind: 'draw'; order: { source: string; target: string }; longest: number };

/** What it answers: once that it is ready, then any number of times how far it is, and at last what came of a task. */
export type Answer =
  | { kind: 'ready' }
  | { kind: 'progress'; stage: ProductionStage; progress: number }
  | { kind: 'done'; production: Production | undefined }
  | { kind: 'fault'; fault: Fault };

type Fault = { name: string; message: string; seconds: number; most: number };

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

/** Returns the error that a fault was. */
export function errorFromFault({ name, message, seconds, most }: Fault): Error {
  if (name === 'CutAudio') return new CutAudio(seconds);
  if (name === 'AudioTooLong') return new AudioTooLong(seconds, most);
  const Kind = PLAIN.find((kind) => kind.name === name) ?? ProductionFailed;
  return new Kind(message);
}
