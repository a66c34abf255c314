import type { Problem } from '../model/problem.ts';
import type { Records } from '../records/records.ts';

/**
 * The kinds of background jobs. publishing/job-handlers.ts says of each what its subject is and what does it.
 */
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

/** A stage of a job. The studio's texts have a word for each. */
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
  /** The estimated seconds that are left. */
  secondsLeft?: number;
  attempts: number;
  createdAt: number;
  problem?: Problem;
  /** What the handler returned; for the kind `write`, a `Written` (write-job.ts). */
  result?: unknown;
};

/** Reports a job's progress (0 to 1 of the whole job). */
export type ReportProgress = (stage: JobStage, progress: number) => void;

/**
 * Does a job. After a crash it is called again for the same work and must end in the same state. Throws
 * `Refused` when no retry can help.
 */
export type JobHandler = (work: {
  subject: string;
  payload: unknown;
  report: ReportProgress;
  /** Aborted when somebody cancels, or the program ends. */
  signal: AbortSignal;
  /** The number of this attempt, from 1; `MOST_ATTEMPTS` is the last. */
  attempt?: number;
}) => Promise<unknown>;

/** A job has failed after so many attempts that ended in an error or with a crash. */
export const MOST_ATTEMPTS = 5;

/** A job cannot be done yet, for a reason that will pass: it is tried again in `after` ms, however often. */
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
   * Adds a job and returns its number. If a job of this kind and subject waits already, it becomes due now
   * and its number is returned; if one runs, its number is returned. Inside `records.write`, pass its `db`.
   */
  add(kind: JobKind, subject: string, payload?: unknown, db?: Records['db']): Promise<number>;
  get(id: number): Promise<Job | undefined>;
  /** Returns the newest job of each kind for these subjects. */
  ofSubjects(subjects: string[]): Promise<Job[]>;
  /** Returns the jobs that wait or run, and those that failed in the last day. */
  underWay(): Promise<Job[]>;
  cancel(id: number): Promise<void>;
  /** Makes a failed job due again. */
  retry(id: number): Promise<void>;
  /** Resolves when the job has ended, or after the time (ms). */
  ended(id: number, within: number): Promise<Job | undefined>;
}
