import { openFolderArchive } from '../archive/folder-archive.ts';
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import { runAsClusterWorker, startClusterWorkers } from '../processes/cluster-workers.ts';
import { superviseThread } from '../processes/supervised-thread.ts';
import { openRecords } from '../records/records.ts';
import { makeDataFolder } from './data-folder.ts';
import { firstAccountLink } from './first-account-link.ts';
import { startWebServer, type WebServer } from './web-server.ts';
import { workThreadOnDemand } from './work-thread-on-demand.ts';

/** A station that is served: listening, indexed, watched. */
export type Serving = {
  address: string;
  /** The address at which the first account is made, while there is none. */
  welcome?: string;
  close(): Promise<void>;
};

/** The first scan of the folders may delay the return of `serve` by so long (ms). */
const FIRST_LOOK_MS = 15_000;

/** More than enough for the signatures of 200 000 folders. */
const INDEX_HEAP_MB = 384;

/**
 * Serves the station in this process, or in `workers` equal processes that this one supervises. Resolves when
 * visitors can be answered. Throws what `listen` throws.
 */
export async function serve(config: Config, log: Log): Promise<Serving> {
  await makeDataFolder(config);
  // A missing folder is reported once, here, and not by each part that opens it.
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
  // Jobs of staff wait until listeners are served.
  const publicUrl = config.publicUrl ?? web.address;
  const records = await openRecords(config.dataDir);
  const welcome = await firstAccountLink(records, publicUrl);
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

async function startWorkers({ workers }: Config, log: Log): Promise<WebServer> {
  const { ready, close } = await startClusterWorkers({ count: workers, log });
  return { address: ready, close };
}

/** Serves as one of several equal processes, until the first process tells it to end. */
export const serveAsWorker = (config: Config, log: Log): Promise<void> =>
  runAsClusterWorker(async () => {
    const { address, close } = await startWebServer(config, log);
    return { ready: address, close };
  });
