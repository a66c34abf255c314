import { isDeepStrictEqual } from 'node:util';
import type { Person } from '../../model/station.ts';
import type { EpisodeReading } from '../folders/folders.ts';

/** A segment as an entry of `segments`. */
export type WrittenSegment = {
  /** The file's new name. `was`: the name that it has in the folder now, if it is there. */
  file: string;
  was?: string;
  guid: string;
  title: string;
  people?: readonly Person[];
};

type Entry = Record<string, unknown>;

/**
 * Returns the change of `segments` in the front matter; none if it is right already. Where there are several
 * segments, each is named with its guid, so that neither a name nor their order can change it; a single one
 * is named only where it differs from the episode's values.
 */
export function segmentEntries(
  before: EpisodeReading,
  segments: readonly WrittenSegment[],
  guid: string,
): { segments?: Entry[] | undefined } {
  const isNamedFully = segments.length > 1 || before.lostEntries.length > 0;
  const written = segments.flatMap((segment) => {
    const old = before.entries.get(segment.was ?? segment.file);
    const entry = entryOf(before, segment, old);
    const isPinned = isNamedFully || segment.guid !== guid || old?.guid !== undefined;
    if (isPinned) entry.guid = segment.guid;
    else delete entry.guid;
    return Object.keys(entry).length > 1 ? [inOrder(entry)] : [];
  });
  const after = [...written, ...before.lostEntries];
  const now = [...before.entries.values(), ...before.lostEntries];
  const isSame = after.length === now.length && after.every((entry, at) => isDeepStrictEqual(entry, now[at]));
  if (isSame) return {};
  return { segments: after.length === 0 ? undefined : after };
}

/** Returns the entry of a segment. Present keys stay, unknown ones included. */
function entryOf(before: EpisodeReading, segment: WrittenSegment, old: Entry = {}): Entry {
  const { file, was = file, title, people } = segment;
  const known = before.content.segments.find((one) => one.file === was);
  const entry: Entry = { ...old, file: isNameOf(old.file, file) ? old.file : file };
  if (title !== (known?.title ?? '')) entry.title = title;
  if (entry.title === '') delete entry.title;
  if (!isDeepStrictEqual(people ?? [], known?.people ?? [])) entry.people = writtenPeople(people ?? []);
  if (entry.people === undefined) delete entry.people;
  return entry;
}

const isNameOf = (written: unknown, file: string): boolean =>
  typeof written === 'string' && written.normalize('NFC').replace(/^\.\//, '') === file;

/** Returns the entry with new keys in order. */
function inOrder({ file, title, guid, ...rest }: Entry): Entry {
  return { file, ...(title !== undefined && { title }), ...(guid !== undefined && { guid }), ...rest };
}

/** Returns people as they are written into front matter: by name alone when there is nothing else. */
export function writtenPeople(people: readonly Person[]): (string | Person)[] | undefined {
  if (people.length === 0) return undefined;
  return people.map(({ name, role, url, img }) => {
    if (!role && !url && !img) return name;
    return { name, ...(role && { role }), ...(url && { url }), ...(img && { img }) };
  });
}
