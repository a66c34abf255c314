import cluster, { type Worker } from 'node:cluster';
import { openFolderArchive } from '../archive/folder-archive.ts';
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import { superviseThread } from '../processes/supervised-thread.ts';
import { openRecords } from '../records/records.ts';
import { makeDataFolder } from './data-folder.ts';
import { firstLink } from './first-link.ts';
import { startWebServer, type WebServer } from './web-server.ts';
import { workThreadOnDemand } from './work-thread-on-demand.ts';

/** The station on the air: listening, indexed, watched. */
export type Serving = {
  address: string;
  /** Where the first account is made, while there is none. */
  welcome?: string;
  close(): Promise<void>;
};

/** How long the first look at the folders may hold back the word that all is ready (ms). */
const FIRST_LOOK_MS = 15_000;

/** Two hundred thousand folders' signatures, with room to spare. */
const INDEX_HEAP_MB = 384;

/**
 * Serves the station in this process, or in `workers` equal ones that this one watches over. Resolves when visitors
 * can be answered. Throws what starting to listen throws.
 */
export async function serve(config: Config, log: Log): Promise<Serving> {
  await makeDataFolder(config);
  // A folder that is not there is said once and at once, not by each part that looks for it.
  await openFolderArchive(config.episodesDir);
  const web = await (config.workers === 1 ? startWebServer(config, log) : startWorkers(config, log));
  const indexing = superviseThread({
    program: new URL('./index-thread.ts', import.meta.url),
    name: 'index',
    data: config,
    log,
    heapMb: INDEX_HEAP_MB,
  });
  const wait = Promise.withResolvers<void>();
  const timer = setTimeout(wait.resolve, FIRST_LOOK_MS);
  await Promise.race([indexing.begun, wait.promise]);
  clearTimeout(timer);
  // Only now: what staff asked for can wait until listeners are served.
  const publicUrl = config.publicUrl ?? web.address;
  const records = await openRecords(config.dataDir);
  const welcome = await firstLink(records, publicUrl);
  const recovers = welcome === undefined;
  const work = workThreadOnDemand({ records, config: { ...config, publicUrl }, log, recovers });
  return {
    address: web.address,
    welcome,
    async close() {
      await Promise.all([web.close(), indexing.close(), work.close()]);
      records.close();
    },
  };
}

/** A worker that ends without being asked is replaced, but not in a tight circle (ms). */
const REPLACE_AFTER = 500;

async function startWorkers(config: Config, log: Log): Promise<WebServer> {
  let isClosed = false;
  const started: Promise<string>[] = [];
  const fork = (): Promise<string> => {
    const worker = cluster.fork();
    return new Promise((resolve, reject) => {
      worker.once('message', (answer: WorkerAnswer) => {
        if ('address' in answer) resolve(answer.address);
        else reject(new WorkerFailed(answer.failure, answer.code));
      });
      worker.once('exit', (code, signal) => {
        reject(new WorkerFailed(`a worker process ended at its start (${signal ?? code})`));
      });
    });
  };
  for (let count = 0; count < config.workers; count += 1) started.push(fork());
  const [address = ''] = await Promise.all(started).catch(async (error: unknown) => {
    // Those that are still starting must not go on, nor say what is said already.
    await endWorkers((worker) => worker.process.kill('SIGKILL'));
    throw error;
  });
  cluster.on('exit', (worker, code, signal) => {
    if (isClosed) return;
    log.error({ pid: worker.process.pid, code, signal }, 'a worker process ended and is replaced');
    setTimeout(() => {
      if (!isClosed)
        fork().catch((error: unknown) => log.error(error, 'a worker process could not be replaced'));
    }, REPLACE_AFTER);
  });
  return {
    address,
    async close() {
      isClosed = true;
      await endWorkers((worker) => worker.send('close'));
    },
  };
}

/** Ends each worker in the way given; resolves when all have ended. */
async function endWorkers(end: (worker: Worker) => void): Promise<void> {
  const workers = Object.values(cluster.workers ?? {}).flatMap((worker) => worker ?? []);
  const ended = workers.map((worker) => new Promise<void>((resolve) => worker.once('exit', () => resolve())));
  for (const worker of workers) end(worker);
  await Promise.all(ended);
}

/** A worker process could not serve; `code` is that of the error it met, where the system gave one. */
export class WorkerFailed extends Error {
  override name = 'WorkerFailed';
  readonly code: string | undefined;
  constructor(message: string, code?: string) {
    super(message);
    this.code = code;
  }
}

/** What a worker process says once: where it listens, or why it does not. */
type WorkerAnswer = { address: string } | { failure: string; code?: string };

function failureOf(error: unknown): WorkerAnswer {
  if (!(error instanceof Error)) return { failure: String(error) };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return { failure: error.message, code };
}

/** Serves as one of several equal processes, until the one that started it says to end. */
export async function serveAsWorker(config: Config, log: Log): Promise<void> {
  const web = await startWebServer(config, log).catch((error: unknown) => {
    process.send?.(failureOf(error));
    process.exit(1);
  });
  process.on('message', async () => {
    await web.close();
    process.exit(0);
  });
  process.on('disconnect', () => process.exit(1));
  // The first process passes these on in its own way.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => {});
  process.send?.({ address: web.address });
}
