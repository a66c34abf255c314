import type { CatalogueQueries, ShowSummary } from '../catalogue/catalogue.ts';
import type { Station } from '../model/station.ts';
import { defaultLanguage, type Language } from '../texts/languages.ts';
import type { Assets, ThemeAssets } from './assets.ts';
import { NotReadyYet } from './errors.ts';

/** The frame of every page: the station, its shows, their colours. */
export type Frame = {
  station: Omit<Station, 'cover' | 'guid'> & Partial<Pick<Station, 'cover'>>;
  shows: ShowSummary[];
  theme: ThemeAssets;
  defaultLanguage: Language;
};

const DEFAULT_COLOUR = '#e8321a';

/** Returns a reader of the frame that asks the catalogue again only when its state differs. */
export function openFrames(
  catalogue: CatalogueQueries,
  assets: Assets,
  now: () => number,
): () => Promise<Frame> {
  let kept: { state: string; frame: Promise<Frame> } | undefined;
  return () => {
    const instant = now();
    const state = catalogue.state(instant);
    if (kept?.state === state) return kept.frame;
    const fresh = { state, frame: readFrame(catalogue, assets, instant) };
    kept = fresh;
    fresh.frame.catch(() => {
      if (kept === fresh) kept = undefined;
    });
    return fresh.frame;
  };
}

async function readFrame(catalogue: CatalogueQueries, assets: Assets, now: number): Promise<Frame> {
  const [station, shows] = await Promise.all([catalogue.station(), catalogue.shows(now)]);
  if (station === undefined) throw new NotReadyYet('The station has not been read yet');
  const theme = assets.themed(
    station.colour,
    shows.map((show) => show.colour),
  );
  return { station, shows, theme, defaultLanguage: defaultLanguage(station) };
}

/** Returns the frame of pages that are shown before there is a station, or when the catalogue fails. */
export function fallbackFrame(assets: Assets): Frame {
  return {
    station: {
      title: 'Riascolta',
      description: '',
      language: 'it',
      timezone: 'Europe/Rome',
      links: [],
      colour: DEFAULT_COLOUR,
    },
    shows: [],
    theme: assets.themed(DEFAULT_COLOUR, []),
    defaultLanguage: 'it',
  };
}
