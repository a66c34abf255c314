import type { Kysely } from 'kysely';
import { LRUCache } from 'lru-cache';
import type { CatalogueTables } from '../schema.ts';
import { countRows } from '../sqlite/full-text.ts';
import { stemExpression } from '../sqlite/match.ts';

type Db = Kysely<CatalogueTables>;

/** A stem in this many episodes says little about any of them and is counted no further. */
export const COMMON = 1200;
const COUNTS_KEPT = 8000;
/** Counts are used until the archive has grown or shrunk by this share. */
const CHANGED = 0.01;

type Counts = { all: number; counts: LRUCache<string, number> };

const countsIn = new WeakMap<Db, Counts>();

function countsFor(db: Db, all: number): Counts['counts'] {
  const known = countsIn.get(db);
  if (known !== undefined && Math.abs(known.all - all) < CHANGED * all) return known.counts;
  const counts = new LRUCache<string, number>({ max: COUNTS_KEPT });
  countsIn.set(db, { all, counts });
  return counts;
}

/**
 * Returns in how many episodes (scheduled ones too) a stem stands; `COMMON` for that many and more. `all`: how many there
 * are. In a large archive the answer may be some hours old.
 */
export async function episodesWith(db: Db, stem: string, all: number): Promise<number> {
  // In a small one each counts, and counting is quick.
  const counts = countsFor(db, all);
  const known = all * CHANGED < 1 ? undefined : counts.get(stem);
  if (known !== undefined) return known;
  const choice = { without: [], upTo: COMMON };
  const count = await countRows(db, 'full_text', stemExpression(stem, 'anywhere'), choice);
  counts.set(stem, count);
  return count;
}
