import type { Picture } from '../../model/station.ts';
import { LANGUAGES } from '../../texts/languages.ts';
import { siteTexts } from '../../texts/site-texts.ts';
import { linkIn } from '../links.ts';
import type { PageRequest } from '../page-request.ts';
import type { Site } from '../site.ts';
import { iconPath } from '../view-models/app-icon.ts';
import { jsonForScript } from './escape.ts';
import { type FeedLink, feedLinks } from './feeds.ts';
import { oembedLinks } from './oembed.ts';
import { type PlayerFrame, type Property, pictureProperties, twitterCard } from './shared-picture.ts';

export type { Property };

/** A page's metadata. */
export type PageHead = {
  title: string;
  /** Plain text. */
  description: string;
  /** What a link to this page shows; the station's cover if left out. */
  picture?: Picture;
  /** A picture drawn for links, in place of `picture`: its path, and its description. */
  card?: { path: string; alt: string };
  /** The player that may replace a link, on pages that have an oEmbed answer. */
  player?: PlayerFrame;
  /** The feeds of this page's subject, besides the station's own. */
  feeds?: FeedLink[];
  /** `article` for an episode; `website` if left out. */
  type?: 'article' | 'website';
  /** Further Open Graph properties. */
  properties?: Property[];
  jsonLd?: object;
  /** For pages that search engines should leave out, such as search results. */
  hidden?: boolean;
  next?: string;
};

/** What the head needs of a page: its path, and the parameters without which it would be another page. */
export type HeadedPage = {
  path: string;
  parameters?: Record<string, string | undefined>;
  head: PageHead;
};

const DESCRIPTION_LENGTH = 300;

/** Returns all that the layout writes into `<head>`. */
export function pageHead(site: Site, request: PageRequest, page: HeadedPage) {
  const { publicUrl } = site.config;
  const { frame, link, language } = request;
  const { head } = page;
  const canonical = publicUrl + link(page.path, page.parameters);
  const picture = head.picture ?? frame.station.cover;
  const description = shortened(head.description.replace(/\s+/g, ' ').trim());
  const properties: Property[] = [
    { property: 'og:type', content: head.type ?? 'website' },
    { property: 'og:title', content: head.title },
    { property: 'og:description', content: description },
    { property: 'og:url', content: canonical },
    { property: 'og:site_name', content: frame.station.title },
    { property: 'og:locale', content: OPEN_GRAPH_LOCALE[language] },
    ...pictureProperties(publicUrl, head.card ?? picture),
    ...(head.properties ?? []),
  ];
  return {
    title: head.title === frame.station.title ? head.title : `${head.title} · ${frame.station.title}`,
    description,
    canonical,
    alternates: LANGUAGES.map((each) => {
      const path = linkIn(each, frame.defaultLanguage)(page.path, page.parameters);
      return { language: each, path, href: publicUrl + path, texts: siteTexts(each) };
    }),
    fallbackHref:
      publicUrl + linkIn(frame.defaultLanguage, frame.defaultLanguage)(page.path, page.parameters),
    feeds: [...(head.feeds ?? []), ...feedLinks('/', frame.station.title)],
    properties: properties.filter(({ content }) => content !== ''),
    twitter: twitterCard(publicUrl, head.player),
    oembed: head.player === undefined ? [] : oembedLinks(publicUrl, canonical),
    jsonLd: head.jsonLd === undefined ? undefined : jsonForScript(head.jsonLd),
    hidden: head.hidden === true,
    next: head.next,
    colour: frame.station.colour,
    sheet: frame.theme.sheet,
    favicon: frame.theme.favicon,
    touchIcon: frame.station.cover && iconPath(frame.station, 'apple-180.png'),
    fonts: [
      site.assets.path('barlow-condensed-core-800.woff2'),
      site.assets.path('barlow-condensed-core-600.woff2'),
    ],
    script: site.assets.path('site.js'),
    modules: site.assets.beside,
  };
}

const OPEN_GRAPH_LOCALE = { it: 'it_IT', en: 'en_GB' } as const;

function shortened(text: string): string {
  if (text.length <= DESCRIPTION_LENGTH) return text;
  return `${text.slice(0, text.lastIndexOf(' ', DESCRIPTION_LENGTH)).trimEnd()}…`;
}
