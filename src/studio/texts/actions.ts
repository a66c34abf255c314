import type { PublishingAction } from '../../publishing/journal.ts';

type Actions = Record<
  PublishingAction | 'upload-refused' | 'import-refused' | 'job-failed' | 'job-cancelled',
  string
>;

/** What the journal's entries are called; those of accounts are among the accounts' texts. */
const it: Actions = {
  'episode-published': 'ha pubblicato',
  'episode-saved': 'ha salvato nella cartella',
  'episode-handed-in': 'ha consegnato per la revisione',
  'writing-stopped': 'la pubblicazione si è fermata',
  'draft-discarded': 'ha buttato una bozza',
  'status-changed': 'ha cambiato stato',
  'version-restored': 'è tornato a una versione precedente',
  'episode-withdrawn': 'ha ritirato ovunque',
  'episode-binned': 'ha messo nel cestino',
  'episode-restored': 'ha rimesso al suo posto',
  'bin-emptied': 'scaduto nel cestino',
  'episode-moved': 'ha spostato',
  'show-created': 'ha creato la trasmissione',
  'show-saved': 'ha modificato la trasmissione',
  'show-renamed': 'ha cambiato l’indirizzo della trasmissione',
  'station-saved': 'ha modificato i dati della radio',
  'cover-replaced': 'ha cambiato la copertina',
  'upload-refused': 'un file non è stato accettato',
  'import-refused': 'non è riuscito a prendere un articolo',
  'job-failed': 'un lavoro non è riuscito',
  'job-cancelled': 'ha annullato un lavoro',
};

const en: Actions = {
  'episode-published': 'published',
  'episode-saved': 'saved to the folder',
  'episode-handed-in': 'handed in for review',
  'writing-stopped': 'publication stopped',
  'draft-discarded': 'threw a draft away',
  'status-changed': 'changed the state',
  'version-restored': 'went back to an earlier version',
  'episode-withdrawn': 'withdrew everywhere',
  'episode-binned': 'put in the bin',
  'episode-restored': 'put back in its place',
  'bin-emptied': 'expired in the bin',
  'episode-moved': 'moved',
  'show-created': 'made the show',
  'show-saved': 'changed the show',
  'show-renamed': 'changed the show’s address',
  'station-saved': 'changed the station',
  'cover-replaced': 'replaced the cover',
  'upload-refused': 'a file was not taken',
  'import-refused': 'could not take an article',
  'job-failed': 'a job failed',
  'job-cancelled': 'cancelled a job',
};

export const actionTexts = { it, en };
