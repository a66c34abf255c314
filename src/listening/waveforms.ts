import { readPeaks } from '../audio/production/waveform-peaks.ts';
import { exists } from '../disk/exists.ts';
import type { Records } from '../records/records.ts';
import { waveformPath } from './waveform-path.ts';

/** The waveforms that are drawn, and the way to have one drawn. Any number of processes have it open over the same records. */
export type Waveforms = {
  /** `PEAK_BINS` bytes as `drawnPeaks` makes them; `undefined` while there are none. Throws what `node:fs` throws. */
  read(fingerprint: string): Promise<Uint8Array | undefined>;
  /** Where the waveform of the sound with this fingerprint lies, or will lie, on this machine's disk. */
  path(fingerprint: string): string;
  /**
   * Wishes that the sounds of an episode (`show/slug`) be drawn; with the fingerprint of the one that was missed, only where
   * nobody has found yet that it cannot be. It costs the caller nothing and never fails: who comes later may wish again.
   */
  requestDrawing(key: string, fingerprint?: string): void;
  /** Writes the wishes that are not written yet. */
  close(): Promise<void>;
};

/** Wishes that wait at most: a crawler that walks through the whole archive is not waited for. */
const MOST_WAITING = 24;
/** What is wished for within this time is written at once (ms). */
const WRITES_EVERY = 250;
/** So soon the same is not wished for again (ms), and of so many sounds that is remembered. */
const AGAIN_AFTER = 5 * 60_000;
const MOST_REMEMBERED = 1_000;

/** Opens the waveforms in the data folder. `now` in milliseconds since 1970. */
export function openWaveforms({
  records,
  dataDir,
  now = Date.now,
}: {
  records: Records;
  dataDir: string;
  now?: () => number;
}): Waveforms {
  const wished = new Map<string, number>();
  const unwritten = new Map<string, { key: string; fingerprint?: string }>();
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();

  const write = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    const wishes = [...unwritten.values()];
    unwritten.clear();
    if (wishes.length > 0)
      writing = writing
        .then(async () => {
          const keys = new Set<string>();
          for (const { key, fingerprint } of wishes)
            if (fingerprint === undefined || !(await exists(waveformPath(dataDir, fingerprint))))
              keys.add(key);
          if (keys.size > 0) await writeWishes(records, [...keys], now());
        })
        .catch(() => {
          // The records are busy, or the disk is full: a page does without, and the next one to come may wish again.
        });
    return writing;
  };

  return {
    path: (fingerprint) => waveformPath(dataDir, fingerprint),
    async read(fingerprint) {
      const path = waveformPath(dataDir, fingerprint);
      return (await exists(path)) ? readPeaks(path) : undefined;
    },
    requestDrawing(key, fingerprint) {
      const at = now();
      const wish = `${key} ${fingerprint}`;
      if (at - (wished.get(wish) ?? Number.NEGATIVE_INFINITY) < AGAIN_AFTER) return;
      putLast(wished, wish, at, MOST_REMEMBERED);
      putLast(unwritten, wish, fingerprint === undefined ? { key } : { key, fingerprint }, MOST_WAITING);
      timer ??= setTimeout(write, WRITES_EVERY).unref();
    },
    close: write,
  };
}

/** Puts it at the end of a map that holds so many; the first goes when there is no room. */
function putLast<V>(map: Map<string, V>, key: string, value: V, most: number): void {
  map.delete(key);
  map.set(key, value);
  const [first] = map.keys();
  if (map.size > most && first !== undefined) map.delete(first);
}

/**
 * Adds a job for each, unless there is one. A wish is due since long, the newest the longest: what somebody looks at now is
 * drawn first. The oldest wishes beyond `MOST_WAITING` go. What waits for its next attempt is left to wait.
 */
function writeWishes(records: Records, keys: readonly string[], at: number): Promise<void> {
  return records.write(async (db) => {
    for (const [index, subject] of keys.entries()) {
      const due_at = -at - index;
      await db
        .insertInto('jobs')
        .values({
          kind: 'draw',
          subject,
          payload_json: '{}',
          state: 'waiting',
          stage: 'waiting',
          progress: 0,
          attempts: 0,
          due_at,
          created_at: at,
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      await db
        .updateTable('jobs')
        .set({ due_at })
        .where('kind', '=', 'draw')
        .where('subject', '=', subject)
        .where('state', '=', 'waiting')
        .where('due_at', '<=', at)
        .execute();
    }
    const waiting = db
      .selectFrom('jobs')
      .select('id')
      .where('kind', '=', 'draw')
      .where('state', '=', 'waiting')
      .where('due_at', '<', 0);
    await db
      .deleteFrom('jobs')
      .where('id', 'in', waiting.orderBy('due_at').limit(-1).offset(MOST_WAITING))
      .execute();
  });
}
