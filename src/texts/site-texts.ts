import { callable } from './callable.ts';
import { readDictionary, readTranslation } from './catalogue.ts';
import finding from './it/finding.json' with { type: 'json' };
import player from './it/player.json' with { type: 'json' };
import saving from './it/saving.json' with { type: 'json' };
import sharing from './it/sharing.json' with { type: 'json' };
import site from './it/site.json' with { type: 'json' };
import transcript from './it/transcript.json' with { type: 'json' };
import type { Language } from './languages.ts';

const VARIABLES = {
  finding: {
    removeFilter: ['name'],
    filteredCount: ['count'],
    hiddenByFilters: ['count', 'query'],
    suggested: ['count'],
    personTitle: ['name'],
    personSite: ['name'],
    wholeYear: ['year'],
  },
  player: { sleepMinutes: ['minutes'], queueMenu: ['title'] },
  saving: { savedRemoveThis: ['title'] },
  sharing: { shareEpisode: ['title'], embedVisit: ['station'] },
  site: {
    onFrequency: ['frequency'],
    episodeCount: ['count'],
    segmentCount: ['count'],
    moreSegments: ['count'],
    withVoices: ['names'],
    listenTo: ['title'],
    latestOn: ['day'],
    player: ['title'],
    momentAt: ['time'],
    followShow: ['title'],
    tagTitle: ['name'],
    categoryTitle: ['name'],
    yearTitle: ['year'],
    results: ['count', 'query'],
    noResults: ['query'],
    pageOf: ['page', 'pages'],
    season: ['season'],
    episodeNumber: ['number'],
  },
  transcript: { momentAddress: ['time'], transcriptLength: ['words', 'minutes'] },
} as const;

function readSiteTexts(language: Language) {
  const monthNames = readTranslation(language, 'finding', finding).monthNames;
  const own = callable(readTranslation(language, 'site', site), VARIABLES.site, language);
  const monthName = (month: number): string => monthNames[month - 1] ?? '';
  return {
    ...callable(readTranslation(language, 'finding', finding), VARIABLES.finding, language),
    ...callable(readTranslation(language, 'player', player), VARIABLES.player, language),
    ...callable(readTranslation(language, 'saving', saving), VARIABLES.saving, language),
    ...callable(readTranslation(language, 'sharing', sharing), VARIABLES.sharing, language),
    ...callable(readTranslation(language, 'transcript', transcript), VARIABLES.transcript, language),
    ...own,
    /** Roles of the Podcasting 2.0 taxonomy; others stand as they were written. */
    roles: readDictionary(language, 'roles'),
    monthName,
    monthTitle(year: number, month: number): string {
      const name = monthName(month);
      return `${name.charAt(0).toUpperCase()}${name.slice(1)} ${year}`;
    },
    seasonEpisode: (season: number | undefined, number: number | undefined): string =>
      [season === undefined ? '' : own.season(season), number === undefined ? '' : own.episodeNumber(number)]
        .filter((part) => part !== '')
        .join(', '),
  };
}

/** Every sentence of the site, in one language. */
export type SiteTexts = ReturnType<typeof readSiteTexts>;

const made = new Map<Language, SiteTexts>();

/** Returns the site's sentences in a language. */
export function siteTexts(language: Language): SiteTexts {
  const texts = made.get(language) ?? readSiteTexts(language);
  made.set(language, texts);
  return texts;
}
