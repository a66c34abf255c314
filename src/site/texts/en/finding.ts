import type { finding as italian } from '../it/finding.ts';

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** The search's sentences, and those of pages of people and months, in English. */
export const finding: typeof italian = {
  searchExplained:
    'Searches titles, texts, chapters, voices and what is said. Put an exact phrase in quotation marks.',
  filters: 'Narrow the search',
  activeFilters: 'Active filters',
  filterNames: { show: 'Show', year: 'Year', tag: 'Tag', person: 'Voice' },
  anyShow: 'All',
  anyYear: 'All',
  applyFilters: 'Apply',
  removeFilter: (name) => `Remove the filter ${name}`,
  withoutFilters: 'Remove all filters',
  filteredCount: (count) =>
    count === 1 ? '1 episode with these filters' : `${count} episodes with these filters, newest first`,
  nothingWithFilters: 'Nothing with these filters.',
  hiddenByFilters: (count, query) =>
    count === 1
      ? `Without filters there is 1 result for “${query}”.`
      : `Without filters there are ${count} results for “${query}”.`,
  inSpeech: 'Said in the audio',
  inChapter: 'Chapter',

  suggestions: 'Suggestions',
  suggested: (count) =>
    count === 0 ? 'No suggestions' : count === 1 ? '1 suggestion' : `${count} suggestions`,
  suggestedKinds: { show: 'Show', person: 'Voice', tag: 'Tag', episode: 'Episode' },

  people: 'Voices',
  allPeople: 'All voices',
  peopleExplained: 'Everybody heard on the radio, with the number of episodes.',
  noPeople: 'No voice has a name yet.',
  initials: 'Initials',
  personTitle: (name) => `With ${name}`,
  personSite: (name) => `${name}’s site`,
  hostOf: 'Hosts',
  onlyHost: 'No published episode names them yet.',

  months: 'Months',
  monthName: (month) => MONTHS[month - 1] ?? '',
  monthTitle: (year, month) => `${MONTHS[month - 1] ?? ''} ${year}`,
  wholeYear: (year) => `All of ${year}`,
};
