import {
  ARCHIVE_PATH,
  categoryPath,
  episodePath,
  feedPath,
  filePath,
  HOME_PATH,
  monthPath,
  OPML_PATH,
  PEOPLE_PATH,
  personPath,
  SEARCH_PATH,
  SHOWS_PATH,
  SUBSCRIBE_PATH,
  showPath,
  TAGS_PATH,
  tagPath,
  yearPath,
} from '../model/addresses.ts';
import type { Person, Station } from '../model/station.ts';
import { escapeHtml } from './head/escape.ts';
import type { PageRequest } from './page-request.ts';
import type { Site } from './site.ts';
import { coverSources } from './view-models/cover.ts';
import { durationText, momentText, sizeText, spokenDuration } from './view-models/durations.ts';
import { listText } from './view-models/formats.ts';
import { savingData } from './view-models/saving.ts';
import { colourClass } from './view-models/theme.ts';
import { trackViews } from './view-models/tracks.ts';

const PATHS = {
  home: HOME_PATH,
  shows: SHOWS_PATH,
  archive: ARCHIVE_PATH,
  subscribe: SUBSCRIBE_PATH,
  search: SEARCH_PATH,
  tags: TAGS_PATH,
  people: PEOPLE_PATH,
  opml: OPML_PATH,
  show: showPath,
  episode: episodePath,
  tag: tagPath,
  person: personPath,
  category: categoryPath,
  year: yearPath,
  month: monthPath,
  file: filePath,
  feed: feedPath,
};

/**
 * Returns the helpers of every template: the sentences, the addresses, and how times, sizes and pictures are
 * written.
 */
export function viewHelpers(site: Site, request: PageRequest) {
  const { language, frame } = request;
  const colours = new Map(frame.shows.map((show) => [show.slug, colourClass(show.colour)]));
  return {
    t: request.texts,
    lang: language,
    station: frame.station,
    live: liveLink(frame.station.links),
    follow: followLinks(frame.station, request.texts.website),
    link: request.link,
    paths: PATHS,
    date: request.dates,
    duration: durationText,
    spoken: (seconds: number) => spokenDuration(seconds, language),
    moment: momentText,
    size: (bytes: number) => sizeText(bytes, language),
    list: (names: string[]) => listText(names, language),
    peopleHtml: (people: Person[]) => peopleHtml(people, request),
    voicesHtml: (people: Person[]) => voicesHtml(people, request),
    icon: site.icons,
    sources: coverSources,
    colourOf: (show: string) => colours.get(show) ?? '',
    absolute: (path: string) => site.config.publicUrl + path,
    saving: savingData,
    tracks: (episode: Parameters<typeof trackViews>[0], showTitle: string) =>
      trackViews(episode, showTitle, request.link),
    /** Returns `MP3` for `gilberto.mp3`. */
    kindOf: (file: string) => file.slice(file.lastIndexOf('.') + 1).toUpperCase(),
  };
}

/** Returns the places to follow the station, its own site first unless it is named among them. */
function followLinks({ link, links }: Pick<Station, 'links' | 'link'>, name: string): Station['links'] {
  return link === undefined || links.some(({ url }) => url === link)
    ? links
    : [{ name, url: link }, ...links];
}

/** Returns the station's live stream among its links, by the names that stations give it. */
function liveLink(links: Station['links']): Station['links'][number] | undefined {
  return links.find(({ name }) => /^(in )?diretta$|^live( now)?$|^streaming?$/i.test(name.trim()));
}

/**
 * Returns names in a row as safe HTML, each a link to the person's page (which has the address of their own
 * site).
 */
function voicesHtml(people: Person[], { language, link }: PageRequest): string {
  const names = people.map(
    ({ name }) => `<a href="${escapeHtml(link(personPath(name)))}">${escapeHtml(name)}</a>`,
  );
  return listText(names, language);
}

/** Returns the same with the role behind each name. */
function peopleHtml(people: Person[], request: PageRequest): string {
  const { language, texts } = request;
  const names = people.map((person) => {
    const linked = voicesHtml([person], request);
    if (person.role === undefined) return linked;
    const said = texts.roles.get(person.role.toLowerCase()) ?? person.role;
    return `${linked} <span class="role">(${escapeHtml(said)})</span>`;
  });
  return listText(names, language);
}
