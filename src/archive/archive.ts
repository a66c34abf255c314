/**
 * The archive: where the episode folders are, whatever it is made of. Keys are `/`-joined names in NFC:
 * `` (the station), `stacca-stacca` (a show), `stacca-stacca/2025-01-30-sputnik-moment` (an episode), and, with a file's
 * name behind them, the files in those folders.
 */
export interface Archive {
  /** Every bundle: the station, then each show followed by its episodes. Unreadable folders come with `unreadable` set. */
  bundles(): AsyncIterable<Bundle>;
  /** One bundle as it is now; `undefined` when it is not there. */
  bundle(key: string): Promise<Bundle | undefined>;
  /** The bytes of a file, or of a part of it (`end` is exclusive). Throws `FileNotFound`, `LinkLeadsOut`, `NotReadable`. */
  read(fileKey: string, range?: { start: number; end: number }): Promise<Uint8Array>;
  /** Where the file lies on this machine, when it does: delivery and parsers read it there. Never outside the archive. */
  localPath(fileKey: string): Promise<string | undefined>;
  /** Puts the whole file in place at once, or leaves things as they were. Makes the bundle where there is none. */
  write(fileKey: string, data: Uint8Array | AsyncIterable<Uint8Array>): Promise<void>;
  /** Renames a bundle or a file. Throws `AlreadyThere`. */
  move(fromKey: string, toKey: string): Promise<void>;
  /** Removes a bundle with all in it, or a file. Removing what is not there is no error. */
  remove(key: string): Promise<void>;
  /** Calls `changed` with the keys of bundles that may have changed, soon after they did. */
  watch(changed: (keys: string[]) => void): Promise<Watch>;
}

export type Watch = { close(): Promise<void> };

export type BundleKind = 'station' | 'show' | 'episode';

/** A folder and what lies in it. Sub-folders, dot files and half-downloaded files (`.part`, `~`, …) are not in it. */
export type Bundle = {
  key: string;
  kind: BundleKind;
  files: StoredFile[];
  /** Differs whenever a file came, went or may have changed. */
  signature: string;
  /** Set when the folder could not be read: `files` is then empty. */
  unreadable?: boolean;
  /**
   * Names in this folder that no key leads to, so that they are left out: another has the same name in NFC, or the
   * name is not UTF-8 or holds a backslash. Empty nearly always.
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
