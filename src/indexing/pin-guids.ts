import type { Archive } from '../archive/archive.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Episode } from '../model/episode.ts';
import { readEpisodeFile } from '../model/front-matter/episode-file.ts';
import { withKeys } from '../model/front-matter/front-matter.ts';

/**
 * Writes the guids that the catalogue gave to shows and episodes into their files, and nothing else: every other byte
 * stays. Returns the keys of the files written. Throws what the archive throws where it cannot be written to.
 */
export async function pinGuids(archive: Archive, catalogue: Catalogue): Promise<string[]> {
  const pinned: string[] = [];
  const write = async (key: string, text: string) => {
    await archive.write(key, Buffer.from(text));
    pinned.push(key);
  };
  for (const fault of await catalogue.faults()) {
    if (fault.code !== 'guid-unpinned') continue;
    const [showSlug = '', slug] = fault.folder.split('/');
    if (slug === undefined) {
      const show = await catalogue.show(showSlug);
      const key = `${fault.folder}/show.md`;
      if (show !== undefined) await write(key, withKeys(await textAt(archive, key), { guid: show.guid }));
      continue;
    }
    const episode = await catalogue.episodeOfAnyStatus(showSlug, slug);
    const key = `${fault.folder}/episode.md`;
    if (episode !== undefined)
      await write(key, pinnedText(await textAt(archive, key), fault.folder, episode));
  }
  return pinned;
}

/** Returns the text of an episode.md with the guids of the episode, and of its segments where it has several, in it. */
function pinnedText(text: string, folder: string, episode: Episode): string {
  const { values } = readEpisodeFile(text, folder);
  const single = episode.segments.length === 1 ? episode.segments[0]?.guid : undefined;
  const guid = values.guid ?? single ?? episode.guid;
  if (single === guid) return withKeys(text, { guid });
  const written = new Map((values.segments ?? []).map((entry) => [entry.file, entry] as const));
  const segments = episode.segments.map(({ file, guid }) => ({ ...written.get(file), file, guid }));
  const others = [...written.values()].filter(
    ({ file }) => !segments.some((segment) => segment.file === file),
  );
  return withKeys(text, { guid, segments: [...segments, ...others] });
}

async function textAt(archive: Archive, key: string): Promise<string> {
  const [file, bundleKey] = [key.slice(key.lastIndexOf('/') + 1), key.slice(0, key.lastIndexOf('/'))];
  const bundle = await archive.bundle(bundleKey);
  if (!bundle?.files.some(({ name }) => name === file)) return '';
  return new TextDecoder().decode(await archive.read(key));
}
