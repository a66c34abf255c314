import { existsSync, statSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Watch } from '../archive.ts';
import { bundleKind, isIgnoredName } from '../keys.ts';
import { type EventWatches, makeEventWatches } from './event-watches.ts';
import {
  bundleFoldersIn,
  bundleKey,
  type Folder,
  folderAt,
  folderPath,
  isBundleFolder,
  newFolder,
  type Place,
  placesIn,
} from './folder-tree.ts';
import { makeReports, type Reports } from './reports.ts';
import { startRollingScan } from './rolling-scan.ts';
import { deepLook, GONE, type Look, quickLook, UNSEEN } from './stamps.ts';

/** All optional; the defaults and the measurements behind them are in docs/decisions/watching-folders.md. */
export type WatchOptions = {
  /** Called with one sentence when the system grants too few watches. */
  warn?: (message: string) => void;
  /** How many episode folders, the newest by name, get a watch of the system. */
  eventWatches?: number;
  /** Milliseconds between the beginnings of two quick rounds over the other folders. */
  quickRoundMs?: number;
  /** Milliseconds between the beginnings of two rounds over every file of every folder. */
  fullRoundMs?: number;
};

const EVENT_WATCHES = 20_000;
const QUICK_ROUND_MS = 1500;
const QUICK_SHARE = 0.08;
const FULL_ROUND_MS = 60_000;
const FULL_SHARE = 0.02;
/** The file system's clock may lag behind ours by a tick; a network disk's by more. */
const CLOCK_SLACK_MS = 2000;
const SET_UP_SLICE_MS = 20;

/** File systems of other machines, which send no events (statfs magic numbers: NFS, SMB, CIFS, SMB2, FUSE, 9P, Ceph, AFS). */
const REMOTE = new Set([
  0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0x65735546, 0x01021997, 0x00c36400, 0x5346414f,
]);

/**
 * Watches the station, each show and each episode below `root` (a real path): by events of the system where there are some, by
 * repeated scans where there are none. Every change is reported; a report may be for nothing.
 */
export async function watchFolders(
  root: string,
  changed: (keys: string[]) => void,
  options: WatchOptions,
): Promise<Watch> {
  const watch = new FolderWatch(root, changed, options);
  await watch.start();
  return watch;
}

class FolderWatch implements Watch {
  readonly #root: string;
  readonly #options: WatchOptions;
  readonly #events: EventWatches;
  readonly #reports: Reports<Place>;
  readonly #since = Date.now() - CLOCK_SLACK_MS;
  readonly #limit: number;
  #tree: Folder = newFolder(0);
  #inode = 0;
  #remote = false;
  #closed = false;
  #scans: { stop(): void }[] = [];

  constructor(root: string, changed: (keys: string[]) => void, options: WatchOptions) {
    this.#root = root;
    this.#options = options;
    this.#limit = options.eventWatches ?? EVENT_WATCHES;
    this.#events = makeEventWatches(
      root,
      this.#limit,
      (place, kind, name) => this.#onEvent(place, kind, name),
      (code, granted) => this.#sayRanOut(code, granted),
    );
    this.#reports = makeReports((changes) => {
      for (const [, place] of changes) this.#lookAnew(place);
      changed(changes.map(([key]) => key));
    });
  }

  async start(): Promise<void> {
    const { type } = await statfs(this.#root);
    this.#remote = REMOTE.has(type);
    this.#inode = statSync(this.#root).ino;
    this.#events.add([], this.#tree);
    const episodes: [Place, Folder][] = [];
    for (const show of bundleFoldersIn(this.#root, this.#root) ?? []) {
      const folder = newFolder(1);
      this.#tree.children?.set(show, folder);
      this.#events.add([show], folder);
      for (const name of bundleFoldersIn(this.#root, folderPath(this.#root, [show])) ?? []) {
        const episode = newFolder(2);
        folder.children?.set(name, episode);
        episodes.push([[show, name], episode]);
      }
    }
    await this.#watchNewest(episodes);
    this.#startScans();
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const scan of this.#scans) scan.stop();
    this.#reports.stop();
    this.#events.close();
  }

  async #watchNewest(episodes: [Place, Folder][]): Promise<void> {
    if (episodes.length > this.#limit) {
      const nameOf = ([place]: [Place, Folder]): string => place[1] ?? '';
      episodes.sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1)).splice(0, episodes.length - this.#limit);
    }
    let sliceEnd = performance.now() + SET_UP_SLICE_MS;
    for (const [place, folder] of episodes) {
      if (this.#closed) return;
      this.#events.add(place, folder);
      if (performance.now() < sliceEnd) continue;
      await nextTurn();
      sliceEnd = performance.now() + SET_UP_SLICE_MS;
    }
  }

  #startScans(): void {
    if (this.#closed) return;
    // Shows are scanned in any case: they are few, and a lost event of a show would hide new episodes.
    const toLookAt = (episode: Folder): boolean => this.#remote || !this.#events.has(episode);
    const quick = startRollingScan(
      () => placesIn(this.#tree, [], toLookAt),
      ([place, folder]) =>
        this.#look(
          place,
          folder,
          'quick',
          quickLook(folderPath(this.#root, place), bundleKind(place.length)),
        ),
      { roundMs: this.#options.quickRoundMs ?? QUICK_ROUND_MS, share: QUICK_SHARE },
    );
    const full = startRollingScan(
      () => placesIn(this.#tree),
      ([place, folder]) =>
        this.#look(place, folder, 'deep', deepLook(this.#root, folderPath(this.#root, place))),
      { roundMs: this.#options.fullRoundMs ?? FULL_ROUND_MS, share: FULL_SHARE },
    );
    this.#scans = [quick, full];
  }

  #look(place: Place, folder: Folder, which: 'quick' | 'deep', { stamp, newest }: Look): void {
    const before = folder[which];
    folder[which] = stamp;
    const changed = before === UNSEEN ? newest > this.#since || stamp === GONE : before !== stamp;
    if (!changed) return;
    this.#report(place);
    if (place.length < 2) this.#compareChildren(place, folder);
    else if (stamp === GONE) this.#settle(place.slice(0, -1), place[place.length - 1] ?? '');
    // An old episode that changes now will probably change again.
    else if (!this.#events.has(folder)) this.#events.add(place, folder);
  }

  #onEvent(place: Place, kind: 'change' | 'rename', name: string | undefined): void {
    if (this.#closed) return;
    const folder = folderAt(this.#tree, place);
    if (folder === undefined) return;
    if (name === undefined) {
      this.#report(place);
      if (folder.children !== undefined) this.#compareChildren(place, folder);
      return;
    }
    if (isIgnoredName(name)) return;
    const known = folder.children?.get(name);
    const isFolder =
      folder.children !== undefined &&
      (known !== undefined || isBundleFolder(this.#root, folderPath(this.#root, place), name));
    if (!isFolder) this.#report(place);
    // The rights of a folder changed that is watched already.
    else if (kind === 'change' && known !== undefined && this.#events.has(known))
      this.#report([...place, name]);
    else this.#settle(place, name);
  }

  /** Brings the tree in line with what `name` in `parent` is now, and reports what it was before and what it is. */
  #settle(parent: Place, name: string): void {
    const siblings = folderAt(this.#tree, parent)?.children;
    if (siblings === undefined || name === '') return;
    const place = [...parent, name];
    const known = siblings.get(name);
    if (known !== undefined) {
      for (const [gone, folder] of placesIn(known, place)) {
        this.#events.remove(folder);
        this.#report(gone);
      }
      siblings.delete(name);
    }
    if (isBundleFolder(this.#root, folderPath(this.#root, parent), name)) this.#enter(place, siblings, name);
    // A file has the folder's name now: it belongs to the parent.
    else if (existsSync(folderPath(this.#root, place))) this.#report(parent);
  }

  /** Adds a new folder. It is watched before its content is listed, so that no change is missed between the two. */
  #enter(place: Place, siblings: Map<string, Folder>, name: string): void {
    const folder = newFolder(place.length);
    siblings.set(name, folder);
    this.#events.add(place, folder);
    this.#report(place);
    if (folder.children === undefined) return;
    for (const child of bundleFoldersIn(this.#root, folderPath(this.#root, place)) ?? []) {
      this.#enter([...place, child], folder.children, child);
    }
  }

  #compareChildren(place: Place, folder: Folder): void {
    if (place.length === 0) this.#noticeNewRoot();
    if (!this.#events.has(folder)) this.#events.add(place, folder);
    const listed = bundleFoldersIn(this.#root, folderPath(this.#root, place));
    if (listed === undefined) return;
    const names = new Set(listed);
    for (const name of [...(folder.children?.keys() ?? [])]) {
      if (!names.has(name)) this.#settle(place, name);
    }
    for (const name of names) {
      if (folder.children?.has(name) !== true) this.#settle(place, name);
    }
  }

  // Another folder may have the root's name now (a new checkout, a mounted disk): the old watches say nothing of it.
  #noticeNewRoot(): void {
    const inode = statSync(this.#root, { throwIfNoEntry: false })?.ino;
    if (inode === undefined || inode === this.#inode) return;
    this.#inode = inode;
    this.#events.add([], this.#tree);
    for (const name of [...(this.#tree.children?.keys() ?? [])]) this.#settle([], name);
  }

  #report(place: Place): void {
    this.#reports.add(bundleKey(place), place);
  }

  // The scans need not report again what is reported now.
  #lookAnew(place: Place): void {
    const folder = folderAt(this.#tree, place);
    if (folder === undefined) return;
    const path = folderPath(this.#root, place);
    folder.quick = quickLook(path, bundleKind(place.length)).stamp;
    folder.deep = deepLook(this.#root, path).stamp;
  }

  #sayRanOut(code: string, granted: number): void {
    this.#options.warn?.(
      `The system grants no more than ${granted} folder watches (${code}): changes in other folders are seen within seconds instead of at once. On Linux, raise fs.inotify.max_user_watches.`,
    );
  }
}
