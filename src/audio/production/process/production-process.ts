import { setImmediate } from 'node:timers/promises';
import { AV_LOG_QUIET } from 'node-av/constants';
import { Log } from 'node-av/lib';
import { answerRequests, reportProgress } from '../../../processes/child-program.ts';
import { AudioTooLong } from '../failures.ts';
import { drawPeaks, produce } from '../produce.ts';
import type { Production } from '../production.ts';
import { RATE } from '../resampling.ts';
import type { Work } from '../work.ts';
import { faultFromError, type Progress, type Task, taskSchema } from './messages.ts';

// The program of the producer's child process: tasks come in, one at a time; answers go out.

/** How often it is told how far the work is (milliseconds). */
const BETWEEN_REPORTS = 100;

const report = (progress: Progress): void => reportProgress(progress);

function work(longest: number): Work {
  return {
    longest,
    begin(stage, expected) {
      report({ stage, progress: 0 });
      let samples = 0;
      let reportedAt = performance.now();
      return (count) => {
        samples += count;
        if (samples > longest * RATE && stage === 'measuring')
          throw new AudioTooLong(samples / RATE, longest);
        const now = performance.now();
        if (now - reportedAt < BETWEEN_REPORTS) return undefined;
        reportedAt = now;
        report({ stage, progress: expected ? Math.min(1, samples / expected) : 0 });
        // Lets the message out, and the end of the parent in.
        return setImmediate();
      };
    },
  };
}

async function answer({ kind, order, longest }: Task): Promise<Production | undefined> {
  if (kind === 'produce') return produce(order, work(longest));
  await drawPeaks(order, work(longest));
  return undefined;
}

Log.setLevel(AV_LOG_QUIET);
answerRequests({ request: (message) => taskSchema.parse(message), answer, faultFromError });
