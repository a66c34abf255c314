import { finding } from './it/finding.ts';
import { player } from './it/player.ts';
import { saving } from './it/saving.ts';
import { sharing } from './it/sharing.ts';
import { transcript } from './it/transcript.ts';

/** Every sentence of the site, in Italian. The other languages have the same keys. */
export const it = {
  ...player,
  ...transcript,
  ...finding,
  ...sharing,
  ...saving,
  language: 'Italiano',
  skipToContent: 'Vai al contenuto',
  navigation: 'Pagine principali',
  home: 'Segmenti',
  shows: 'Trasmissioni',
  show: 'Trasmissione',
  archive: 'Archivio',
  subscribe: 'Abbonati',
  search: 'Cerca',
  searchHint: 'Cerca in testo e voce',
  live: 'In diretta',
  onFrequency: (frequency: string) => `in onda su ${frequency}`,

  newest: "L'ultimo segmento",
  rundown: 'La scaletta',
  allArchive: "Tutto l'archivio",
  theShows: 'Le trasmissioni',
  allShows: 'Tutte le trasmissioni',
  noEpisodes: 'Qui non c’è ancora niente da ascoltare.',
  noEpisodesHint: 'Il primo segmento comparirà da solo appena viene pubblicato.',
  older: 'Più vecchi',
  backToNewest: 'Torna ai più nuovi',
  pages: 'Altre pagine',

  episodeCount: (count: number) => (count === 1 ? '1 puntata' : `${count} puntate`),
  segmentCount: (count: number) => (count === 1 ? '1 segmento' : `${count} segmenti`),
  moreSegments: (count: number) => (count === 1 ? 'e un altro segmento' : `e altri ${count} segmenti`),
  withVoices: (names: string) => `con ${names}`,
  listenTo: (title: string) => `Ascolta: ${title}`,
  latestOn: (day: string) => `ultima: ${day}`,

  byline: 'Testo',
  voices: 'Voci',
  /** Of the Podcasting 2.0 taxonomy; others stand as they were written. */
  roles: new Map([
    ['host', 'conduce'],
    ['co-host', 'conduce'],
    ['guest', 'ospite'],
    ['reporter', 'inchiesta'],
    ['author', 'testo'],
    ['editor', 'redazione'],
    ['producer', 'produzione'],
    ['translator', 'traduzione'],
    ['narrator', 'voce narrante'],
    ['researcher', 'ricerca'],
  ]),
  download: 'Scarica',
  player: (title: string) => `Audio: ${title}`,
  listen: 'Ascolta',
  chapters: 'Capitoli',
  related: 'Sullo stesso filo',
  tags: 'Parole chiave',
  categories: 'Categorie',
  source: 'Pubblicato la prima volta su',
  licence: 'Licenza',
  explicit: 'Contenuto esplicito',
  seasonEpisode: (season: number | undefined, number: number | undefined) =>
    [season === undefined ? '' : `stagione ${season}`, number === undefined ? '' : `puntata ${number}`]
      .filter((part) => part !== '')
      .join(', '),
  types: { full: '', trailer: 'Anteprima', bonus: 'Extra' },
  momentAt: (time: string) => `Ascolta da ${time}`,

  hosts: 'A cura di',
  episodes: 'Le puntate',
  complete: 'Questa trasmissione è conclusa: le puntate restano qui.',
  followShow: (title: string) => `Abbonati a ${title}`,
  showSite: 'Sito della trasmissione',

  tagTitle: (name: string) => `Parola chiave: ${name}`,
  categoryTitle: (name: string) => `Categoria: ${name}`,
  years: 'Anni',
  yearTitle: (year: number) => `Archivio ${year}`,
  allTags: 'Tutte le parole chiave',

  searchTitle: 'Cerca nell’archivio',
  searchLabel: 'Parole da cercare',
  results: (count: number, query: string) =>
    count === 1 ? `1 risultato per «${query}»` : `${count} risultati per «${query}»`,
  noResults: (query: string) => `Niente per «${query}».`,
  noResultsHint: 'Prova con meno parole, o con l’inizio di una parola.',
  pageOf: (page: number, pages: number) => `Pagina ${page} di ${pages}`,
  nextPage: 'Pagina seguente',
  previousPage: 'Pagina precedente',

  subscribeTitle: 'Abbonati',
  subscribeExplained:
    'Un feed è un indirizzo che si dà a un’app di podcast una volta sola: da allora ogni nuovo segmento arriva da sé. È gratis, senza iscrizione, e nessuno sa chi ascolta.',
  feedAddress: 'Indirizzo del feed',
  copy: 'Copia',
  copied: 'Copiato',
  openIn: 'Apri con un’app',
  everything: 'Tutto quello che esce',
  oneShow: 'Una trasmissione sola',
  opmlFile: 'Tutti i feed in un file OPML',
  opmlExplained: 'Quasi ogni app lo importa, con tutte le trasmissioni in una volta.',
  jsonFeed: 'JSON Feed',

  support: 'Sostieni la radio',
  follow: 'Segui la radio',
  stationFeed: 'Feed di tutte le trasmissioni',
  write: 'Scrivi alla radio',
  website: 'Sito della radio',
  otherLanguage: 'Leggi questa pagina in italiano',
  footer: 'Informazioni sulla radio',

  errors: {
    'bad-request': {
      title: 'Richiesta incomprensibile',
      sentence: 'Questo indirizzo non si può leggere.',
    },
    'not-found': {
      title: 'Qui non c’è niente',
      sentence: 'La pagina non esiste, o ha cambiato indirizzo. Forse la trovi cercandola.',
    },
    gone: {
      title: 'Ritirato',
      sentence:
        'Questa pubblicazione è stata ritirata da chi l’aveva fatta e non tornerà a questo indirizzo.',
    },
    'not-ready': {
      title: 'Un momento',
      sentence: 'La radio sta leggendo il suo archivio. Riprova tra qualche secondo.',
    },
    failed: {
      title: 'Si è rotto qualcosa',
      sentence: 'Non è colpa tua: il guasto è stato annotato. Riprova tra poco.',
    },
  },
  backHome: 'Vai ai segmenti più nuovi',
};

/** What every language's catalogue of sentences holds. */
export type Texts = typeof it;
