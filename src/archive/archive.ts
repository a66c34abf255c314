/**
 * The store of the episode folders. A key is names in NFC joined by `/`: `` (the station), `stacca-stacca` (a show),
 * `stacca-stacca/2025-01-30-sputnik-moment` (an episode). A file's key is its folder's key with the file's name behind it.
 */
export interface Archive {
  /** Yields every bundle: the station, then each show followed by its episodes. An unreadable folder has `unreadable` set. */
  bundles(): AsyncIterable<Bundle>;
  /** Returns a bundle as it is now; `undefined` when it is not there. */
  bundle(key: string): Promise<Bundle | undefined>;
  /** Returns a file's bytes, or a part of them (`end` is exclusive). Throws `FileNotFound`, `LinkLeadsOut`, `NotReadable`. */
  read(fileKey: string, range?: { start: number; end: number }): Promise<Uint8Array>;
  /**
   * Returns the file's path on this machine, for code that reads files by path; never one outside the archive. `undefined` when
   * the file is not there, or is not on this machine.
   */
  localPath(fileKey: string): Promise<string | undefined>;
  /** Puts the whole file in place at once, or changes nothing. Makes the bundle's folder where there is none. */
  write(fileKey: string, data: Uint8Array | AsyncIterable<Uint8Array>): Promise<void>;
  /** Renames a bundle or a file. Throws `AlreadyThere`. */
  move(fromKey: string, toKey: string): Promise<void>;
  /** Removes a file, or a bundle with its content. A key that is not there is no error. */
  remove(key: string): Promise<void>;
  /** Calls `changed` with the keys of bundles that may have changed, soon after they did. */
  watch(changed: (keys: string[]) => void): Promise<Watch>;
}

export type Watch = { close(): Promise<void> };

export type BundleKind = 'station' | 'show' | 'episode';

/** A folder and its files, without sub-folders, dot files and half-downloaded files (`.part`, `~`, …). */
export type Bundle = {
  key: string;
  kind: BundleKind;
  files: StoredFile[];
  /** Differs whenever a file was added, removed or may have changed. */
  signature: string;
  /** Set when the folder could not be read: `files` is then empty. */
  unreadable?: boolean;
  /**
   * Names in this folder that no key leads to and that are therefore left out: another file has the same name in NFC, or the
   * name is not UTF-8 or holds a backslash. Nearly always empty.
   */
  clashes: string[];
};

export type StoredFile = {
  /** NFC, whatever the disk has. */
  name: string;
  bytes: number;
  /** Milliseconds since 1970. */
  modifiedAt: number;
  /** Differs whenever the file's bytes may have changed. */
  version: string;
  /** A link that leads out of the archive, or to nothing: never read. */
  leadsOut?: boolean;
};
