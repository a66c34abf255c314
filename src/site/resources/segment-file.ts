import { makeEdition } from '../../delivery/delivery.ts';
import { chaptersPath, jsonChapters } from '../../feeds/feeds.ts';
import { filePath, splitFingerprint } from '../../model/addresses.ts';
import type { Episode } from '../../model/episode.ts';
import type { Segment } from '../../model/segment.ts';
import { NotFound, NotReadyYet } from '../errors.ts';
import type { PageRequest } from '../page-request.ts';
import { findEpisode } from '../pages/episode.ts';
import { findShow } from '../pages/show.ts';
import { FOR_EVER, REVALIDATE, redirectTo, type SiteResponse } from '../response.ts';
import type { Site } from '../site.ts';
import { transcriptFile } from './transcript-file.ts';

const CHAPTERS = '.chapters.json';

/**
 * `/shows/:show/:episode/:file`: the audio and transcripts of an episode, and its segments' chapters as JSON.
 * The name with the present fingerprint is the file; any other name of it redirects there.
 */
export async function segmentFile(site: Site, request: PageRequest): Promise<SiteResponse> {
  const episode = await findEpisode(site, request);
  const name = request.part('file');
  if (name.endsWith(CHAPTERS)) return chapters(site, request, episode, name.slice(0, -CHAPTERS.length));
  const file = fileNamed(episode, name);
  const transcript = file === undefined ? await transcriptFile(site, episode, name) : undefined;
  if (transcript !== undefined) return transcript;
  if (file === undefined) throw new NotFound('The episode has no such file');
  const path = filePath(episode.show, episode.slug, file);
  if (splitFingerprint(name)?.fingerprint !== file.fingerprint) return redirectTo(302, path);
  const onDisk = await site.archive.localPath(`${episode.show}/${episode.slug}/${file.file}`);
  if (onDisk === undefined) throw new NotFound('The file is not there any more');
  return {
    resource: {
      kind: 'file',
      path: onDisk,
      type: file.type,
      cacheControl: FOR_EVER,
      crossOrigin: true,
      headers: {},
    },
    cacheKey: path,
  };
}

async function chapters(
  site: Site,
  request: PageRequest,
  episode: Episode,
  name: string,
): Promise<SiteResponse> {
  const plain = splitFingerprint(name)?.file;
  const position = episode.segments.findIndex(({ file }) => file === plain || file === name);
  const segment = episode.segments[position];
  if (segment === undefined || segment.chapters.length === 0) throw new NotFound('No such chapters');
  const path = chaptersPath({ episode, segment });
  if (splitFingerprint(name)?.fingerprint !== segment.fingerprint) return redirectTo(302, path);
  const [station, show] = await Promise.all([site.catalogue.station(), findShow(site, request)]);
  if (station === undefined) throw new NotReadyYet('The station has not been read yet');
  const channel = { station, show, origin: site.config.publicUrl, title: show.title };
  const resource = makeEdition({
    type: 'application/json+chapters; charset=utf-8',
    body: jsonChapters(channel, { episode, segment, position }),
    // The audio's fingerprint does not cover the chapters, which an editor may correct at any time.
    cacheControl: REVALIDATE,
    crossOrigin: true,
  });
  return { resource, cacheKey: path };
}

/** Returns the audio of this name, with any fingerprint or none. */
function fileNamed(episode: Episode, name: string): Segment | undefined {
  const files = episode.segments;
  const split = splitFingerprint(name);
  const present = files.find(
    ({ file, fingerprint }) => file === split?.file && fingerprint === split.fingerprint,
  );
  // A file's own name may look as if it had a fingerprint.
  return (
    present ?? files.find(({ file }) => same(file, name)) ?? files.find(({ file }) => same(file, split?.file))
  );
}

/**
 * Returns whether both names are the same. Addresses have the extension in lower case, whatever the file has.
 */
function same(file: string, name: string | undefined): boolean {
  if (name === undefined) return false;
  const dot = file.lastIndexOf('.');
  return file === name || (dot > 0 && file.slice(0, dot) + file.slice(dot).toLowerCase() === name);
}
