import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
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
export type CheckAnswer = { kind: 'taken' } | { kind: 'checked'; checked: Checked };

/** From this length on (samples) a process of its own is worth its start. */
const LONG = 2 * 60 * RATE;
/** Frames that go together, and so many of them may be on their way. */
const BATCH = 256;
const MOST_BATCHES = 16;
const PROGRAM = fileURLToPath(new URL('./check-process.ts', import.meta.url));

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

class ProcessChecker implements Checker {
  readonly #child: ChildProcess;
  readonly #checked = Promise.withResolvers<Checked>();
  #batch: Buffer[] = [];
  #underWay = 0;
  #room = Promise.withResolvers<void>();

  constructor(checking: Checking) {
    this.#child = fork(PROGRAM, {
      execArgv: ['--max-old-space-size=192'],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      serialization: 'advanced',
    });
    const fail = () => {
      this.#checked.reject(new ProductionFailed('the process that checks the result is gone'));
      this.#room.resolve();
    };
    this.#child.on('error', fail);
    this.#child.on('exit', fail);
    this.#child.on('message', (answer: CheckAnswer) => this.#hear(answer));
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
    this.#send({ kind: 'end' });
    return await this.#checked.promise;
  }

  close(): void {
    this.#child.kill('SIGKILL');
  }

  #sendBatch(): void {
    this.#underWay++;
    this.#send({
      kind: 'frames',
      bytes: Buffer.concat(this.#batch),
      lengths: this.#batch.map(({ length }) => length),
    });
    this.#batch = [];
  }

  #send(message: CheckMessage): void {
    // A process that is gone says so by its `exit`.
    this.#child.send(message, () => {});
  }

  #hear(answer: CheckAnswer): void {
    if (answer.kind === 'checked') {
      this.#checked.resolve(answer.checked);
      return;
    }
    this.#underWay--;
    this.#room.resolve();
    this.#room = Promise.withResolvers();
  }
}
