import { readPeaks } from '../audio/production/waveform-peaks.ts';
import { exists } from '../disk/exists.ts';
import type { Records } from '../records/records.ts';
import { waveformPath } from './waveform-path.ts';

/**
 * The drawn waveforms, and a way to have one drawn. Several processes may have them open over the same
 * records.
 */
export type Waveforms = {
  /**
   * Returns `PEAK_BINS` bytes as `waveformFile` makes them; `undefined` while there are none. Throws what
   * `node:fs` throws.
   */
  read(fingerprint: string): Promise<Uint8Array | undefined>;
  /** Returns where the waveform of the sound with this fingerprint is, or will be, on this machine. */
  path(fingerprint: string): string;
  /**
   * Requests the waveforms of an episode (`show/slug`). With the fingerprint of the missing one, only while
   * no file says that it cannot be drawn. It takes no time and never fails: a request that is lost is made
   * again by a later visit.
   */
  requestDrawing(key: string, fingerprint?: string): void;
  /** Writes the requests that are not written yet. */
  close(): Promise<void>;
};

/** At most so many requests wait: a crawler that visits the whole archive does not fill the queue. */
const MOST_WAITING = 24;
/** Requests within this time (ms) are written together. */
const WRITES_EVERY = 250;
/** The same request is not written again within this time (ms); so many are remembered. */
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
          // On a busy database or a full disk the page does without; the next visit requests it again.
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

/**
 * Puts an entry at the end of a map of at most `most` entries; the first one leaves when there is no room.
 */
function putLast<V>(map: Map<string, V>, key: string, value: V, most: number): void {
  map.delete(key);
  map.set(key, value);
  const [first] = map.keys();
  if (map.size > most && first !== undefined) map.delete(first);
}

/**
 * Adds a job for each key, unless there is one. Its due time is in the past, the newest request's furthest,
 * so that what somebody looks at now is drawn first. The oldest requests beyond `MOST_WAITING` are removed. A
 * job that waits for its next attempt stays as it is.
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
