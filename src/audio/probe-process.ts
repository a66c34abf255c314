import { probeAudio } from './probe.ts';
import { faultFromError, type ProbeAnswer } from './prober.ts';

// The program of the prober's child process: paths come in, answers go out.
process.on('message', async (path: string) => {
  let answer: ProbeAnswer;
  try {
    answer = { probe: await probeAudio(path) };
  } catch (error) {
    answer = { fault: faultFromError(error) };
  }
  process.send?.(answer);
});
process.on('disconnect', () => process.exit());
process.send?.('ready');
