import { stat, statfs } from 'node:fs/promises';
import { Refused } from '../../../model/problem.ts';
import type { Records } from '../../../records/records.ts';
import type { UploadPaths } from '../upload-paths.ts';
import { parseFacts, type UploadRow } from '../upload-rows.ts';
import { fileLength } from './file-length.ts';

export type DiskSpace = {
  /**
   * Throws `Refused` (`upload-no-room`) when a file of so many bytes does not fit, with the files made from
   * it.
   */
  assertFor(bytes: number): Promise<void>;
  /** The same, and starts `begin` before any other upload of this process is checked. */
  whenFits<T>(bytes: number, begin: () => Promise<T>): Promise<T>;
  /** Throws `Refused` (`disk-full`) when so little is left that soon even texts cannot be saved. */
  assertReserve(): Promise<void>;
};

/** The space that uploads leave free: this, or a share of the disk if that is more. */
const MARGIN_BYTES = 200e6;
const MARGIN_PART = 0.02;
/** The space that uploads under way leave free, since texts are kept in a database on the same disk. */
const RESERVE_BYTES = 100e6;

/** Returns the size and the free bytes of the disk that a path is on. */
export async function readDisk(path: string): Promise<{ total: number; free: number }> {
  const { bsize, blocks, bavail } = await statfs(path);
  return { total: bsize * blocks, free: bsize * bavail };
}

/**
 * Watches the free space on the disks of uploads and of episodes. Uploads under way count as if they were
 * whole already, each sound twice: as it came, and as it is published.
 */
export function openDiskSpace(records: Records, places: UploadPaths, episodesDir: string): DiskSpace {
  const left = async (path: string): Promise<number> => {
    const { total, free } = await readDisk(path);
    return free - Math.max(MARGIN_BYTES, total * MARGIN_PART);
  };

  async function underWay(): Promise<{ uploads: number; episodes: number }> {
    const rows = await records.db
      .selectFrom('uploads')
      .selectAll()
      .where('state', 'in', ['arriving', 'waiting', 'working', 'ready'])
      .execute();
    const needs = await Promise.all(rows.map((row) => needOf(row, places)));
    return {
      uploads: needs.reduce((sum, need) => sum + need.uploads, 0),
      episodes: needs.reduce((sum, need) => sum + need.episodes, 0),
    };
  }

  async function assertFor(bytes: number): Promise<void> {
    const [own, theirs, isOneDisk, pending] = await Promise.all([
      left(places.uploads),
      left(episodesDir),
      areOnOneDisk(places.uploads, episodesDir),
      underWay(),
    ]);
    const free = isOneDisk
      ? own - pending.uploads - pending.episodes
      : Math.min(own - pending.uploads, 2 * (theirs - pending.episodes));
    if (2 * bytes > free)
      throw new Refused('upload-no-room', { size: byteWords(2 * bytes), free: byteWords(free) });
  }

  let last: Promise<unknown> = Promise.resolve();
  return {
    assertFor,
    whenFits(bytes, begin) {
      const turn = last.then(() => assertFor(bytes)).then(begin);
      last = turn.catch(() => undefined);
      return turn;
    },
    async assertReserve() {
      if ((await readDisk(places.uploads)).free < RESERVE_BYTES) throw new Refused('disk-full');
    },
  };
}

const areOnOneDisk = async (one: string, other: string): Promise<boolean> =>
  (await stat(one)).dev === (await stat(other)).dev;

/** Returns how many bytes an upload will still take: beside itself, and in its episode's folder. */
async function needOf(row: UploadRow, places: UploadPaths): Promise<{ uploads: number; episodes: number }> {
  const { bytes } = row;
  if (row.state === 'ready') return { uploads: 0, episodes: parseFacts(row)?.sound?.bytes ?? bytes };
  if (row.state !== 'arriving') return { uploads: bytes, episodes: 0 };
  return { uploads: 2 * bytes - ((await fileLength(places.source(row.id))) ?? 0), episodes: 0 };
}

const [KB, MB, GB] = [1024, 1024 ** 2, 1024 ** 3];

/** Returns a number of bytes in whole units, in words that need no translation: `340 KB`, `2150 MB`. */
export function byteWords(bytes: number): string {
  const [unit, name] = bytes >= 10 * GB ? [GB, 'GB'] : bytes >= MB ? [MB, 'MB'] : [KB, 'KB'];
  return `${Math.max(0, Math.round(bytes / unit))} ${name}`;
}
