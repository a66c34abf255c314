import { writeFileSync } from 'node:fs';
import { answerRequests, reportProgress } from '../../../src/processes/child-program.ts';

// Stands in for a child's program: it does as each request says.
const WAYS = {
  hang() {
    for (;;);
  },
  exit: () => process.exit(3),
  async disconnect() {
    setInterval(() => {}, 1_000);
    process.removeAllListeners('disconnect');
    process.disconnect();
    await new Promise(() => {});
  },
  throw() {
    throw new Error('refused');
  },
  nonsense: () => 17,
  async 'say half'() {
    reportProgress(0.5);
    await new Promise(() => {});
  },
  nothing() {},
  pid: () => String(process.pid),
  environment: () => Object.keys(process.env).sort().join(),
  leave(file) {
    writeFileSync(file, 'half of it');
    process.exit(3);
  },
};

answerRequests({
  request: String,
  answer(request) {
    const [way, value] = request.split(':');
    return WAYS[way](value);
  },
  faultFromError: (error) => error.message,
});
