import { type FSWatcher, watch } from 'node:fs';
import { meansAbsent, systemCode } from '../../disk/system-error.ts';
import { type Folder, folderPath, type Place } from './folder-tree.ts';

/** Called for an event of a folder. `name` is undefined when the system did not say which entry changed. */
export type FolderEvent = (place: Place, kind: 'change' | 'rename', name: string | undefined) => void;

/** Watches of the system (inotify on Linux) on as many folders as it allows. */
export type EventWatches = {
  /** Watches a folder; at the limit, the folder that was watched first is given up. Returns whether it is watched. */
  add(place: Place, folder: Folder): boolean;
  remove(folder: Folder): void;
  has(folder: Folder): boolean;
  close(): void;
};

/**
 * Makes event watches below `root`, on at most `limit` episode folders. The station and its shows are never given up. `ranOut` is
 * called once, when the system grants no more watches.
 */
export function makeEventWatches(
  root: string,
  limit: number,
  onEvent: FolderEvent,
  ranOut: (code: string, granted: number) => void,
): EventWatches {
  // A Map keeps its order: its first entry is the next to be given up.
  const kept = new Map<Folder, FSWatcher>();
  const episodes = new Map<Folder, FSWatcher>();
  let room = limit;
  let said = false;
  const homeOf = (folder: Folder) => (folder.children === undefined ? episodes : kept);

  const open = (place: Place, folder: Folder): boolean => {
    try {
      const watcher = watch(folderPath(root, place), { persistent: false });
      watcher.on('change', (kind, name) => {
        onEvent(place, kind === 'change' ? 'change' : 'rename', typeof name === 'string' ? name : undefined);
      });
      // A watch ends by itself when a disk is unmounted. From then on the scan looks at this folder.
      watcher.on('error', () => remove(folder));
      homeOf(folder).set(folder, watcher);
      return true;
    } catch (error) {
      const code = systemCode(error);
      if (meansAbsent(error) || code === 'EACCES' || code === 'ELOOP') return false;
      room = Math.min(room, episodes.size);
      if (!said) ranOut(code, kept.size + episodes.size);
      said = true;
      return false;
    }
  };

  const giveUpFirst = (): void => {
    const [first] = episodes;
    if (first === undefined) return;
    first[1].close();
    episodes.delete(first[0]);
  };

  const remove = (folder: Folder): void => {
    homeOf(folder).get(folder)?.close();
    homeOf(folder).delete(folder);
  };

  return {
    add(place, folder) {
      remove(folder);
      if (folder.children === undefined && room === 0) return false;
      if (folder.children === undefined && episodes.size >= room) giveUpFirst();
      return open(place, folder);
    },
    remove,
    has: (folder) => homeOf(folder).has(folder),
    close() {
      for (const watcher of [...kept.values(), ...episodes.values()]) watcher.close();
      kept.clear();
      episodes.clear();
    },
  };
}
