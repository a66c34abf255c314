import {
  ARCHIVE_PATH,
  categoryPath,
  episodePath,
  feedPath,
  filePath,
  HOME_PATH,
  OPML_PATH,
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
import { coverSources } from './look/cover.ts';
import { durationText, momentText, sizeText, spokenDuration } from './look/durations.ts';
import { listText } from './look/formats.ts';
import { colourClass } from './look/theme.ts';
import type { Site } from './site.ts';
import type { Visit } from './visit.ts';

const PATHS = {
  home: HOME_PATH,
  shows: SHOWS_PATH,
  archive: ARCHIVE_PATH,
  subscribe: SUBSCRIBE_PATH,
  search: SEARCH_PATH,
  tags: TAGS_PATH,
  opml: OPML_PATH,
  show: showPath,
  episode: episodePath,
  tag: tagPath,
  category: categoryPath,
  year: yearPath,
  file: filePath,
  feed: feedPath,
};

/** What every template has at hand: the sentences, the addresses, and how times, sizes and pictures are written. */
export function viewKit(site: Site, visit: Visit) {
  const { language, frame } = visit;
  const colours = new Map(frame.shows.map((show) => [show.slug, colourClass(show.colour)]));
  return {
    t: visit.texts,
    lang: language,
    station: frame.station,
    live: liveLink(frame.station.links),
    follow: followLinks(frame.station, visit.texts.website),
    link: visit.link,
    paths: PATHS,
    date: visit.dates,
    duration: durationText,
    spoken: (seconds: number) => spokenDuration(seconds, language),
    moment: momentText,
    size: (bytes: number) => sizeText(bytes, language),
    list: (names: string[]) => listText(names, language),
    peopleHtml: (people: Person[]) => peopleHtml(people, visit),
    icon: site.icons,
    sources: coverSources,
    colourOf: (show: string) => colours.get(show) ?? '',
    absolute: (path: string) => site.config.publicUrl + path,
    /** `MP3` of `gilberto.mp3`. */
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

/** Names in a row, each a link where there is an address, its role behind it. Safe HTML. */
function peopleHtml(people: Person[], { language, texts }: Visit): string {
  const names = people.map(({ name, url, role }) => {
    const text = escapeHtml(name);
    const linked =
      url !== undefined && /^https?:/.test(url) ? `<a href="${escapeHtml(url)}">${text}</a>` : text;
    if (role === undefined) return linked;
    const said = texts.roles.get(role.toLowerCase()) ?? role;
    return `${linked} <span class="role">(${escapeHtml(said)})</span>`;
  });
  return listText(names, language);
}
