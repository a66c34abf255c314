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

/** Serves as one of several equal processes, until the one that started it says to end. */
export const serveAsWorker = (config: Config, log: Log): Promise<void> =>
  runAsClusterWorker(async () => {
    const { address, close } = await startWebServer(config, log);
    return { ready: address, close };
  });
