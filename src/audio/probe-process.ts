import { answerRequests } from '../processes/child-program.ts';
import { EmptyAudio, NotAudio } from './failures.ts';
import { probeAudio } from './probe.ts';

// The program of the prober's child process: paths come in, probes go out.

answerRequests({
  request: String,
  answer: (path) => probeAudio(path),
  faultFromError: (error) => ({
    name: [NotAudio, EmptyAudio].find((kind) => error instanceof kind)?.name ?? 'ProbeFailed',
    message: error instanceof Error ? error.message : String(error),
  }),
});
