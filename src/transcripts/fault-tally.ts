import type { FaultCode } from '../model/fault.ts';

/** What is wrong with a transcript; `line` from 1: of the first of its kind. */
export type TranscriptFault = { code: FaultCode; line?: number; values: Record<string, string> };

/** Gathers faults: many of one kind become one, with how many they are and the first one's line and words. */
export class FaultTally {
  readonly #faults = new Map<FaultCode, { count: number; line: number; value: string }>();

  add(code: FaultCode, line: number, value: string): void {
    const known = this.#faults.get(code);
    if (known === undefined) this.#faults.set(code, { count: 1, line, value });
    else {
      known.count += 1;
      if (line < known.line) Object.assign(known, { line, value });
    }
  }

  faults(): TranscriptFault[] {
    return [...this.#faults].map(([code, { count, line, value }]) => ({
      code,
      ...(line > 0 ? { line } : {}),
      values: { count: String(count), value },
    }));
  }
}
