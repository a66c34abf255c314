import { expectedWords } from '../../model/fault-sentences.ts';
import type { StudioLanguage } from './languages.ts';

/** What is the matter with a value, by the code that `publishing` gives. */
const codes: Record<StudioLanguage, Record<string, string>> = {
  it: {
    'a-date': 'ci vuole una data come 2025-01-30 18:00',
    'article-too-long': 'il testo è troppo lungo',
    'guid-taken': 'è già di un’altra puntata',
    'not-json': 'non è JSON che si possa leggere',
    'no-such-show': 'non c’è nessuna trasmissione con questo nome',
    'text-not-utf8': 'il testo non è in UTF-8',
    'too much': 'è troppo',
    'upload-twice': 'lo stesso file c’è due volte',
    move: 'una puntata già scritta si sposta dalla sua pagina',
    crash: 'il programma si è interrotto',
  },
  en: {
    'a-date': 'it takes a date such as 2025-01-30 18:00',
    'article-too-long': 'the text is too long',
    'guid-taken': 'it is another episode’s',
    'not-json': 'it is no JSON that can be read',
    'no-such-show': 'there is no show of this name',
    'text-not-utf8': 'the text is not UTF-8',
    'too much': 'it is too much',
    'upload-twice': 'the same file is there twice',
    move: 'an episode that is written already is moved from its own page',
    crash: 'the program ended in the middle',
  },
};

/** What is found out about files is said in English where it is found; what stands in brackets is for whoever looks into it. */
const found: [english: RegExp, italian: string][] = [
  [/^it is a video$/, 'è un video'],
  [/^it has no sound in it$/, 'non contiene suono'],
  [/^nothing in it can be decoded$/, 'non c’è niente che si possa decodificare'],
  [
    /^its sound (?:is coded in a way that is not known here|cannot be decoded).*$/,
    'il suono non si può decodificare',
  ],
  [/^its bytes are not those of an audio file$/, 'non è fatto come un file audio'],
  [/^it holds no bytes$/, 'è vuoto'],
  [/^(?:Malformed part header|Unexpected end of form|Multipart: Boundary not found)$/, 'è arrivato rotto'],
  [/^it is no picture.*$/s, 'non è un’immagine'],
  [/^(\S+) pictures are not taken$/, 'immagini $1 non se ne prendono'],
  [/^it cannot be read to its end.*$/s, 'non si legge fino in fondo'],
  [/^it has (\d+) channels$/, 'ha $1 canali'],
  [/^it has no list of chapters.*$/, 'non contiene un elenco di capitoli'],
  [/^it is not JSON.*$/s, 'non è JSON'],
  [/^the process that makes sounds ready is gone.*$/s, 'il processo è caduto'],
];

/** Returns why something will not do, in words: of a code, of what was found out about a file, or as it stands. */
export function reasonWords(reason: string | undefined, language: StudioLanguage): string {
  if (reason === undefined || reason === '') return '—';
  const expected = expectedWords(reason, language);
  if (expected !== undefined) return language === 'it' ? `ci vuole ${expected}` : `it takes ${expected}`;
  const known = codes[language][reason];
  if (known !== undefined) return known;
  const [english, italian] = found.find(([pattern]) => pattern.test(reason)) ?? [];
  if (english === undefined || italian === undefined || language === 'en') return reason;
  return reason.replace(english, italian);
}
