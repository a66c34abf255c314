import type { Problem } from '../model/problem.ts';
import type { Records } from '../records/records.ts';

/** What is done behind the scenes. publishing/job-handlers.ts tells of each kind what it is about and what does it. */
export const JOB_KINDS = [
  'examine',
  'write',
  'withdraw',
  'bin',
  'restore',
  'move',
  'rename-show',
  'draw',
] as const;
export type JobKind = (typeof JOB_KINDS)[number];

/** A stage of a job, for which the studio's texts have words. */
export type JobStage =
  | 'waiting'
  | 'looking'
  | 'measuring'
  | 'encoding'
  | 'checking'
  | 'comparing'
  | 'writing'
  | 'removing';

export type Job = {
  id: number;
  kind: JobKind;
  subject: string;
  state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';
  stage: JobStage;
  /** 0 to 1. */
  progress: number;
  /** Seconds that are left, as far as can be told. */
  secondsLeft?: number;
  attempts: number;
  createdAt: number;
  problem?: Problem;
  /** What the handler returned; of `write`: `Written` (write-job.ts). */
  result?: unknown;
};

/** What a handler tells of its progress (0 to 1 of the whole job). */
export type ReportProgress = (stage: JobStage, progress: number) => void;

/** Does a job. Run twice (after a crash), it ends in the same state. Throws `Refused` when no retry can help. */
export type JobHandler = (work: {
  subject: string;
  payload: unknown;
  report: ReportProgress;
  /** Aborted when somebody cancels, or the program ends. */
  signal: AbortSignal;
  /** How often it was begun, this time included; `MOST_ATTEMPTS` is the last. */
  attempt?: number;
}) => Promise<unknown>;

/** How many attempts a job has before it has failed for good. */
export const MOST_ATTEMPTS = 5;

/** The job cannot be done yet, for a reason that will go away. It is tried again in `after` ms, without limit. */
export class RetryLater extends Error {
  override name = 'TryLater';
  readonly after: number;
  readonly problem: Problem;
  constructor(after: number, problem: Problem, options?: ErrorOptions) {
    super(`${problem.code}: again in ${after} ms`, options);
    this.after = after;
    this.problem = problem;
  }
}

export interface Jobs {
  /**
   * Adds a job and returns its id. If one of this kind and subject runs or waits, returns that one; a waiting one is then
   * due at once. Inside `records.write`, pass its `db`.
   */
  add(kind: JobKind, subject: string, payload?: unknown, db?: Records['db']): Promise<number>;
  get(id: number): Promise<Job | undefined>;
  /** Returns the newest job of each kind for these subjects. */
  ofSubjects(subjects: string[]): Promise<Job[]>;
  /** Returns jobs that wait or run, and those that failed in the last day. */
  underWay(): Promise<Job[]>;
  cancel(id: number): Promise<void>;
  /** Tries a failed one again. */
  retry(id: number): Promise<void>;
  /** Resolves when the job has ended, or after the time (ms). */
  ended(id: number, within: number): Promise<Job | undefined>;
}
