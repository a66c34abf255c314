import { finding } from './en/finding.ts';
import { player } from './en/player.ts';
import { saving } from './en/saving.ts';
import { sharing } from './en/sharing.ts';
import { transcript } from './en/transcript.ts';
import type { Texts } from './it.ts';

/** Every sentence of the site, in English. */
export const en: Texts = {
  ...player,
  ...transcript,
  ...finding,
  ...sharing,
  ...saving,
  language: 'English',
  skipToContent: 'Skip to content',
  navigation: 'Main pages',
  home: 'Segments',
  shows: 'Shows',
  show: 'Show',
  archive: 'Archive',
  subscribe: 'Subscribe',
  search: 'Search',
  searchHint: 'Search text and voices',
  live: 'Live now',
  onFrequency: (frequency) => `on air at ${frequency}`,

  newest: 'The newest segment',
  rundown: 'The rundown',
  allArchive: 'The whole archive',
  theShows: 'The shows',
  allShows: 'All shows',
  noEpisodes: 'There is nothing to hear here yet.',
  noEpisodesHint: 'The first segment will appear by itself as soon as it is published.',
  older: 'Older',
  backToNewest: 'Back to the newest',
  pages: 'More pages',

  episodeCount: (count) => (count === 1 ? '1 episode' : `${count} episodes`),
  segmentCount: (count) => (count === 1 ? '1 segment' : `${count} segments`),
  moreSegments: (count) => (count === 1 ? 'and one more segment' : `and ${count} more segments`),
  withVoices: (names) => `with ${names}`,
  listenTo: (title) => `Listen to ${title}`,
  latestOn: (day) => `latest: ${day}`,

  byline: 'Text',
  voices: 'Voices',
  roles: new Map(),
  download: 'Download',
  player: (title) => `Audio: ${title}`,
  listen: 'Listen',
  chapters: 'Chapters',
  related: 'On the same thread',
  tags: 'Tags',
  categories: 'Categories',
  source: 'First published at',
  licence: 'Licence',
  explicit: 'Explicit content',
  seasonEpisode: (season, number) =>
    [season === undefined ? '' : `season ${season}`, number === undefined ? '' : `episode ${number}`]
      .filter((part) => part !== '')
      .join(', '),
  types: { full: '', trailer: 'Trailer', bonus: 'Bonus' },
  momentAt: (time) => `Listen from ${time}`,

  hosts: 'Hosted by',
  episodes: 'The episodes',
  complete: 'This show has ended: its episodes stay here.',
  followShow: (title) => `Subscribe to ${title}`,
  showSite: 'The show’s own site',

  tagTitle: (name) => `Tag: ${name}`,
  categoryTitle: (name) => `Category: ${name}`,
  years: 'Years',
  yearTitle: (year) => `Archive ${year}`,
  allTags: 'All tags',

  searchTitle: 'Search the archive',
  searchLabel: 'Words to look for',
  results: (count, query) => (count === 1 ? `1 result for “${query}”` : `${count} results for “${query}”`),
  noResults: (query) => `Nothing for “${query}”.`,
  noResultsHint: 'Try fewer words, or the beginning of a word.',
  pageOf: (page, pages) => `Page ${page} of ${pages}`,
  nextPage: 'Next page',
  previousPage: 'Previous page',

  subscribeTitle: 'Subscribe',
  subscribeExplained:
    'A feed is an address that you give to a podcast app once: from then on every new segment arrives by itself. It is free, needs no account, and nobody knows who listens.',
  feedAddress: 'Feed address',
  copy: 'Copy',
  copied: 'Copied',
  openIn: 'Open in an app',
  everything: 'Everything that comes out',
  oneShow: 'One show only',
  opmlFile: 'All feeds in one OPML file',
  opmlExplained: 'Nearly every app imports it, with all shows at once.',
  jsonFeed: 'JSON Feed',

  support: 'Support the radio',
  follow: 'Follow the radio',
  stationFeed: 'Feed of all shows',
  write: 'Write to the radio',
  website: 'The radio’s site',
  otherLanguage: 'Read this page in English',
  footer: 'About the radio',

  errors: {
    'bad-request': { title: 'Not understood', sentence: 'This address cannot be read.' },
    'not-found': {
      title: 'There is nothing here',
      sentence: 'The page does not exist, or its address has changed. Searching may find it.',
    },
    gone: {
      title: 'Withdrawn',
      sentence: 'This publication was withdrawn by those who made it and will not come back to this address.',
    },
    'not-ready': {
      title: 'One moment',
      sentence: 'The radio is reading its archive. Try again in a few seconds.',
    },
    failed: {
      title: 'Something broke',
      sentence: 'It is not your fault: the failure has been noted. Try again in a little while.',
    },
  },
  backHome: 'Go to the newest segments',
};
