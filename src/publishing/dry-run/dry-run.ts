import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Archive } from '../../archive/archive.ts';
import { keyInside } from '../../archive/keys.ts';
import type { Prober } from '../../audio/prober.ts';
import type { Catalogue, CatalogueMemory, CatalogueQueries } from '../../catalogue/catalogue.ts';
import { openCatalogue } from '../../catalogue/open.ts';
import { createIndexer } from '../../indexing/indexer.ts';
import { feedPath, filePath, showPath } from '../../model/addresses.ts';
import { isPublic } from '../../model/scheduling.ts';
import type { PublishingContext } from '../context.ts';
import { type OverlayArchive, type OverlayBundle, overlayArchive } from './archive-overlay.ts';
import { compareFeeds, type FeedDifference, type FeedItemFacts, FeedWouldBreak } from './feed-comparison.ts';

export { type OverlayArchive, overlayArchive } from './archive-overlay.ts';
export { compareFeeds, type FeedDifference, type FeedItemFacts, FeedWouldBreak } from './feed-comparison.ts';

/** What a dry run reads. It writes to none of it. */
export type DryRunContext = {
  archive: Archive;
  catalogue: CatalogueQueries & CatalogueMemory;
  prober: Prober;
  now: () => number;
};

/** In a dry run every file counts as copied long ago (ms). */
const LATER = 3_600_000;

/**
 * Returns how the feeds would differ from the present ones if these folders were changed. The folders
 * concerned are indexed, as they would be, in a temporary catalogue. An item that only moves from one show's
 * feed to another's has not vanished. A show's feed has vanished when its old address would lead nowhere.
 *
 *     await dryRun(context, [
 *       { key: 'stacca', gone: true },
 *       { key: 'attacca', from: 'stacca', texts: { 'show.md': text } },
 *     ]);
 */
export async function dryRun(
  stage: DryRunContext,
  bundles: readonly OverlayBundle[],
): Promise<FeedDifference[]> {
  const { catalogue, now } = stage;
  const affected = await affectedBy(catalogue, bundles);
  const overlay = overlayArchive(stage.archive, { bundles });
  const directory = await mkdtemp(join(tmpdir(), 'riascolta-dry-run-'));
  const imagined = await openCatalogue({ directory, mode: 'write' });
  try {
    await indexed(stage, overlay, imagined, affected);
    const before = await factsOf(catalogue, stage.archive, affected.real, now());
    const after = await factsOf(imagined, overlay, affected.imagined, now());
    return [...(await lostFeeds(stage, imagined, bundles)), ...compareFeeds(before, after)];
  } finally {
    await imagined.close();
    await rm(directory, { recursive: true, force: true });
  }
}

/**
 * The episodes whose items may differ, by their present keys (`real`) and their keys after the change
 * (`imagined`), and the shows after the change.
 */
type Affected = { real: string[]; imagined: string[]; shows: string[] };

async function affectedBy(
  catalogue: CatalogueQueries & CatalogueMemory,
  bundles: readonly OverlayBundle[],
): Promise<Affected> {
  const real = new Set<string>();
  const imagined = new Set<string>();
  const shows = new Set<string>();
  for (const bundle of bundles) {
    const { key } = bundle;
    const from = 'from' in bundle ? bundle.from : undefined;
    const own = key.includes('/') ? [key] : await episodesOf(catalogue, key);
    for (const one of own) {
      real.add(one);
      imagined.add(one);
    }
    if (key === '' || key.includes('/')) continue;
    shows.add(key);
    if (from === undefined || from === key) continue;
    for (const one of await episodesOf(catalogue, from))
      imagined.add(keyInside(key, one.slice(from.length + 1)));
  }
  for (const key of imagined) shows.add(showOf(key));
  return { real: [...real], imagined: [...imagined], shows: [...shows].sort() };
}

const showOf = (key: string): string => key.split('/')[0] ?? '';

/** Returns the keys of a show's episodes; for the station, those of all episodes. */
async function episodesOf(catalogue: CatalogueQueries & CatalogueMemory, key: string): Promise<string[]> {
  if (key !== '') return catalogue.keysBelow(key);
  const folders = [...(await catalogue.signaturesBelow('')).keys()].filter((show) => show !== '');
  return (await Promise.all(folders.map((show) => catalogue.keysBelow(show)))).flat();
}

/** Indexes the station and the affected episodes. Facts that are known about their files are reused. */
async function indexed(
  { catalogue, prober, now }: DryRunContext,
  overlay: OverlayArchive,
  imagined: Catalogue,
  affected: Affected,
): Promise<void> {
  const changed = new Set([...affected.real, ...affected.imagined]);
  const memory: Partial<CatalogueMemory> = {
    async probe(fileKey, version) {
      const origin = overlay.originOf(fileKey);
      const known = origin === undefined ? undefined : await catalogue.probe(origin, version);
      return known ?? imagined.probe(fileKey, version);
    },
    async keyOfGuid(guid) {
      const key = await imagined.keyOfGuid(guid);
      if (key !== undefined) return key;
      // An episode that the dry run does not touch keeps its guid.
      const other = await catalogue.keyOfGuid(guid);
      return other === undefined || changed.has(other) ? undefined : other;
    },
    firstAddressOf: (guid) => catalogue.firstAddressOf(guid),
  };
  const archive: Archive = { ...overlay, bundles: () => bundlesOf(overlay, affected) };
  const later = () => Math.max(now(), Date.now()) + LATER;
  const indexer = createIndexer({ archive, catalogue: { ...imagined, ...memory }, prober, now: later });
  await indexer.scan();
}

/** Yields the station, and each show with its affected episodes. */
async function* bundlesOf(
  overlay: OverlayArchive,
  { imagined, shows }: Affected,
): ReturnType<Archive['bundles']> {
  const byShow = Map.groupBy(imagined, showOf);
  const station = await overlay.bundle('');
  if (station !== undefined) yield station;
  for (const show of shows) {
    const folder = await overlay.bundle(show);
    if (folder === undefined) continue;
    yield folder;
    for (const key of byShow.get(show)?.sort() ?? []) {
      const episode = await overlay.bundle(key);
      if (episode !== undefined) yield episode;
    }
  }
}

/** Returns the items of these episodes in the public feeds. */
async function factsOf(
  catalogue: CatalogueQueries,
  archive: Archive,
  keys: readonly string[],
  now: number,
): Promise<FeedItemFacts[]> {
  const items: FeedItemFacts[] = [];
  for (const key of keys) {
    const [show = '', slug = ''] = key.split('/');
    const episode = await catalogue.episodeOfAnyStatus(show, slug);
    if (episode === undefined || !isPublic(episode, now)) continue;
    const files = (await archive.bundle(key))?.files ?? [];
    for (const segment of episode.segments) {
      const file = files.find(({ name }) => name === segment.file);
      items.push({
        guid: segment.guid,
        title: episode.segments.length > 1 ? segment.title : episode.title,
        publishedAt: episode.publishedAt,
        enclosure: filePath(show, slug, segment),
        isDead: file === undefined || file.leadsOut === true,
      });
    }
  }
  return items;
}

/**
 * Returns the feeds that would be lost. The old address of a show's feed redirects by the show's guid; if no
 * show has this guid any more, everybody who reads the feed loses it.
 */
async function lostFeeds(
  { catalogue, now }: DryRunContext,
  imagined: CatalogueQueries,
  bundles: readonly OverlayBundle[],
): Promise<FeedDifference[]> {
  const kept = new Set((await imagined.shows(now())).map(({ guid }) => guid));
  const lost: FeedDifference[] = [];
  for (const bundle of bundles) {
    if (!('gone' in bundle) || bundle.key.includes('/')) continue;
    const show = await catalogue.show(bundle.key);
    if (show === undefined || kept.has(show.guid)) continue;
    if ((await catalogue.countEpisodes({ show: show.slug }, now())) === 0) continue;
    const before = feedPath(showPath(show.slug));
    lost.push({ guid: show.guid, title: show.title, kind: 'vanished', before, severity: 'stops' });
  }
  return lost;
}

/**
 * Returns how the feeds would differ if these folders were changed. Throws `FeedWouldBreak` when an app would
 * lose something.
 */
export async function dryRunOrRefuse(
  context: PublishingContext,
  bundles: OverlayBundle[],
): Promise<FeedDifference[]> {
  const differences = await dryRun(context, bundles);
  if (differences.some(({ severity }) => severity === 'stops')) throw new FeedWouldBreak(differences);
  return differences;
}
