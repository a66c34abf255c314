import { slugOf } from '../model/addresses.ts';
import type { Episode } from '../model/episode.ts';
import type { Person } from '../model/station.ts';

/**
 * Returns everybody whom an episode names as heard in it or in one of its segments, each once. Who wrote the text (its
 * byline) is not among them, nor are the hosts of its show, who need not be in every episode.
 */
export function peopleOf({ people, segments }: Pick<Episode, 'people' | 'segments'>): Person[] {
  const bySlug = new Map<string, Person>();
  for (const person of [...people, ...segments.flatMap((segment) => segment.people)]) {
    const slug = slugOf(person.name);
    if (slug !== '' && !bySlug.has(slug)) bySlug.set(slug, person);
  }
  return [...bySlug.values()];
}
