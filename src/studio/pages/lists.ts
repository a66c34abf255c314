import type { EpisodeStatus } from '../../model/episode.ts';
import { requiredActor } from '../request/call.ts';
import type { Call, Reply, Route } from '../route.ts';
import type { Section } from '../section.ts';
import type { Studio } from '../studio.ts';

const PAGE = 50;

export type Listed = EpisodeStatus | 'scheduled';

/** The filters of a list, from its address. */
function filterOf(call: Call) {
  const actor = requiredActor(call);
  return {
    ...(actor.role === 'contributor' ? { shows: actor.shows } : {}),
    ...(call.query('show') === undefined ? {} : { show: call.query('show') }),
    ...(call.query('q') === undefined ? {} : { text: call.query('q') }),
  };
}

/** Returns the address of the list's next page, with the same filters. */
function nextAddress(call: Call, next: string | undefined): string | undefined {
  if (next === undefined) return undefined;
  const parameters = new URLSearchParams();
  for (const name of ['q', 'show', 'mine']) {
    const value = call.query(name);
    if (value !== undefined) parameters.set(name, value);
  }
  parameters.set('before', next);
  return `${call.path}?${parameters}`;
}

async function showsFor(studio: Studio, call: Call) {
  const actor = requiredActor(call);
  const shows = await studio.catalogue.shows(call.now);
  const own = actor.role === 'contributor' ? shows.filter(({ slug }) => actor.shows.includes(slug)) : shows;
  return own.map(({ slug, title }) => ({ slug, title }));
}

/** Lists the catalogue's episodes with a status, newest first. */
const episodeList =
  (section: Section, status: Listed) =>
  async (studio: Studio, call: Call): Promise<Reply> => {
    const page = {
      limit: PAGE,
      ...(call.query('before') === undefined ? {} : { before: call.query('before') }),
    };
    const { items, next } = await studio.catalogue.staffCards({ ...filterOf(call), status }, page, call.now);
    return {
      kind: 'page',
      view: 'list',
      title: call.texts.sections[section],
      section,
      values: {
        heading: call.texts.sections[section],
        drafts: [],
        episodes: items,
        shows: await showsFor(studio, call),
        filter: { q: call.query('q') ?? '', show: call.query('show') ?? '', mine: false },
        isFiltered: call.query('q') !== undefined || call.query('show') !== undefined,
        next: nextAddress(call, next),
        hasMine: false,
      },
    };
  };

/** Lists the drafts, and below them the folders with the status draft. */
async function drafts(studio: Studio, call: Call): Promise<Reply> {
  const actor = requiredActor(call);
  const filter = filterOf(call);
  const mine = call.query('mine') !== undefined;
  const [working, folders] = await Promise.all([
    studio.publishing.drafts.list(actor, {
      limit: 200,
      mine,
      ...(filter.text === undefined ? {} : { text: filter.text }),
    }),
    studio.catalogue.staffCards({ ...filter, status: 'draft' }, { limit: PAGE }, call.now),
  ]);
  const opened = new Set(working.flatMap(({ episode }) => episode ?? []));
  const shows = await showsFor(studio, call);
  const titles = new Map(shows.map(({ slug, title }) => [slug, title]));
  return {
    kind: 'page',
    view: 'list',
    title: call.texts.sections.drafts,
    section: 'drafts',
    values: {
      heading: call.texts.administration.draftsTitle,
      drafts: working
        .filter(({ show }) => filter.show === undefined || show === filter.show)
        .map((draft) => ({ ...draft, showTitle: titles.get(draft.show) ?? draft.show })),
      episodes: mine ? [] : folders.items.filter(({ key }) => !opened.has(key)),
      shows,
      filter: { q: filter.text ?? '', show: filter.show ?? '', mine },
      isFiltered: filter.text !== undefined || filter.show !== undefined || mine,
      next: undefined,
      hasMine: true,
    },
  };
}

export const listRoutes: Route[] = [
  { method: 'GET', path: '/studio', who: 'staff', about: 'drafts, one’s shows’', handle: drafts },
  {
    method: 'GET',
    path: '/studio/review',
    who: 'staff',
    about: 'list: handed in',
    handle: episodeList('review', 'review'),
  },
  {
    method: 'GET',
    path: '/studio/scheduled',
    who: 'staff',
    about: 'list: scheduled',
    handle: episodeList('scheduled', 'scheduled'),
  },
  {
    method: 'GET',
    path: '/studio/published',
    who: 'staff',
    about: 'list: published',
    handle: episodeList('published', 'published'),
  },
  {
    method: 'GET',
    path: '/studio/withdrawn',
    who: 'staff',
    about: 'list: withdrawn',
    handle: episodeList('withdrawn', 'withdrawn'),
  },
];
