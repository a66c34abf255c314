import { z } from 'zod';
import { type Child, startChild } from '../../../processes/child-process.ts';
import { ProductionFailed } from '../failures.ts';
import { RATE } from '../resampling.ts';
import { type Checked, type Checking, ResultCheck } from '../result-check.ts';

/** Listens to a result while it is made. */
export interface Checker {
  /** The bytes are valid no longer than the call. */
  add(frame: Buffer): void;
  /** Resolves when more can be taken. */
  room(): Promise<void> | undefined;
  finish(): Promise<Checked>;
  close(): void;
}

export type CheckMessage =
  | { kind: 'begin'; checking: Checking }
  | { kind: 'frames'; bytes: Uint8Array; lengths: number[] }
  | { kind: 'end' };

/** What the process answers: that it has heard a batch, and in the end what it found. */
export type CheckAnswer = { kind: 'taken' } | { kind: 'checked'; checked: Checked };

const number = z.number();
const answerSchema: z.ZodType<CheckAnswer> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('taken') }),
  z.object({
    kind: z.literal('checked'),
    checked: z.object({
      levels: z.object({
        samples: number,
        loudness: z.union([number, z.undefined()]),
        truePeak: z.union([number, z.undefined()]),
      }),
      places: z.map(number, number),
      peaks: z.instanceof(Float32Array),
    }),
  }),
]);

/** From this length on (samples) a process of its own is worth its start. */
const LONG = 2 * 60 * RATE;
/** Frames that go together, and so many of them may be on their way. */
const BATCH = 256;
const MOST_BATCHES = 16;
const HEAP_MB = 192;
const PROGRAM = new URL('./check-process.ts', import.meta.url);
/** So long it may say nothing while there is something to hear (ms): less than the producer waits for any progress. */
const STALL_LIMIT_MS = 45_000;

/** Starts listening: to a long sound in another process, so that it costs no time where there is a second processor. */
export function startCheck(checking: Checking): Checker {
  return checking.samples > LONG ? new ProcessChecker(checking) : localChecker(new ResultCheck(checking));
}

const localChecker = (check: ResultCheck): Checker => ({
  add: (frame) => check.add(frame),
  room: () => undefined,
  finish: async () => check.finish(),
  close: () => {},
});

/** Listens in another process. `program` and `stallLimit` (ms) are for tests. */
export class ProcessChecker implements Checker {
  readonly #child: Child;
  readonly #checked = Promise.withResolvers<Checked>();
  readonly #stallLimit: number;
  #stall: NodeJS.Timeout | undefined;
  #batch: Buffer[] = [];
  #underWay = 0;
  #isEnding = false;
  #room = Promise.withResolvers<void>();

  constructor(checking: Checking, { program = PROGRAM, stallLimit = STALL_LIMIT_MS } = {}) {
    this.#stallLimit = stallLimit;
    this.#child = startChild({
      program,
      heapMb: HEAP_MB,
      serialization: 'advanced',
      onMessage: (message) => this.#receive(message),
    });
    this.#child.ended.then(() => {
      clearTimeout(this.#stall);
      this.#checked.reject(new ProductionFailed('the process that checks the result is gone'));
      this.#room.resolve();
    });
    // Nobody waits for it before the end.
    this.#checked.promise.catch(() => {});
    this.#send({ kind: 'begin', checking });
  }

  add(frame: Buffer): void {
    this.#batch.push(Buffer.from(frame));
    if (this.#batch.length === BATCH) this.#sendBatch();
  }

  room(): Promise<void> | undefined {
    return this.#underWay < MOST_BATCHES ? undefined : this.#room.promise;
  }

  async finish(): Promise<Checked> {
    this.#sendBatch();
    this.#isEnding = true;
    this.#send({ kind: 'end' });
    return await this.#checked.promise;
  }

  close(): void {
    clearTimeout(this.#stall);
    this.#child.kill();
  }

  #sendBatch(): void {
    this.#underWay++;
    this.#send({
      kind: 'frames',
      bytes: Buffer.concat(this.#batch),
      lengths: this.#batch.map(({ length }) => length),
    });
    this.#batch = [];
    this.#limitWait();
  }

  #send(message: CheckMessage): void {
    this.#child.send(message);
  }

  #limitWait(): void {
    this.#stall ??= setTimeout(() => this.#child.kill(), this.#stallLimit);
  }

  #receive(message: unknown): void {
    const answer = answerSchema.safeParse(message);
    clearTimeout(this.#stall);
    this.#stall = undefined;
    if (!answer.success) {
      this.#child.kill();
    } else if (answer.data.kind === 'checked') {
      this.#checked.resolve(answer.data.checked);
    } else {
      this.#underWay--;
      if (this.#underWay > 0 || this.#isEnding) this.#limitWait();
      this.#room.resolve();
      this.#room = Promise.withResolvers();
    }
  }
}
