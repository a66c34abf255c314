import { makeEdition } from '../../delivery/delivery.ts';
import { filePath, splitFingerprint } from '../../model/addresses.ts';
import type { Episode } from '../../model/episode.ts';
import type { Segment } from '../../model/segment.ts';
import { NotFound } from '../errors.ts';
import type { PageRequest } from '../page-request.ts';
import { findEpisode } from '../pages/episode.ts';
import { FOR_EVER, redirectTo, type SiteResponse } from '../response.ts';
import type { Site } from '../site.ts';

const TYPE = 'application/octet-stream';

/**
 * `/shows/:show/:episode/:file.peaks`: the waveform of a segment, 1800 bytes over its whole length, 255 for
 * full scale. Until it is drawn there is nothing to show (204), and its drawing is requested.
 */
export async function peaks(site: Site, request: PageRequest): Promise<SiteResponse> {
  const episode = await findEpisode(site, request);
  const name = request.part('file');
  const segment = segmentNamed(episode, name);
  if (segment === undefined) throw new NotFound('The episode has no such sound');
  const path = `${filePath(episode.show, episode.slug, segment)}.peaks`;
  if (splitFingerprint(name)?.fingerprint !== segment.fingerprint) return redirectTo(302, path);
  const drawn = await site.peaks.read(segment.fingerprint);
  if (drawn === undefined) {
    site.peaks.requestDrawing(`${episode.show}/${episode.slug}`, segment.fingerprint);
    return {
      resource: makeEdition({
        status: 204,
        type: TYPE,
        body: '',
        cacheControl: 'no-store',
        crossOrigin: true,
      }),
    };
  }
  const resource = makeEdition({
    type: TYPE,
    body: Buffer.from(drawn),
    cacheControl: FOR_EVER,
    crossOrigin: true,
  });
  return { resource, cacheKey: path };
}

/**
 * Returns the segment whose sound has this name in addresses, with its fingerprint, with another one or
 * without.
 */
function segmentNamed({ segments }: Episode, name: string): Segment | undefined {
  const split = splitFingerprint(name);
  const exact = segments.find(({ file, fingerprint }) => {
    return fingerprint === split?.fingerprint && inAddresses(file) === split.file;
  });
  return (
    exact ??
    segments.find(({ file }) => inAddresses(file) === inAddresses(name)) ??
    segments.find(({ file }) => split !== undefined && inAddresses(file) === inAddresses(split.file))
  );
}

/** Returns a file's name as in its address: with the extension in lower case. */
function inAddresses(file: string): string {
  const dot = file.lastIndexOf('.');
  return dot > 0 ? file.slice(0, dot) + file.slice(dot).toLowerCase() : file;
}
