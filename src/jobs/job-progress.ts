import type { JobStage } from './job.ts';

const REPORTS_MS = 250;

/**
 * Returns a reporter of a job's progress, which calls `write` at most four times a second. `end` drops what
 * is unwritten.
 */
export function progressWriter(write: (stage: JobStage, progress: number) => Promise<unknown>) {
  let latest: { stage: JobStage; progress: number } | undefined;
  let timer: NodeJS.Timeout | undefined;
  let hasEnded = false;
  let writing: Promise<unknown> = Promise.resolve();

  function pass(): void {
    timer = undefined;
    if (latest === undefined) return;
    const { stage, progress } = latest;
    latest = undefined;
    writing = writing.then(() => write(stage, progress));
    timer = setTimeout(pass, REPORTS_MS);
  }

  return {
    report(stage: JobStage, progress: number): void {
      if (hasEnded) return;
      latest = { stage, progress: Math.min(1, Math.max(0, progress)) };
      if (timer === undefined) pass();
    },
    async end(): Promise<void> {
      hasEnded = true;
      clearTimeout(timer);
      await writing;
    },
  };
}
