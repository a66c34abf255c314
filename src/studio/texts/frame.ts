import type { Section } from '../section.ts';

const sectionsIt: Record<Section, string> = {
  new: 'Nuovo',
  drafts: 'Bozze',
  review: 'Da rivedere',
  scheduled: 'In programma',
  published: 'Pubblicati',
  withdrawn: 'Ritirati',
  bin: 'Cestino',
  house: 'Registro',
  disk: 'Disco',
  shows: 'Trasmissioni',
  people: 'Persone',
  me: 'Il mio account',
};

const it = {
  skipToContent: 'Vai al contenuto',
  navigation: 'Pagine dello studio',
  sections: sectionsIt,
  logIn: 'Entra',
  logOut: 'Esci',
  backToStudio: 'Torna allo studio',
  errorTitle: 'Non si può',
  differences: {
    title: 'Segmento',
    what: 'Che cosa cambierebbe',
    before: 'Prima',
    after: 'Dopo',
    kinds: {
      vanished: 'sparirebbe dal feed',
      redated: 'cambierebbe data',
      'enclosure-dead': 'il suo audio non si troverebbe più',
      new: 'comparirebbe come nuovo',
      moved: 'cambierebbe indirizzo',
    },
  },
};

const sectionsEn: Record<Section, string> = {
  new: 'New',
  drafts: 'Drafts',
  review: 'To review',
  scheduled: 'Scheduled',
  published: 'Published',
  withdrawn: 'Withdrawn',
  bin: 'Bin',
  house: 'Journal',
  disk: 'Disk',
  shows: 'Shows',
  people: 'People',
  me: 'My account',
};

const en: typeof it = {
  skipToContent: 'Skip to content',
  navigation: 'Pages of the studio',
  sections: sectionsEn,
  logIn: 'Log in',
  logOut: 'Log out',
  backToStudio: 'Back to the studio',
  errorTitle: 'That cannot be done',
  differences: {
    title: 'Segment',
    what: 'What would change',
    before: 'Before',
    after: 'After',
    kinds: {
      vanished: 'would vanish from the feed',
      redated: 'would have another date',
      'enclosure-dead': 'its audio would not be found',
      new: 'would appear as new',
      moved: 'would have another address',
    },
  },
};

export const frameTexts = { it, en };
