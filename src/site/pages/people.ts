import type { Counted } from '../../catalogue/catalogue.ts';
import { feedPath, PEOPLE_PATH, personPath, slugOf } from '../../model/addresses.ts';
import type { EpisodeCard } from '../../model/episode.ts';
import type { Show } from '../../model/show.ts';
import type { Person } from '../../model/station.ts';
import { NotFound } from '../errors.ts';
import { rssLink } from '../head/feeds.ts';
import type { PageRequest } from '../page-request.ts';
import type { SiteResponse } from '../response.ts';
import type { Site } from '../site.ts';
import { listEpisodes } from './listing.ts';
import { renderPage } from './page.ts';

/** With more people than this, each initial has a page of its own. */
const MOST_ON_A_PAGE = 400;
/** The initial of names that do not begin with a letter. */
const NO_LETTER = '#';

/** `/people?initial=`: everybody heard in public episodes, by name. */
export async function people(site: Site, request: PageRequest): Promise<SiteResponse> {
  const everybody = await site.catalogue.people(request.now);
  const collator = new Intl.Collator(request.language);
  const byInitial = [...Map.groupBy(everybody, ({ name }) => initialOf(name))].sort(([one], [other]) =>
    collator.compare(one, other),
  );
  const isLong = everybody.length > MOST_ON_A_PAGE;
  const asked = request.query('initial');
  const shown = isLong ? (byInitial.find(([initial]) => initial === asked) ?? byInitial[0]) : undefined;
  const groups = shown === undefined ? byInitial : [shown];
  const isAsked = shown !== undefined && shown[0] === asked;
  return renderPage(site, request, {
    view: 'people',
    section: 'archive',
    path: PEOPLE_PATH,
    parameters: { initial: isAsked ? asked : undefined },
    values: {
      initials: byInitial.map(([initial]) => ({
        initial,
        path: isLong ? request.link(PEOPLE_PATH, { initial }) : `#${anchorOf(initial)}`,
        isCurrent: isLong && initial === shown?.[0],
      })),
      groups: groups.map(([initial, members]) => ({
        initial,
        anchor: anchorOf(initial),
        people: members.toSorted((one, other) => collator.compare(one.name, other.name)),
      })),
    },
    head: { title: request.texts.allPeople, description: request.texts.peopleExplained },
  });
}

function initialOf(name: string): string {
  const [first = NO_LETTER] = name.trim().normalize('NFD').toUpperCase();
  return /\p{L}/u.test(first) ? first : NO_LETTER;
}

const anchorOf = (initial: string): string => (initial === NO_LETTER ? 'initial-0' : `initial-${initial}`);

/**
 * `/people/:person`: the episodes in which somebody is heard, newest first; the shows that they host; their
 * own site.
 */
export async function person(site: Site, request: PageRequest): Promise<SiteResponse> {
  const { label, hosts } = await findPerson(site, request);
  const path = personPath(label.slug);
  const listing = await listEpisodes(site, request, { person: label.slug }, path);
  const { texts } = request;
  const isHeard = label.count > 0;
  return renderPage(site, request, {
    view: 'list',
    section: 'archive',
    path,
    parameters: { before: listing.before },
    values: {
      kicker: texts.people,
      kickerPath: request.link(PEOPLE_PATH),
      title: label.name,
      count: isHeard ? label.count : undefined,
      feed: isHeard ? feedPath(path) : undefined,
      hosts,
      sites: await sitesOf(site, label, { cards: listing.cards, hosts }),
      emptySentence: texts.onlyHost,
      ...listing,
    },
    head: {
      title: label.name,
      description: `${texts.personTitle(label.name)}, ${request.frame.station.title}`,
      ...(isHeard ? { feeds: rssLink(path, texts.personTitle(label.name)) } : {}),
    },
  });
}

/** Returns somebody heard in public episodes, or who hosts a show. Throws `NotFound` for anybody else. */
export async function findPerson(
  site: Site,
  request: PageRequest,
): Promise<{ label: Counted; hosts: Show[] }> {
  const slug = request.part('person');
  const hosts = request.frame.shows.filter((show) => show.hosts.some(({ name }) => slugOf(name) === slug));
  const heard = await site.catalogue.person(slug, request.now);
  if (heard !== undefined) return { label: heard, hosts };
  const name = hosts.flatMap((show) => show.hosts).find((host) => slugOf(host.name) === slug)?.name;
  if (name === undefined) throw new NotFound('Nobody of this name is heard in a public episode');
  return { label: { name, slug, count: 0 }, hosts };
}

/** Returns the addresses that the newest episodes and the shows give for somebody, each once. */
async function sitesOf(
  site: Site,
  { slug }: Counted,
  { cards, hosts }: { cards: EpisodeCard[]; hosts: Show[] },
): Promise<{ url: string; host: string }[]> {
  const [newest] = cards;
  const episode = newest && (await site.catalogue.episodeOfAnyStatus(newest.show, newest.slug));
  const named: Person[] = [
    ...hosts.flatMap((show) => show.hosts),
    ...cards.flatMap((card) => card.people),
    ...(episode?.segments ?? []).flatMap((segment) => segment.people),
  ];
  const urls = named.flatMap(({ name, url }) =>
    url !== undefined && slugOf(name) === slug && /^https?:/.test(url) && URL.canParse(url) ? [url] : [],
  );
  return [...new Set(urls)].map((url) => ({ url, host: new URL(url).hostname.replace(/^www\./, '') }));
}
