import { describe, expect, it } from 'vitest';
import type { Episode } from '../../src/model/episode.ts';
import { DAY, episodeOf, NOW, segmentOf } from '../fixtures/episodes.ts';
import { catalogueWith } from './opened.ts';

/** An interview about a cheap model from Hangzhou, as the station's presenter of technology makes them. */
const interview = episodeOf({
  slug: 'intervista',
  title: 'Il modello venuto da Hangzhou',
  tags: ['cina', 'deep seek', 'intelligenza artificiale'],
  categories: ['Conflitti globali'],
  people: [{ name: 'Gilberto', role: 'host' }],
  summary: 'Un’azienda cinese pubblica un modello che costa un ventesimo degli altri, e le borse tremano.',
  articleText: `A Hangzhou hanno addestrato un modello linguistico con processori di seconda mano. In Cina lo scaricano
    già i ragazzini, negli Stati Uniti crollano i titoli di chi vendeva schede grafiche. L’intelligenza artificiale
    generativa non è più faccenda di due o tre aziende americane: i pesi sono pubblici, chiunque li studia. Pechino
    sorride, Washington pensa a nuovi dazi sui semiconduttori. Restano le domande di sempre: chi etichetta i dati, chi
    paga l’elettricità, chi risponde quando l’algoritmo sbaglia.`,
});

const about = (
  slug: string,
  title: string,
  tags: string[],
  articleText: string,
  more: Partial<Episode> = {},
) =>
  episodeOf({
    slug,
    title,
    tags,
    articleText,
    categories: ['Conflitti globali'],
    publishedAt: NOW - (slug.length + 2) * DAY,
    ...more,
  });

const chips = about(
  'chip',
  'Le fabbriche di Shenzhen',
  ['cina', 'dazi'],
  'Le sanzioni dovevano fermare i semiconduttori cinesi. A Shenzhen aprono invece linee nuove, e i processori che ne escono costano meno di quelli americani. Pechino paga, e chiede conto.',
);
const labellers = about(
  'etichette',
  'Chi addestra le macchine',
  ['intelligenza artificiale', 'lavoro'],
  'Dietro ogni modello linguistico c’è chi etichetta immagini a cottimo, a Nairobi o a Manila. L’intelligenza artificiale impara dai loro clic, e nessun bilancio li nomina.',
);
const untagged = about(
  'cantina',
  'Un algoritmo in cantina',
  [],
  'All’officina hanno fatto girare un modello generativo su una macchina usata. L’intelligenza artificiale con i pesi pubblici si studia, si cambia, si spegne. Chi vende abbonamenti americani non gradisce.',
);
const strike = about(
  'sciopero',
  'Il cancello resta chiuso',
  ['lavoro', 'sciopero'],
  'Davanti ai magazzini si comincia prima dell’alba. I facchini chiedono turni decenti e il contratto nazionale; la ditta chiama la polizia, il picchetto resta fino a sera.',
);
const prison = about(
  'carcere',
  'Estate in sezione',
  ['carcere'],
  'Le celle arrivano a quaranta gradi. I detenuti scrivono che i ventilatori si comprano e che l’acqua manca la sera. Le famiglie aspettano sotto il muro.',
);
const harbour = about(
  'porto',
  'Le gru ferme',
  ['porti', 'guerra'],
  'I portuali non caricano casse di munizioni. La nave resta all’ancora, il terminal perde soldi ogni ora, da Genova a Marsiglia le banchine si parlano.',
);
const antenna = about(
  'antenna',
  'Costruire un’antenna',
  ['radio'],
  'Un palo, filo di rame, pazienza. Come si tara un’antenna sul tetto, e perché la pioggia conta.',
  { people: [{ name: 'Gilberto', role: 'host' }], publishedAt: NOW - DAY },
);
const others = [antenna, harbour, prison, strike, untagged, labellers, chips];

describe('related episodes', () => {
  it('of the interview on a Chinese model are first the texts on China and on artificial intelligence', async () => {
    const catalogue = await catalogueWith(interview, ...others);
    const slugs = (await catalogue.related(interview, 5, NOW)).map((card) => card.slug);
    expect(slugs.slice(0, 3).toSorted()).toEqual(['cantina', 'chip', 'etichette']);
    expect(slugs).not.toContain('intervista');
    expect(slugs).not.toContain('carcere');
    expect(slugs).not.toContain('porto');
  });

  it('are found by their words alone, where nobody gave a tag', async () => {
    const bare = (episode: Episode): Episode => ({ ...episode, tags: [], people: [], categories: [] });
    const catalogue = await catalogueWith(bare(interview), ...others.map(bare));
    const slugs = (await catalogue.related(bare(interview), 3, NOW)).map((card) => card.slug);
    expect(slugs.toSorted()).toEqual(['cantina', 'chip', 'etichette']);
  });

  it('are found by what is said, where the article is a line', async () => {
    const segments = [
      segmentOf({
        file: 'a.mp3',
        transcript: { file: 'a.vtt', fingerprint: 'aabbccddee', language: 'it', cues: 1 },
      }),
    ];
    const talk = episodeOf({ slug: 'chiacchierata', title: 'Puntata del giovedì', segments });
    const text =
      'I facchini davanti ai magazzini, il picchetto, il contratto nazionale. La polizia arriva prima dei turni.';
    const catalogue = await catalogueWith(
      [talk, [text.split('. ').map((text, at) => ({ start: at * 5, end: at * 5 + 5, text }))]],
      ...others,
    );
    expect((await catalogue.related(talk, 3, NOW)).map((card) => card.slug)[0]).toBe('sciopero');
  });

  it('are the closer, the rarer what both have: a tag that hardly any other has says more than one that many have', async () => {
    const filler = Array.from({ length: 40 }, (_, index) =>
      about(`torino-${index}`, `Notizie ${index}`, ['torino'], `Fatto numero ${index}.`),
    );
    const seed = about('seme', 'Una storia', ['torino', 'api'], 'Alveari sui tetti.');
    const bees = about('api', 'Un’altra storia', ['api'], 'Miele.', { publishedAt: NOW - 900 * DAY });
    const catalogue = await catalogueWith(seed, bees, ...filler);
    expect((await catalogue.related(seed, 3, NOW))[0]?.slug).toBe('api');
  });

  it('may be asked for a draft, too, which nobody else sees', async () => {
    const draft: Episode = { ...interview, status: 'draft' };
    const catalogue = await catalogueWith(draft, ...others);
    expect((await catalogue.related(draft, 3, NOW)).map((card) => card.slug)).toContain('chip');
    expect((await catalogue.related(chips, 8, NOW)).map((card) => card.slug)).not.toContain('intervista');
  });
});
