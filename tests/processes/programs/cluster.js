import cluster from 'node:cluster';
import { runAsClusterWorker, startClusterWorkers } from '../../../src/processes/cluster-workers.ts';

// Starts two workers that do as the argument says, ends them, and prints how each went.
const [does] = process.argv.slice(2);
if (cluster.isPrimary) {
  const errors = [];
  const log = { error: (_, sentence) => errors.push(sentence) };
  const print = (text) => process.stdout.write(`${text}\n`);
  try {
    const workers = await startClusterWorkers({ count: 2, log, startLimit: 1_500, patience: 500 });
    print(`ready: ${workers.ready}`);
    // One that falls now is not yet heard of when the others are told to end.
    if (does === 'fall') Object.values(cluster.workers)[0].process.kill('SIGKILL');
    await workers.close();
  } catch (error) {
    print(`${error.name} ${error.code}: ${error.message}`);
  }
  print(`left: ${Object.values(cluster.workers).filter((worker) => !worker.isDead()).length}`);
} else {
  await runAsClusterWorker(async () => {
    if (does === 'refuse') throw Object.assign(new Error('no'), { code: 'EADDRINUSE' });
    if (does === 'exit') process.exit(3);
    if (does === 'never') await new Promise(() => setInterval(() => {}, 1_000));
    const close = async () => {
      if (does === 'hang') for (;;);
    };
    return { ready: 'here', close };
  });
}
