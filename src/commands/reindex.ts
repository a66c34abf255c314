import { openFolderArchive } from '../archive/folder-archive.ts';
import { startProber } from '../audio/prober.ts';
import { rebuildCatalogue } from '../catalogue/open.ts';
import { cataloguePlace } from '../config.ts';
import type { IndexReport } from '../indexing/index-run.ts';
import { createIndexer } from '../indexing/indexer.ts';
import { makeDataFolder } from '../serving/data-folder.ts';
import type { Command } from './command.ts';

/**
 * Builds a new catalogue from the folders beside the one in use, and replaces that one when it is complete.
 */
export const reindexCommand: Command = async ({ config, print }) => {
  const { language } = config;
  await makeDataFolder(config);
  const archive = await openFolderArchive(config.episodesDir);
  const prober = startProber();
  try {
    let report: IndexReport | undefined;
    await rebuildCatalogue(cataloguePlace(config.dataDir), async (catalogue) => {
      report = await createIndexer({ archive, catalogue, prober }).scan();
    });
    const seconds = ((report?.milliseconds ?? 0) / 1000).toFixed(1);
    print(
      language === 'it'
        ? `Catalogo rifatto da ${report?.seen} cartelle in ${seconds} s.`
        : `Catalogue made anew from ${report?.seen} folders in ${seconds} s.`,
    );
    return 0;
  } finally {
    await prober.close();
  }
};
