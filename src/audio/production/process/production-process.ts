import { writeFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { AV_LOG_QUIET } from 'node-av/constants';
import { Log } from 'node-av/lib';
import { AudioTooLong } from '../failures.ts';
import { drawPeaks, produce } from '../produce.ts';
import type { Production } from '../production.ts';
import { RATE } from '../resampling.ts';
import type { Work } from '../work.ts';
import { type Answer, faultFromError, type Task } from './messages.ts';

// The program of the producer's child process: tasks come in, one at a time; answers go out.

/** How often it is told how far the work is (milliseconds). */
const BETWEEN_REPORTS = 100;

function send(answer: Answer): void {
  process.send?.(answer);
}

function work(longest: number): Work {
  return {
    longest,
    begin(stage, expected) {
      send({ kind: 'progress', stage, progress: 0 });
      let samples = 0;
      let reportedAt = performance.now();
      return (count) => {
        samples += count;
        if (samples > longest * RATE && stage === 'measuring')
          throw new AudioTooLong(samples / RATE, longest);
        const now = performance.now();
        if (now - reportedAt < BETWEEN_REPORTS) return undefined;
        reportedAt = now;
        send({ kind: 'progress', stage, progress: expected ? Math.min(1, samples / expected) : 0 });
        // Lets the message out, and the end of the parent in.
        return setImmediate();
      };
    },
  };
}

async function answerTo(task: Task): Promise<Answer> {
  try {
    let production: Production | undefined;
    if (task.kind === 'produce') production = await produce(task.order, work(task.longest));
    else await drawPeaks(task.order, work(task.longest));
    return { kind: 'done', production };
  } catch (error) {
    return { kind: 'fault', fault: faultFromError(error) };
  }
}

// Where memory runs out, the system is to end this process and not the server.
function volunteerForTheEnd(): void {
  try {
    writeFileSync('/proc/self/oom_score_adj', '1000');
  } catch {
    // Only Linux has this.
  }
}

Log.setLevel(AV_LOG_QUIET);
volunteerForTheEnd();
process.on('message', async (task: Task) => send(await answerTo(task)));
process.on('disconnect', () => process.exit());
send({ kind: 'ready' });
