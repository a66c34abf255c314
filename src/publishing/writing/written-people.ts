import type { Person } from '../../model/station.ts';

/** Returns people as they are written into front matter: by name alone where nothing else is said of them. */
export function writtenPeople(people: readonly Person[]): (string | Person)[] | undefined {
  if (people.length === 0) return undefined;
  return people.map(({ name, role, url, img }) => {
    if (!role && !url && !img) return name;
    return { name, ...(role && { role }), ...(url && { url }), ...(img && { img }) };
  });
}
