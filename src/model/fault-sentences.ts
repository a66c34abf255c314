import type { Fault, FaultCode } from './fault.ts';

export type FaultLanguage = 'it' | 'en';

/** What is wrong, and what to do about it, with `{values}` to be filled in. */
type Sentences = Record<FaultCode, string>;

const it: Sentences = {
  'yaml-broken':
    'Le righe fra i due --- non si leggono ({reason}): correggile; intanto resta valida l’ultima versione buona, se c’è.',
  'title-missing': 'Manca il titolo: scrivi una riga «title: …» fra i due ---.',
  'key-unknown': 'La chiave «{key}» non è conosciuta e non fa nulla: toglila, o controlla come è scritta.',
  'value-invalid': '«{key}: {value}» non va bene: deve essere {expected}.',
  'date-invalid': 'La data «{value}» non è una data: scrivila come 2025-01-30 oppure 2025-01-30 14:05.',
  'date-missing':
    'Nessuna data, né nel testo né nel nome della cartella né nell’audio: scrivi «date: …», o comincia il nome della cartella con la data.',
  'date-from-file':
    'La data viene da quella del file ({value}) e cambierebbe con un ripristino: scrivila con «date: …» o nel nome della cartella.',
  'article-too-long':
    'Il testo pesa {bytes} byte e il massimo è {limit}: accorcialo, o togli ciò che non è testo.',
  'text-not-utf8': 'Il testo non è in UTF-8: salvalo di nuovo scegliendo la codifica UTF-8.',
  'audio-missing':
    'Nella cartella non c’è alcun file audio: aggiungine uno (MP3, M4A, Ogg, Opus, FLAC, WAV o AIFF).',
  'audio-not-audio': 'Il file non è audio che si possa leggere ({reason}): sostituiscilo con l’originale.',
  'audio-empty': 'Il file audio è vuoto: copialo di nuovo.',
  'audio-incomplete': 'Il file audio sembra tagliato alla fine: se la copia si è interrotta, ripetila.',
  'audio-being-copied':
    'Il file audio non è ancora intero, forse lo stanno copiando: sarà pubblicato da sé quando lo sarà.',
  'segment-not-found':
    '«segments» nomina {value}, che nella cartella non c’è: correggi il nome o togli la voce.',
  'segment-renamed': '«segments» nomina {value}, che non c’è; si è preso {found}: scrivi il nuovo nome.',
  'link-leads-out': '{value} porta fuori dalla cartella e non viene seguito: metti il file nella cartella.',
  'link-not-found':
    'Il collegamento a {value} non porta a nulla che si possa mostrare: correggilo; intanto ne resta il testo.',
  'link-unsafe': 'Il collegamento {value} non è di un tipo sicuro ed è stato tolto: usa un indirizzo https.',
  'moment-past-end': 'Il momento {value} viene dopo la fine di {found}: correggilo.',
  'cover-not-found':
    'La copertina {value} nella cartella non c’è: aggiungila o togli la riga; intanto si usa quella della trasmissione.',
  'cover-not-picture':
    'La copertina non si legge come immagine ({reason}): sostituiscila con un JPEG o un PNG; intanto si usa quella della trasmissione.',
  'cover-small':
    'La copertina è di {value} pixel: ce ne vogliono almeno 1400×1400 perché sia nitida nelle app.',
  'chapters-broken': 'I capitoli non si leggono ({reason}): correggi il file; intanto l’audio va senza.',
  'chapter-past-end':
    'Capitoli oltre la fine di {found}: {count}, il primo a {value}. Non si mostrano: correggine i tempi.',
  'transcript-broken':
    'La trascrizione non si legge come WebVTT, SRT o JSON di Podcasting 2.0 ({reason}): correggila o esportala di nuovo; intanto l’audio va senza.',
  'transcript-empty': 'Nella trascrizione non c’è una sola parola con il suo tempo: esportala di nuovo.',
  'transcript-too-long':
    'La trascrizione pesa {bytes} byte e il massimo è {limit}: togli ciò che non è trascrizione.',
  'cue-invalid':
    'Battute con un tempo che non si legge: {count}, la prima è «{value}». Restano fuori: scrivi il tempo come 00:01:02.500 --> 00:01:05.000.',
  'cue-untimed':
    'Righe senza un tempo: {count}, la prima è «{value}». Restano fuori: metti il tempo nella riga di sopra, o togli la riga vuota che le stacca dalla loro battuta.',
  'cue-empty':
    'Battute senza parole: {count}, la prima è «{value}». Non si mostrano: scrivi che cosa si dice, o toglile.',
  'cue-order':
    'Battute fuori ordine: {count}, la prima a {value}. Si mostrano al loro posto: metti in ordine il file.',
  'cue-backwards':
    'Battute che finiscono prima di cominciare: {count}, la prima a {value}. Si mostrano fino alla seguente: correggine la fine.',
  'cue-past-end':
    'Battute oltre la fine di {found}: {count}, la prima a {value}. Non si mostrano: correggine i tempi, o controlla che la trascrizione sia di questo audio.',
  'cue-too-many':
    'La trascrizione ha troppe battute: ne restano fuori {count}, da {value} in poi. Unisci quelle più corte.',
  'guid-unpinned':
    'Il guid non è scritto nel testo: rinominando la cartella o il file cambierebbe, e le app vedrebbero una puntata nuova. «check --pin» lo scrive.',
  'guid-twice':
    'Lo stesso guid sta già in {value}, che lo tiene; questa copia resta fuori: togli la riga «guid» da una delle due.',
  'name-twice': 'Due nomi si leggono uguali ({value}): rinominane uno.',
  'folder-unreadable': 'La cartella non si può leggere: dalle i permessi di lettura.',
  'file-unreadable': 'Il file non si può leggere: dagli i permessi di lettura.',
  'show-missing':
    'Manca show.md: la trasmissione prende il nome della cartella; scrivilo per darle titolo, descrizione e categoria.',
  'station-missing': 'Manca station.md: scrivilo per dare alla radio nome, descrizione e indirizzi.',
};

const en: Sentences = {
  'yaml-broken':
    'The lines between the two --- cannot be read ({reason}): mend them; meanwhile the last good version stands, if there is one.',
  'title-missing': 'The title is missing: write a line "title: …" between the two ---.',
  'key-unknown': 'The key "{key}" is not known and does nothing: take it out, or check its spelling.',
  'value-invalid': '"{key}: {value}" will not do: it must be {expected}.',
  'date-invalid': 'The date "{value}" is no date: write it like 2025-01-30 or 2025-01-30 14:05.',
  'date-missing':
    'No date in the text, the folder’s name or the audio: write "date: …", or begin the folder’s name with the date.',
  'date-from-file':
    'The date is that of the file ({value}) and a restore would change it: write it as "date: …" or in the folder’s name.',
  'article-too-long':
    'The text is {bytes} bytes long and {limit} is the most: shorten it, or take out what is no text.',
  'text-not-utf8': 'The text is not UTF-8: save it again and choose the encoding UTF-8.',
  'audio-missing': 'There is no audio file in the folder: add one (MP3, M4A, Ogg, Opus, FLAC, WAV or AIFF).',
  'audio-not-audio': 'The file is no audio that can be read ({reason}): put the original in its place.',
  'audio-empty': 'The audio file is empty: copy it again.',
  'audio-incomplete': 'The audio file seems cut off at its end: if the copying was broken off, do it again.',
  'audio-being-copied':
    'The audio file is not whole yet, perhaps it is being copied: it will be published by itself when it is.',
  'segment-not-found':
    '"segments" names {value}, which is not in the folder: mend the name or take the entry out.',
  'segment-renamed':
    '"segments" names {value}, which is not there; {found} was taken for it: write the new name.',
  'link-leads-out': '{value} leads out of the folder and is not followed: put the file into the folder.',
  'link-not-found':
    'The link to {value} leads to nothing that can be shown: mend it; meanwhile its text stays.',
  'link-unsafe': 'The link {value} is of no safe kind and was taken out: use an https address.',
  'moment-past-end': 'The moment {value} is past the end of {found}: mend it.',
  'cover-not-found':
    'The cover {value} is not in the folder: add it or take the line out; meanwhile the show’s is used.',
  'cover-not-picture':
    'The cover cannot be read as a picture ({reason}): put a JPEG or PNG in its place; meanwhile the show’s is used.',
  'cover-small': 'The cover is {value} pixels: it takes at least 1400×1400 to be sharp in apps.',
  'chapters-broken':
    'The chapters cannot be read ({reason}): mend the file; meanwhile the audio goes without.',
  'chapter-past-end':
    'Chapters past the end of {found}: {count}, the first at {value}. They are not shown: mend their times.',
  'transcript-broken':
    'The transcript cannot be read as WebVTT, SRT or Podcasting 2.0 JSON ({reason}): mend it or export it anew; meanwhile the audio goes without.',
  'transcript-empty': 'The transcript has not one word with its time: export it anew.',
  'transcript-too-long':
    'The transcript is {bytes} bytes long and {limit} is the most: take out what is no transcript.',
  'cue-invalid':
    'Cues with a time that cannot be read: {count}, the first is "{value}". They are left out: write the time like 00:01:02.500 --> 00:01:05.000.',
  'cue-untimed':
    'Lines without a time: {count}, the first is "{value}". They are left out: put the time on the line above, or take out the empty line that parts them from their cue.',
  'cue-empty':
    'Cues without words: {count}, the first is "{value}". They are not shown: write what is said, or take them out.',
  'cue-order':
    'Cues out of order: {count}, the first at {value}. They are shown in their place: put the file in order.',
  'cue-backwards':
    'Cues that end before they begin: {count}, the first at {value}. They are shown until the next: mend their end.',
  'cue-past-end':
    'Cues past the end of {found}: {count}, the first at {value}. They are not shown: mend their times, or check that the transcript is of this audio.',
  'cue-too-many':
    'The transcript has too many cues: {count} are left out, from {value} on. Join the shortest.',
  'guid-unpinned':
    'The guid does not stand in the text: renaming the folder or the file would change it, and apps would see a new episode. "check --pin" writes it in.',
  'guid-twice':
    'The same guid stands in {value}, which keeps it; this copy is left out: take the line "guid" out of one of them.',
  'name-twice': 'Two names read the same ({value}): rename one.',
  'folder-unreadable': 'The folder cannot be read: give it read rights.',
  'file-unreadable': 'The file cannot be read: give it read rights.',
  'show-missing':
    'There is no show.md: the show is called like its folder; write one to give it title, description and category.',
  'station-missing':
    'There is no station.md: write one to give the radio its name, description and addresses.',
};

/** What a value must be, by the code that the key's schema gives. */
const expectations: Record<FaultLanguage, Record<string, string>> = {
  it: {
    'a-text': 'un testo',
    'an-address': 'un indirizzo che comincia con http:// o https://',
    'a-colour': 'un colore come "#e8321a" (fra virgolette)',
    'yes-or-no': 'true o false',
    'a-number': 'un numero intero da 1 in su',
    'a-language': 'una lingua come it o en',
    'a-guid': 'un identificatore senza spazi',
    'a-file-name': 'il nome di un file che sta nella cartella',
    'a-list': 'un elenco di nomi',
    paths: 'un indirizzo di questo sito che comincia con /',
    'a-person': 'un nome, o una voce con name, role, url, img',
    people: 'un elenco di persone',
    links: 'un elenco di «nome: indirizzo»',
    'a-timezone': 'un fuso orario come Europe/Rome',
    'an-email': 'un indirizzo e-mail',
    support: 'due righe, url e text',
    'a-category': 'una categoria di Apple come News > Politics',
    'episodic-or-serial': 'episodic o serial',
    'full-trailer-bonus': 'full, trailer o bonus',
    'a-status': 'published, draft, review o withdrawn',
    segments: 'un elenco di voci con file, title, guid, people, transcript, chapters',
  },
  en: {
    'a-text': 'a text',
    'an-address': 'an address that begins with http:// or https://',
    'a-colour': 'a colour such as "#e8321a" (in quotes)',
    'yes-or-no': 'true or false',
    'a-number': 'a whole number from 1 up',
    'a-language': 'a language such as it or en',
    'a-guid': 'an identifier without spaces',
    'a-file-name': 'the name of a file in the folder',
    'a-list': 'a list of names',
    paths: 'an address of this site that begins with /',
    'a-person': 'a name, or an entry with name, role, url, img',
    people: 'a list of people',
    links: 'a list of "name: address"',
    'a-timezone': 'a time zone such as Europe/Rome',
    'an-email': 'an e-mail address',
    support: 'two lines, url and text',
    'a-category': 'one of Apple’s categories such as News > Politics',
    'episodic-or-serial': 'episodic or serial',
    'full-trailer-bonus': 'full, trailer or bonus',
    'a-status': 'published, draft, review or withdrawn',
    segments: 'a list of entries with file, title, guid, people, transcript, chapters',
  },
};

/** Returns the fault as one sentence in the reader's language, without its place. */
export function faultSentence(fault: Fault, language: FaultLanguage): string {
  const sentence = (language === 'it' ? it : en)[fault.code];
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = fault.values[name] ?? '';
    return name === 'expected' ? (expectations[language][value] ?? value) : value;
  });
}

/** Returns what a value must be, in words, by the code that its schema gives; `undefined` for what is no such code. */
export const expectedWords = (code: string, language: FaultLanguage): string | undefined =>
  expectations[language][code];

/** Returns where the fault is: `stacca-stacca/2025-01-30-sputnik-moment/episode.md:3`. */
export function faultPlace(fault: Fault): string {
  const path = [fault.folder, fault.file].filter(Boolean).join('/') || '.';
  return fault.line === undefined ? path : `${path}:${fault.line}`;
}
