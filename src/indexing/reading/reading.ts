import type { PictureOrigin } from '../../catalogue/catalogue.ts';
import type { Fault } from '../../model/fault.ts';
import type { Cue } from '../../model/transcript.ts';

/** A fact about a file, to be kept under its version. */
export type NewFact = { fileKey: string; version: string; fact: unknown };

/** What came of reading a bundle. */
export type Reading<Content> = {
  /** Not there where an error keeps the bundle out. */
  content?: Content;
  faults: Fault[];
  /** With an error in it, the last good state stays (true) or goes (false). */
  keepsLast: boolean;
  pictures: Map<string, PictureOrigin>;
  facts: NewFact[];
  /** What is said in each segment that has a transcript, by its position. */
  cues: Map<number, Cue[]>;
  /** When to read an incomplete folder again (milliseconds since 1970). */
  retryAt?: number;
};

export type FaultOptions = Partial<Pick<Fault, 'file' | 'line' | 'severity' | 'values'>>;

/** Gathers what is found while a bundle is read. */
export class ReadingNotes {
  readonly faults: Fault[] = [];
  readonly pictures = new Map<string, PictureOrigin>();
  readonly facts: NewFact[] = [];
  readonly cues = new Map<number, Cue[]>();
  retryAt: number | undefined;
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  warn(code: Fault['code'], options: FaultOptions = {}): void {
    this.faults.push({ folder: this.#folder, severity: 'warning', code, values: {}, ...options });
  }

  error(code: Fault['code'], options: FaultOptions = {}): void {
    this.warn(code, { ...options, severity: 'error' });
  }

  retry(at: number): void {
    this.retryAt = Math.min(this.retryAt ?? at, at);
  }

  get hasError(): boolean {
    return this.faults.some(({ severity }) => severity === 'error');
  }

  reading<Content>(content: Content | undefined, keepsLast: boolean): Reading<Content> {
    const { faults, pictures, facts, cues, retryAt } = this;
    return { content, faults, keepsLast, pictures, facts, cues, retryAt };
  }
}
