import type { Counted } from '../../catalogue/catalogue.ts';
import { NotFound } from '../errors.ts';

/** Returns the tag or category of this slug. Throws `NotFound` when no public episode has it. */
export function findCounted(all: Counted[], slug: string): Counted {
  const found = all.find((each) => each.slug === slug);
  if (found === undefined) throw new NotFound('No public episode has this word');
  return found;
}
