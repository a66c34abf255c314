import { episodePath, filePath, showPath } from '../../model/addresses.ts';
import type { Episode } from '../../model/episode.ts';
import { isPublic } from '../../model/scheduling.ts';
import type { Show } from '../../model/show.ts';
import { NotFound, Withdrawn } from '../errors.ts';
import { cardPath, socialCard } from '../head/card.ts';
import { embedAddress, embedCode, embedFrameSize } from '../head/embed-code.ts';
import { feedLinks } from '../head/feeds.ts';
import type { Property } from '../head/head.ts';
import { episodeJsonLd } from '../head/json-ld.ts';
import type { PageRequest } from '../page-request.ts';
import type { SiteResponse } from '../response.ts';
import type { Site } from '../site.ts';
import { articleParts } from '../view-models/article.ts';
import { chapterViews, momentAddress } from '../view-models/chapters.ts';
import { type ShownTranscript, transcriptViews } from '../view-models/transcripts.ts';
import { renderPage } from './page.ts';
import { findShow } from './show.ts';

const RELATED = 4;

/** `/shows/:show/:episode`: the article with its players in it. */
export async function episode(site: Site, request: PageRequest): Promise<SiteResponse> {
  const [show, episode] = await Promise.all([findShow(site, request), findEpisode(site, request)]);
  const cuesOf = (position: number) => site.catalogue.cues(show.slug, episode.slug, position);
  return episodePage(site, request, { show, episode, transcripts: await transcriptViews(episode, cuesOf) });
}

/** What the page of an episode shows. */
export type EpisodeShown = { show: Show; episode: Episode; transcripts: ShownTranscript[] };

/** Returns the page of an episode, whether the public may see it or not. */
export async function episodePage(
  site: Site,
  request: PageRequest,
  { show, episode, transcripts }: EpisodeShown,
): Promise<SiteResponse> {
  const related = await site.catalogue.related(episode, RELATED, request.now);
  const licence = episode.licence ?? show.licence ?? request.frame.station.licence;
  const date = request.dates.iso(episode.publishedAt);
  const card = await socialCard(site, request, show, episode);
  const frame = embedFrameSize(episode);
  const player = embedAddress(site.config.publicUrl, request.link, episode);
  return renderPage(site, request, {
    view: 'episode',
    path: episodePath(show.slug, episode.slug),
    values: {
      episode,
      show,
      related,
      licence,
      parts: articleParts(episode.articleHtml, episode.segments.length, {
        address: (passage) => momentAddress(request.link, passage),
        addressName: request.texts.momentAddress,
      }),
      chaptered: chapterViews(episode, request.link),
      transcripts,
      seconds: episode.segments.reduce((sum, segment) => sum + segment.seconds, 0),
      player,
      embedCode: embedCode(player, request.texts.player(episode.title), { ...frame, width: '100%' }),
      place: request.texts.seasonEpisode(episode.season, episode.number),
      sourceName: hostOf(episode.source),
    },
    head: {
      title: episode.title,
      description: episode.summary === '' ? episode.articleText : episode.summary,
      picture: episode.cover,
      card: {
        path: cardPath(episode, card),
        alt: [card.title, card.show, card.station, card.duration].join(' · '),
      },
      player: { address: player, ...frame },
      type: 'article',
      feeds: feedLinks(showPath(show.slug), show.title),
      properties: openGraphOf(site, episode, show.title, date),
      jsonLd: episodeJsonLd(site.config.publicUrl, episode, show, date),
    },
  });
}

/** Returns the episode that the address names, if the public may see it. Throws `NotFound` or `Withdrawn`. */
export async function findEpisode(site: Site, request: PageRequest): Promise<Episode> {
  const episode = await site.catalogue.episodeOfAnyStatus(request.part('show'), request.part('episode'));
  if (episode === undefined) throw new NotFound('There is no such episode');
  if (episode.status === 'withdrawn') throw new Withdrawn('The episode was withdrawn');
  if (!isPublic(episode, request.now)) throw new NotFound('The episode is not public');
  return episode;
}

/** Open Graph's audio and the properties of an article (ogp.me, "Structured Properties", "Article"). */
function openGraphOf(site: Site, episode: Episode, showTitle: string, date: string): Property[] {
  const audio = episode.segments.flatMap((segment) => [
    { property: 'og:audio', content: site.config.publicUrl + filePath(episode.show, episode.slug, segment) },
    { property: 'og:audio:type', content: segment.type },
  ]);
  return [
    ...audio,
    { property: 'article:published_time', content: date },
    { property: 'article:section', content: episode.categories[0] ?? showTitle },
    ...(episode.byline === undefined ? [] : [{ property: 'article:author', content: episode.byline }]),
    ...episode.tags.map((tag) => ({ property: 'article:tag', content: tag })),
  ];
}

function hostOf(address: string | undefined): string | undefined {
  if (address === undefined) return undefined;
  return URL.canParse(address) ? new URL(address).hostname.replace(/^www\./, '') : address;
}
