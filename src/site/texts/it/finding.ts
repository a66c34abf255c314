const MONTHS = [
  'gennaio',
  'febbraio',
  'marzo',
  'aprile',
  'maggio',
  'giugno',
  'luglio',
  'agosto',
  'settembre',
  'ottobre',
  'novembre',
  'dicembre',
];

/** The search's sentences, and those of pages of people and months, in Italian. */
export const finding = {
  searchExplained:
    'Si cerca nei titoli, nei testi, nei capitoli, tra le voci e in quello che viene detto. Una frase esatta va tra virgolette.',
  filters: 'Restringi la ricerca',
  activeFilters: 'Filtri attivi',
  filterNames: { show: 'Trasmissione', year: 'Anno', tag: 'Parola chiave', person: 'Voce' },
  anyShow: 'Tutte',
  anyYear: 'Tutti',
  applyFilters: 'Applica',
  removeFilter: (name: string) => `Togli il filtro ${name}`,
  withoutFilters: 'Togli tutti i filtri',
  filteredCount: (count: number) =>
    count === 1 ? '1 puntata, con questi filtri' : `${count} puntate, dalla più nuova, con questi filtri`,
  nothingWithFilters: 'Niente, con questi filtri.',
  hiddenByFilters: (count: number, query: string) =>
    count === 1
      ? `Senza filtri c’è 1 risultato per «${query}».`
      : `Senza filtri ci sono ${count} risultati per «${query}».`,
  inSpeech: 'Detto nell’audio',
  inChapter: 'Capitolo',

  suggestions: 'Suggerimenti',
  suggested: (count: number) =>
    count === 0 ? 'Nessun suggerimento' : count === 1 ? '1 suggerimento' : `${count} suggerimenti`,
  suggestedKinds: { show: 'Trasmissione', person: 'Voce', tag: 'Parola chiave', episode: 'Puntata' },

  people: 'Le voci',
  allPeople: 'Tutte le voci',
  peopleExplained: 'Chi si è sentito alla radio, con il numero delle puntate.',
  noPeople: 'Nessuna voce ha ancora un nome.',
  initials: 'Iniziali',
  personTitle: (name: string) => `Con ${name}`,
  personSite: (name: string) => `Sito di ${name}`,
  hostOf: 'Conduce',
  onlyHost: 'Nelle puntate pubblicate il suo nome non compare ancora.',

  months: 'Mesi',
  monthName: (month: number) => MONTHS[month - 1] ?? '',
  monthTitle: (year: number, month: number) => {
    const name = MONTHS[month - 1] ?? '';
    return `${name.charAt(0).toUpperCase()}${name.slice(1)} ${year}`;
  },
  wholeYear: (year: number) => `Tutto il ${year}`,
};
