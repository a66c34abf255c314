import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { openFolderArchive } from '../archive/folder-archive.ts';
import { startProber } from '../audio/prober.ts';
import { openCatalogue } from '../catalogue/open.ts';
import { cataloguePlace } from '../config.ts';
import { createLog } from '../log.ts';
import { faultPlace, faultSentence } from '../model/fault-sentences.ts';
import { createIndexer } from './indexer.ts';
import { keepIndexed } from './keep-indexed.ts';

const settings = z
  .object({ episodesDir: z.string(), dataDir: z.string(), logLevel: z.string() })
  .parse(workerData);

const log = createLog(z.object({ logLevel: z.custom<'info'>() }).parse(settings), 'index');
const archive = await openFolderArchive(settings.episodesDir, { warn: (message) => log.warn(message) });
const catalogue = await openCatalogue({ ...cataloguePlace(settings.dataDir), mode: 'write' });
const prober = startProber();
const indexer = createIndexer({
  archive,
  catalogue,
  prober,
  reportFault: (fault) => {
    const level = fault.severity === 'error' && fault.code !== 'audio-being-copied' ? 'warn' : 'debug';
    log[level]({ place: faultPlace(fault), code: fault.code }, faultSentence(fault, 'en'));
  },
});
const kept = keepIndexed({
  archive,
  catalogue,
  indexer,
  failed: (error) => log.error(error, 'a folder could not be indexed'),
});

parentPort?.on('message', async () => {
  await kept.close();
  await prober.close();
  await catalogue.close();
  process.exit(0);
});
const report = await kept.first;
log.info(report, 'indexed');
parentPort?.postMessage('indexed');
