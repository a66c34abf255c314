import { workerData } from 'node:worker_threads';
import { z } from 'zod';
import { openFolderArchive } from '../archive/folder-archive.ts';
import { startProber } from '../audio/prober.ts';
import { openCatalogue } from '../catalogue/open.ts';
import { type Config, cataloguePlace } from '../config.ts';
import { createIndexer } from '../indexing/indexer.ts';
import { keepIndexed } from '../indexing/keep-indexed.ts';
import { createLog } from '../log.ts';
import { faultPlace } from '../model/fault.ts';
import { threadHasBegun, whenThreadIsToEnd } from '../processes/supervised-thread.ts';
import { keepOutbox } from '../publishing/newly-public-episodes.ts';
import { openRecords } from '../records/records.ts';
import { faultSentence } from '../texts/faults.ts';

// `serve` read the configuration from the environment and passes it on.
const config = z.custom<Config>().parse(workerData);
const log = createLog(config, 'index');
const archive = await openFolderArchive(config.episodesDir, { warn: (message) => log.warn(message) });
const catalogue = await openCatalogue({ ...cataloguePlace(config.dataDir), mode: 'write' });
const prober = startProber();
const indexer = createIndexer({
  archive,
  catalogue,
  prober,
  reportFault: (fault) => {
    const level = fault.severity === 'error' && fault.code !== 'audio-being-copied' ? 'warn' : 'debug';
    log[level]({ place: faultPlace(fault), code: fault.code }, faultSentence(fault, config.language));
  },
});
const kept = keepIndexed({
  archive,
  catalogue,
  indexer,
  failed: (error) => log.error(error, 'a folder could not be indexed'),
});

let outbox: { close(): Promise<void> } | undefined;

whenThreadIsToEnd(async () => {
  await kept.close();
  await outbox?.close();
  await prober.close();
  await catalogue.close();
});
const report = await kept.first;
log.info(report, 'indexed');
threadHasBegun();
// The outbox begins after the first scan: what an incomplete catalogue lacks would later seem to be new.
outbox = keepOutbox({
  records: await openRecords(config.dataDir),
  catalogue,
  failed: (error) => log.error(error, 'what became public could not be written down'),
});
