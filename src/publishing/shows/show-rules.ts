import { isIgnoredName, isKeyPart } from '../../archive/keys.ts';
import { showPath, slugOf } from '../../model/addresses.ts';
import { Refused } from '../../model/problem.ts';
import type { PublishingContext } from '../context.ts';
import { bundleAt, currentShow } from '../folders/folders.ts';

/** Returns the show. Throws `Refused` (`not-found`). */
export async function assertShow(context: PublishingContext, slug: string) {
  const show =
    (await bundleAt(context.archive, slug))?.kind === 'show' ? await currentShow(context, slug) : undefined;
  if (show === undefined) throw new Refused('not-found');
  return show;
}

const LONGEST_SLUG = 80;

/**
 * Throws `Refused` for a name that a show cannot have: `name-refused`, `already-there` (also when an old
 * address redirects there).
 */
export async function assertFreeShow(
  { archive, catalogue, now }: PublishingContext,
  slug: string,
): Promise<void> {
  const isName = slug !== '' && slug === slugOf(slug) && slug.length <= LONGEST_SLUG;
  if (!isName || !isKeyPart(slug) || isIgnoredName(slug)) throw new Refused('name-refused', { name: slug });
  const isTaken =
    (await archive.bundle(slug)) !== undefined ||
    (await catalogue.redirectFor(showPath(slug), now())) !== undefined;
  if (isTaken) throw new Refused('already-there', { name: slug });
}
