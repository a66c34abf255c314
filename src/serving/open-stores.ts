import type { Archive } from '../archive/archive.ts';
import { openFolderArchive } from '../archive/folder-archive.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { openCatalogue } from '../catalogue/open.ts';
import { type Config, cataloguePlace } from '../config.ts';
import { openRecords, type Records } from '../records/records.ts';

/** The station's stores, which a process or thread opens once. */
export type Stores = { archive: Archive; catalogue: Catalogue; records: Records };

/** Opens the station's stores. Throws `ArchiveNotFound` when its folder is not there. */
export async function openStores({ dataDir, episodesDir }: Config): Promise<Stores> {
  return {
    archive: await openFolderArchive(episodesDir),
    catalogue: await openCatalogue({ ...cataloguePlace(dataDir), mode: 'read' }),
    records: await openRecords(dataDir),
  };
}
