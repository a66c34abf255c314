/** The transcript's and the moments' sentences, in Italian. */
export const transcript = {
  momentAddress: (time: string) => `Link a questo punto, ${time}`,
  /** `{time}` is put in by the page's script; so are `{n}` and `{of}` below. */
  readyAt: 'Pronto da {time}',
  listenFromHere: 'Ascolta da qui',
  backToPlace: 'Torna al punto',
  copyMoment: 'Copia con il link a questo momento, {time}',
  copyPage: 'Copia con il link alla pagina',
  copyHint: 'Testo scelto: con Tab arrivi al pulsante che lo copia con il link.',
  copiedMoment: 'Copiato, con il link',
  copiedLink: 'Link copiato',
  copyByHand: 'Qui non si può copiare da sé: il testo è scelto, copialo tu.',
  quoted: '«{text}»',
  copyTurn: 'Copia questo intervento con il link',
  findInTranscript: 'Cerca nella trascrizione',
  foundInTranscript: '{n} di {of}',
  nothingInTranscript: 'Niente',
  previousFound: 'Il precedente',
  nextFound: 'Il seguente',
  transcriptTitle: 'Trascrizione',
  transcriptLength: (words: number, minutes: number) =>
    `${words.toLocaleString('it-IT', { useGrouping: 'always' })} ${words === 1 ? 'parola' : 'parole'}, ${minutes} min di lettura`,
  transcriptForms: 'Scarica la trascrizione',
  transcriptForm: { vtt: 'WebVTT', srt: 'SRT', json: 'JSON', txt: 'Testo' },
};
