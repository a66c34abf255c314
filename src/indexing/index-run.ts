import type { Archive, Bundle } from '../archive/archive.ts';
import type { Catalogue, CatalogueWriter } from '../catalogue/catalogue.ts';
import type { Fault } from '../model/fault.ts';
import type { Show } from '../model/show.ts';
import type { Station } from '../model/station.ts';
import { monthOf } from '../model/station-time.ts';
import { type ReadEpisode, rejectDuplicateGuids } from './duplicate-guids.ts';
import { readSignature, showContext, stationContext } from './read-signature.ts';
import type { FileFacts } from './reading/file-facts.ts';
import { readEpisode } from './reading/read-episode.ts';
import { readShow } from './reading/read-show.ts';
import { readStation } from './reading/read-station.ts';
import type { Reading } from './reading/reading.ts';

/** How many folders were looked at, read anew, and removed. */
export type IndexReport = { seen: number; read: number; removed: number; milliseconds: number };

/** What the runs of one indexer share. `retries`: folders to be looked at again, with the time. */
export type IndexRunOptions = {
  archive: Archive;
  catalogue: Catalogue;
  facts: FileFacts;
  now: () => number;
  reportFault: (fault: Fault) => void;
  retries: Map<string, number>;
  /** Once true, readings may be incomplete, and nothing is written any more. */
  isStopping: () => boolean;
};

/** How many folders are read at once: while one's audio is examined, another's text is read. */
const TOGETHER = 8;
/** How many folders are written in one transaction. */
const BATCH = 64;

type Task = { bundle: Bundle; signature: string; show: Show; station: Station };
type Read = Task & ReadEpisode;

/** One pass over all folders, or over some. */
export class IndexRun {
  readonly #options: IndexRunOptions;
  readonly #startedAt = performance.now();
  readonly #tasks: Task[] = [];
  readonly #waitingForGuid = new Set<string>();
  #seen = 0;
  #read = 0;
  #removed = 0;

  constructor(options: IndexRunOptions) {
    this.#options = options;
  }

  /** Looks at every folder, reads those that changed, and removes those that are gone. */
  async scan(): Promise<IndexReport> {
    const { archive, catalogue } = this.#options;
    // The signatures of one show at a time, so that those of a hundred thousand folders are not in memory.
    const top = await catalogue.signaturesBelow('');
    let episodes = new Map<string, string>();
    const gone: string[] = [];
    let station: Station | undefined;
    let show: Show | undefined;
    for await (const bundle of archive.bundles()) {
      if (this.#options.isStopping()) return this.#report();
      this.#seen += 1;
      const known = bundle.kind === 'episode' ? episodes : top;
      const before = known.get(bundle.key);
      known.delete(bundle.key);
      if (bundle.kind === 'station') {
        // A folder that cannot be read is not gone: a disk that is missing for a moment must not empty the site.
        if (bundle.unreadable) top.clear();
        station = await this.#station(bundle, before);
      } else if (station === undefined) continue;
      else if (bundle.kind === 'show') {
        gone.push(...episodes.keys());
        episodes = bundle.unreadable ? new Map() : await catalogue.signaturesBelow(bundle.key);
        show = await this.#show(bundle, before, station);
      } else if (show !== undefined) await this.#episode(bundle, before, show, station);
    }
    gone.push(...episodes.keys(), ...top.keys());
    await this.#flush();
    await this.#remove(gone);
    await this.#readAgain();
    if (!this.#options.isStopping()) await this.#write((writer) => writer.putWhole());
    return this.#report();
  }

  /** Looks at these folders alone, and at those that depend on them. */
  async refresh(keys: string[]): Promise<IndexReport> {
    const { archive, catalogue } = this.#options;
    const known = await catalogue.signaturesOf(keys);
    const gone: string[] = [];
    for (const key of keys.toSorted()) {
      const bundle = await archive.bundle(key);
      this.#options.retries.delete(key);
      if (bundle === undefined) {
        gone.push(key);
        continue;
      }
      this.#seen += 1;
      if (await this.#changesOthers(bundle, known.get(key))) return this.scan();
    }
    await this.#flush();
    await this.#remove(gone);
    await this.#readAgain();
    return this.#report();
  }

  /** Returns whether the folder is a station or show whose change affects the folders below it. */
  async #changesOthers(bundle: Bundle, before: string | undefined): Promise<boolean> {
    const { catalogue } = this.#options;
    const station = await catalogue.station();
    if (bundle.kind === 'station') {
      const read = await this.#station(bundle, before);
      return station === undefined || stationContext(read) !== stationContext(station);
    }
    if (station === undefined) return true;
    const slug = bundle.key.split('/')[0] ?? '';
    const show = await catalogue.show(slug);
    if (bundle.kind === 'show') {
      const read = await this.#show(bundle, before, station);
      return (
        show === undefined || (read !== undefined && contextOf(read, station) !== contextOf(show, station))
      );
    }
    if (show === undefined) return true;
    await this.#episode(bundle, before, show, station);
    return false;
  }

  async #station(bundle: Bundle, before: string | undefined): Promise<Station> {
    const { archive, catalogue, facts } = this.#options;
    const signature = readSignature(bundle.signature, '');
    const last = await catalogue.station();
    if (signature === before && last !== undefined) return last;
    const reading = await readStation(archive, facts, bundle);
    const station =
      reading.content ??
      last ??
      (await readStation(archive, facts, { ...bundle, files: [], unreadable: false })).content;
    if (station === undefined) throw new Error('a station without files has its defaults');
    await this.#write(async (writer) => {
      await this.#record(writer, bundle.key, signature, reading);
      await writer.putStation(station);
    });
    return station;
  }

  async #show(bundle: Bundle, before: string | undefined, station: Station): Promise<Show | undefined> {
    const { archive, catalogue, facts } = this.#options;
    const signature = readSignature(bundle.signature, stationContext(station));
    const last = await catalogue.show(bundle.key);
    if (signature === before) return last;
    const reading = await readShow(archive, facts, bundle, station);
    await this.#write(async (writer) => {
      await this.#record(writer, bundle.key, signature, reading);
      if (reading.content !== undefined) await writer.putShow(reading.content);
    });
    return reading.content ?? last;
  }

  async #episode(bundle: Bundle, before: string | undefined, show: Show, station: Station): Promise<void> {
    const signature = readSignature(bundle.signature, contextOf(show, station));
    if (signature === before) return;
    this.#tasks.push({ bundle, signature, show, station });
    if (this.#tasks.length >= BATCH) await this.#flush();
  }

  /** Reads the waiting folders and writes the results in one transaction. */
  async #flush(): Promise<void> {
    const { archive, catalogue, facts, now } = this.#options;
    const tasks = this.#tasks.splice(0);
    const done: Read[] = [];
    for (let first = 0; first < tasks.length; first += TOGETHER) {
      const readings = tasks.slice(first, first + TOGETHER).map(async (task) => {
        const context = { show: task.show, timezone: task.station.timezone, now: now() };
        return { ...task, reading: await readEpisode(archive, facts, task.bundle, context) };
      });
      done.push(...(await Promise.all(readings)));
    }
    if (done.length === 0 || this.#options.isStopping()) return;
    const displaced = await rejectDuplicateGuids(archive, catalogue, done);
    for (const key of displaced) this.#waitingForGuid.add(key);
    await this.#write(async (writer) => {
      for (const key of displaced) await writer.removeContent(key);
      for (const { bundle, signature, reading, station } of done) {
        await this.#record(writer, bundle.key, signature, reading);
        if (reading.content === undefined) {
          if (!reading.keepsLast) await writer.removeContent(bundle.key);
          continue;
        }
        await writer.putEpisode({
          episode: reading.content,
          ...monthOf(reading.content.publishedAt, station.timezone),
          cues: reading.cues,
        });
      }
    });
  }

  /** Removes folders with all below them. */
  async #remove(gone: string[]): Promise<void> {
    if (gone.length === 0 || this.#options.isStopping()) return;
    const { catalogue, retries } = this.#options;
    const below = await Promise.all(gone.map((key) => (isShowKey(key) ? catalogue.keysBelow(key) : [])));
    const removed = new Set([...gone, ...below.flat()]);
    for (const fault of await catalogue.faults())
      if (fault.code === 'guid-twice' && removed.has(fault.values.value ?? ''))
        this.#waitingForGuid.add(fault.folder);
    await this.#write(async (writer) => {
      for (const key of removed) await writer.removeFolder(key);
    });
    for (const key of removed) retries.delete(key);
    this.#removed += removed.size;
  }

  /** Reads again the folders whose right to a guid may have changed. */
  async #readAgain(): Promise<void> {
    if (this.#waitingForGuid.size === 0 || this.#options.isStopping()) return;
    const keys = [...this.#waitingForGuid];
    this.#waitingForGuid.clear();
    await this.#write(async (writer) => {
      for (const key of keys) await writer.putFolder(key, '', []);
    });
    const again = await new IndexRun(this.#options).refresh(keys);
    this.#read += again.read;
    this.#removed += again.removed;
  }

  async #record(
    writer: CatalogueWriter,
    key: string,
    signature: string,
    reading: Reading<unknown>,
  ): Promise<void> {
    const { retries, reportFault } = this.#options;
    this.#read += 1;
    if (reading.retryAt === undefined) retries.delete(key);
    else retries.set(key, reading.retryAt);
    // Without a signature, so that it is read again even if its files do not change.
    await writer.putFolder(key, reading.retryAt === undefined ? signature : '', reading.faults);
    for (const [id, origin] of reading.pictures) await writer.putPicture(id, origin);
    for (const { fileKey, version, fact } of reading.facts) await writer.putProbe(fileKey, version, fact);
    reading.faults.forEach(reportFault);
  }

  #write(work: (writer: CatalogueWriter) => Promise<void>): Promise<void> {
    return this.#options.catalogue.write(work);
  }

  #report(): IndexReport {
    const milliseconds = Math.round(performance.now() - this.#startedAt);
    return { seen: this.#seen, read: this.#read, removed: this.#removed, milliseconds };
  }
}

const isShowKey = (key: string): boolean => key !== '' && !key.includes('/');

const contextOf = (show: Show, station: Station): string => showContext(stationContext(station), show);
