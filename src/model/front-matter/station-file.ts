import { z } from 'zod';
import { guidWithin, PODCAST_NAMESPACE } from '../guid.ts';
import type { Picture, Station } from '../station.ts';
import { isTimezone } from '../station-time.ts';
import {
  address,
  colour,
  type FileReading,
  guid,
  language,
  links,
  readKeys,
  text,
} from './front-matter-keys.ts';

const stationKeys = z
  .object({
    title: text,
    description: text,
    language,
    timezone: z.string('a-timezone').refine(isTimezone, 'a-timezone'),
    link: address,
    frequency: text,
    email: z.email('an-email'),
    links,
    colour,
    support: z.object({ url: address, text }, 'support'),
    licence: text,
    guid,
  })
  .partial();

export type StationFile = z.output<typeof stationKeys>;

/** Returns what station.md says, with its faults. `critical`: nothing; a station always stands. */
export function readStationFile(source: string): FileReading<StationFile> {
  return readKeys(source, stationKeys, { folder: '', file: 'station.md' });
}

export const STATION_COLOUR = '#e8321a';

/** Returns the station with a default for each missing key (docs/episode-format.md lists them). */
export function stationFrom(file: StationFile, body: string, cover: Picture): Station {
  const title = file.title ?? 'Riascolta';
  return {
    ...file,
    title,
    guid: file.guid ?? guidWithin(PODCAST_NAMESPACE, title),
    description: file.description ?? (body.trim().split(/\n\s*\n/)[0] || title),
    language: file.language ?? 'it',
    timezone: file.timezone ?? 'Europe/Rome',
    links: file.links ?? [],
    colour: file.colour ?? STATION_COLOUR,
    cover,
  };
}
