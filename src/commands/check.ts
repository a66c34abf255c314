import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Archive } from '../archive/archive.ts';
import { openFolderArchive } from '../archive/folder-archive.ts';
import { startProber } from '../audio/prober.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { openCatalogue } from '../catalogue/open.ts';
import type { IndexReport } from '../indexing/index-run.ts';
import { createIndexer } from '../indexing/indexer.ts';
import { pinGuids } from '../indexing/pin-guids.ts';
import { faultPlace } from '../model/fault.ts';
import { commandTexts } from '../texts/command-texts.ts';
import { faultSentence } from '../texts/faults.ts';
import type { Language } from '../texts/languages.ts';
import type { Command } from './command.ts';

/**
 * Reads every folder, prints each fault with its place and its remedy, and exits 1 when one of them is an
 * error. `--pin` writes guids into the files that lack them.
 */
export const checkCommand: Command = async ({ config, args, print }) => {
  const { language } = config;
  const { values } = parseArgs({ args, options: { pin: { type: 'boolean', default: false } } });
  const archive = await openFolderArchive(config.episodesDir);
  return withIndex(archive, async (catalogue, index) => {
    let report = await index();
    if (values.pin) {
      const pinned = await pinGuids(archive, catalogue);
      for (const key of pinned) print(commandTexts(language).check.pinned(key));
      if (pinned.length > 0) report = await index();
    }
    return printFaults(catalogue, report, language, print);
  });
};

/** The station's own catalogue is not touched: the check reads the folders into a new one. */
async function withIndex(
  archive: Archive,
  work: (catalogue: Catalogue, index: () => Promise<IndexReport>) => Promise<number>,
): Promise<number> {
  const directory = await mkdtemp(join(tmpdir(), 'riascolta-check-'));
  const prober = startProber();
  const catalogue = await openCatalogue({ directory, mode: 'write' });
  const indexer = createIndexer({ archive, catalogue, prober });
  const index = async () => {
    const report = await indexer.scan();
    // A file that was written a moment ago may seem unfinished.
    const due = indexer.due();
    if (due !== undefined) {
      await sleep(Math.max(0, due.at - Date.now()));
      await indexer.refresh(due.keys);
    }
    return report;
  };
  try {
    return await work(catalogue, index);
  } finally {
    await prober.close();
    await catalogue.close();
    await rm(directory, { recursive: true, force: true });
  }
}

async function printFaults(
  catalogue: Catalogue,
  report: IndexReport,
  language: Language,
  print: (line: string) => void,
): Promise<number> {
  const words = commandTexts(language).check;
  const faults = (await catalogue.faults()).toSorted((one, other) =>
    faultPlace(one) < faultPlace(other) ? -1 : 1,
  );
  for (const fault of faults)
    print(`${faultPlace(fault)}: ${words[fault.severity]}: ${faultSentence(fault, language)}`);
  const errors = faults.filter(({ severity }) => severity === 'error').length;
  print(words.sum(report.seen, errors, faults.length - errors));
  return errors > 0 ? 1 : 0;
}
