import type { Episode } from '../../model/episode.ts';
import type { Person } from '../../model/station.ts';
import type { FeedChannel, FeedEntry } from '../feed-channel.ts';
import { clipLength, oneLine } from '../xml-text.ts';

/** Returns the episode's categories and tags, each once however it is written. */
export function itemSubjects({ categories, tags }: Pick<Episode, 'categories' | 'tags'>): string[] {
  const subjects = new Map<string, string>();
  for (const subject of [...categories, ...tags]) {
    const name = oneLine(subject);
    const key = name.toLowerCase();
    if (name !== '' && !subjects.has(key)) subjects.set(key, name);
  }
  return [...subjects.values()];
}

/** Returns the people of one segment: its own where it has any, else the episode's. */
export const itemPeople = ({ episode, segment }: FeedEntry): Person[] =>
  segment.people.length > 0 ? segment.people : episode.people;

/** Returns who signs the item: the byline, else its people, else the station. */
export function itemAuthor({ station }: Pick<FeedChannel, 'station'>, entry: FeedEntry): string {
  const names = itemPeople(entry).map(({ name }) => oneLine(name));
  const author = oneLine(entry.episode.byline ?? '') || names.join(', ') || oneLine(station.title);
  return clipLength(author, 255);
}
