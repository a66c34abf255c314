/** What is kept for listening offline, in Italian. */
export const saving = {
  saveOffline: 'Salva per ascoltare senza rete',
  saveUnderWay: 'Sto salvando',
  saveCancel: 'Annulla',
  saveAgain: 'Riprova',
  saveResume: 'Riprendi',
  saveFailed: 'Il salvataggio si è interrotto. Quello che è arrivato resta: riprova quando torna la rete.',
  saveNoRoom:
    'Su questo dispositivo non c’è abbastanza spazio. Libera qualcosa tra i segmenti salvati e riprova.',
  saveGone: 'Questa pagina non si può salvare: non è più qui, o è cambiata. Ricaricala e riprova.',
  savedDone: 'Salvato',
  savedHalf: 'Non finito',
  savedOutdated: 'C’è una versione più nuova',
  savedRemove: 'Togli',
  savedRemoveThis: (title: string) => `Togli: ${title}`,
  savedRemoveAll: 'Togli tutto',
  savedRemoveAllSure: 'Sì, togli tutto',
  savedShort: 'Salvati',
  savedTitle: 'Salvati su questo dispositivo',
  savedExplained:
    'Quello che salvi resta in questo browser e si ascolta anche senza rete. Nessun altro sa che cosa hai salvato.',
  savedNeeds:
    'Per salvare servono JavaScript e un browser recente, con il sito aperto da un indirizzo sicuro (https).',
  savedEmpty: 'Non hai ancora salvato niente.',
  savedEmptyHint: 'In ogni pagina con un segmento, in fondo al testo, c’è «Salva per ascoltare senza rete».',
  savedTotal: 'In tutto',
  savedRoom: 'Spazio ancora libero',
  savedMayGo:
    'Se lo spazio sul dispositivo finisce, il browser può buttare via quello che è salvato qui. Per tenerlo, aggiungi il sito alla schermata principale.',
  offlineTitle: 'Sei senza rete',
  offlineSentence:
    'Questa pagina non è salvata su questo dispositivo. Quello che hai salvato si ascolta lo stesso.',
};
