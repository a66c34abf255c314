import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mp3 } from '../tests/fixtures/audio.ts';
import { makeArchive, SHOWS } from './make-archive.ts';
import type { Paths } from './peers.ts';
import { timedGet } from './timed-get.ts';

/** Sixty for each show: its feed is one of many a station has; the station's own is as long as a feed gets. */
const EPISODES = 60 * SHOWS;
/** A little over 10 MB. */
const SECONDS = 2_640;

/** Makes the station that is served: 24 shows with 60 episodes each, the newest with a recording of 10 MB. */
export async function makeStation(folder: string): Promise<void> {
  await makeArchive(folder, EPISODES);
  const show = join(folder, `show-${(EPISODES - 1) % SHOWS}`);
  const newest = (await readdir(show)).find((name) => name.includes(`-${EPISODES - 1}-`));
  if (newest === undefined) throw new Error('the archive has no newest episode');
  await writeFile(join(show, newest, 'voce-lunga.mp3'), mp3({ seconds: SECONDS }));
}

/** Returns where the station has its feeds, its newest episode's page and the long recording. */
export async function pathsOf(origin: string): Promise<Paths> {
  const feed = await (await fetch(`${origin}/feed.xml`)).text();
  const audio = /<enclosure url="([^"]*voce-lunga[^"]*)"/.exec(feed)?.[1];
  if (audio === undefined) throw new Error('the feed has no long recording');
  const path = new URL(audio).pathname;
  const page = path.slice(0, path.lastIndexOf('/'));
  const show = page.slice(0, page.lastIndexOf('/'));
  return { feed: `${show}/feed.xml`, longFeed: '/feed.xml', page, audio: path };
}

/** Writes the bytes that the station sends, compressed ones too, so that others can send the very same from disk. */
export async function copyAnswers(origin: string, paths: Paths, folder: string): Promise<Paths> {
  await mkdir(folder, { recursive: true });
  const copies: Paths = {
    feed: '/feed.xml',
    longFeed: '/long-feed.xml',
    page: '/page.html',
    audio: '/audio.mp3',
  };
  for (const name of ['feed', 'longFeed', 'page', 'audio'] as const) {
    await writeFile(
      join(folder, copies[name]),
      (await timedGet(origin + paths[name], { 'Accept-Encoding': 'identity' })).body,
    );
    if (name !== 'audio')
      await writeFile(join(folder, `${copies[name]}.gz`), (await timedGet(origin + paths[name])).body);
  }
  return copies;
}
