import type { Archive } from '../../src/archive/archive.ts';
import type { TestStudio } from './opened-publishing.ts';

/** An archive that, from some change on, answers no more: as if the process had been killed there. */
export type Killable = {
  wrap: (archive: Archive) => Archive;
  /** Lets `after` changes happen and no more; the next one happens and is not answered (`done`), or does not happen. */
  arm(after: number, done: boolean): Promise<void>;
};

export function killable(): Killable {
  let left = Number.POSITIVE_INFINITY;
  let happens = false;
  let killed = () => {};
  const never = new Promise<never>(() => {});
  const change = async (work: () => Promise<void>): Promise<void> => {
    left -= 1;
    if (left >= 0) return work();
    if (happens && left === -1) await work();
    killed();
    return never;
  };
  return {
    wrap: (archive) => ({
      ...archive,
      write: (key, data) => change(() => archive.write(key, data)),
      move: (from, to) => change(() => archive.move(from, to)),
      remove: (key) => change(() => archive.remove(key)),
    }),
    arm(after, done) {
      left = after;
      happens = done;
      return new Promise((resolve) => {
        killed = resolve;
      });
    },
  };
}

/** The moments at which work can be killed that makes so many changes: before each of them, and after the last. */
export const momentsOf = (changes: number): [after: number, done: boolean][] => [
  ...Array.from({ length: changes }, (_, at): [number, boolean] => [at, false]),
  [changes - 1, true],
];

/** Kills the work at a moment and starts the studio anew, which ends it. Returns whether there was anything to kill. */
export async function killedAt(
  studio: TestStudio,
  { arm }: Killable,
  [after, done]: [number, boolean],
): Promise<boolean> {
  const killed = arm(after, done).then(() => true);
  const wasKilled = await Promise.race([studio.work().then(() => false), killed]);
  void arm(Number.POSITIVE_INFINITY, false);
  const { db } = studio.records;
  await db.updateTable('jobs').set({ state: 'waiting' }).where('state', '=', 'running').execute();
  await studio.publishing.recover();
  await studio.work();
  return wasKilled;
}
