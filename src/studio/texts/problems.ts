import type { ProblemCode } from '../../model/problem.ts';
import { reasonWords } from './reasons.ts';

/** What is wrong, where, and what to do: one sentence or two for each problem. */
export type ProblemSentences = Record<ProblemCode, (values: Record<string, string>) => string>;

const it: ProblemSentences = {
  'login-needed': () => 'Bisogna entrare nello studio: la sessione è finita, o non è mai iniziata.',
  'other-origin': () => 'La richiesta arriva da un altro sito: torna nello studio e riprova da lì.',
  'not-allowed': () => 'Non hai i permessi per questo: chiedi a chi amministra lo studio.',
  'not-found': () => 'Qui non c’è niente: forse è stato spostato o cancellato.',
  'value-wrong': ({ field, reason }) => `Il valore di «${field}» non va bene: ${reasonWords(reason, 'it')}.`,
  'title-missing': () => 'Manca il titolo: scrivilo e riprova.',
  'show-missing': () => 'Scegli la trasmissione: una bozza non può uscire senza.',
  'sound-missing': () => 'Manca il suono: aggiungi almeno un file audio prima di pubblicare.',
  'name-refused': ({ name }) => `Il nome «${name}» non si può usare: solo lettere, cifre e trattini.`,
  'draft-conflict': ({ name }) =>
    `${name} ha salvato prima di te: qui sotto ci sono i due testi, e nessuno dei due va perso.`,
  'folder-changed': ({ file }) =>
    `«${file}» è stato cambiato a mano nella cartella dopo che hai iniziato: guarda i due testi e scegli.`,
  'already-there': ({ name }) => `«${name}» esiste già: scegli un altro nome.`,
  'episode-withdrawn': () => 'Questa puntata è stata ritirata: non si può più modificare.',
  'episode-busy': () => 'La puntata viene scritta proprio adesso: riprova fra un momento.',
  'upload-too-large': ({ size, most }) => `Il file è di ${size}: se ne accettano al massimo ${most}.`,
  'upload-no-room': ({ size, free }) =>
    `Sul disco non c’è posto: servono ${size}, ne restano ${free}. Libera spazio dalla pagina «Disco».`,
  'upload-length-wrong': () => 'Il file non è lungo quanto dichiarato: caricalo di nuovo.',
  'upload-busy': () => 'Questo file sta già arrivando da un’altra finestra: chiudila o aspetta.',
  'upload-expired': () => 'Questo caricamento è scaduto: ricomincia da capo.',
  'too-many-uploads': ({ most }) => `Troppi file in arrivo insieme: al massimo ${most}.`,
  'sound-not-audio': ({ name, reason }) =>
    `«${name}» non è un file audio (${reasonWords(reason, 'it')}): carica MP3, M4A, Ogg, FLAC, WAV o AIFF.`,
  'sound-empty': ({ name }) => `«${name}» non contiene suono: esportalo di nuovo e ricaricalo.`,
  'sound-cut': ({ name }) => `«${name}» finisce a metà: la copia si è interrotta, caricalo di nuovo.`,
  'sound-silent': ({ name }) => `«${name}» è tutto silenzio: controlla la registrazione.`,
  'sound-too-long': ({ name, hours }) => `«${name}» è più lungo di ${hours} ore: dividilo in più file.`,
  'sound-crashed': ({ name, reason }) =>
    `La lavorazione di «${name}» si è fermata (${reasonWords(reason, 'it')}): il file è al sicuro, riprova.`,
  'picture-refused': ({ name, reason }) =>
    `«${name}» non è un’immagine che si possa usare (${reasonWords(reason, 'it')}): prova con un JPEG o un PNG.`,
  'transcript-refused': ({ name, reason }) =>
    `«${name}» non è una trascrizione leggibile (${reasonWords(reason, 'it')}).`,
  'file-not-for-us': ({ name }) =>
    `«${name}» non è né audio, né immagine, né trascrizione: non serve alla puntata.`,
  'disk-full': () => 'Il disco è pieno: il lavoro è salvo, ma serve spazio per andare avanti.',
  'folder-read-only': () =>
    'La cartella delle puntate non si può scrivere: il lavoro è salvo, avvisa chi tiene il server.',
  'machine-failed': ({ reason }) =>
    `Qualcosa si è rotto dalla nostra parte (${reasonWords(reason, 'it')}): il lavoro è salvo, riprova.`,
  'address-refused': ({ address }) => `«${address}» non è un indirizzo del web pubblico.`,
  'address-unreachable': ({ address, reason }) => `«${address}» non risponde (${reasonWords(reason, 'it')}).`,
  'address-too-large': ({ address }) => `La pagina «${address}» pesa più di 5 MB: copia il testo a mano.`,
  'address-too-slow': ({ address }) => `«${address}» ci mette più di 10 secondi: copia il testo a mano.`,
  'address-not-article': ({ address }) => `In «${address}» non si trova un articolo: copia il testo a mano.`,
  'feed-would-break': ({ count }) => `Fermato: ${count} segmenti del feed si romperebbero. Ecco quali.`,
  'email-wrong': () => 'L’indirizzo e-mail non è scritto bene.',
  'email-taken': ({ email }) => `C’è già un account per ${email}.`,
  'password-short': ({ least }) => `La password è troppo corta: almeno ${least} caratteri, anche una frase.`,
  'password-common': () => 'Questa password è fra le prime che si provano: scegline un’altra.',
  'login-wrong': () => 'E-mail o password non corrispondono.',
  'password-wrong': () => 'Non è la password attuale.',
  'login-throttled': ({ minutes }) =>
    `Troppi tentativi: riprova fra ${minutes === '1' ? 'un minuto' : `${minutes} minuti`}.`,
  'link-used': () => 'Questo indirizzo è già stato usato o è scaduto: fattene dare un altro.',
  'last-admin': () => 'È l’ultimo account che amministra: prima dai il ruolo a qualcun altro.',
  'passkey-failed': () => 'La passkey non è stata riconosciuta: riprova, o usa la password.',
  'mail-failed': ({ reason }) =>
    `L’e-mail non è partita (${reasonWords(reason, 'it')}): consegna l’indirizzo a mano.`,
};

const en: ProblemSentences = {
  'login-needed': () => 'You need to log in: the session has ended, or never began.',
  'other-origin': () => 'The request comes from another site: go back to the studio and try from there.',
  'not-allowed': () => 'You may not do this: ask whoever runs the studio.',
  'not-found': () => 'There is nothing here: it may have been moved or deleted.',
  'value-wrong': ({ field, reason }) => `The value of “${field}” will not do: ${reasonWords(reason, 'en')}.`,
  'title-missing': () => 'The title is missing: write it and try again.',
  'show-missing': () => 'Choose the show: a draft cannot go out without one.',
  'sound-missing': () => 'There is no sound: add at least one audio file before publishing.',
  'name-refused': ({ name }) => `The name “${name}” cannot be used: letters, digits and dashes only.`,
  'draft-conflict': ({ name }) => `${name} saved before you: both texts are below, and neither will be lost.`,
  'folder-changed': ({ file }) =>
    `“${file}” was changed by hand in the folder since you began: look at both texts and choose.`,
  'already-there': ({ name }) => `“${name}” is there already: choose another name.`,
  'episode-withdrawn': () => 'This episode was withdrawn: it can no longer be edited.',
  'episode-busy': () => 'The episode is being written just now: try again in a moment.',
  'upload-too-large': ({ size, most }) => `The file has ${size}: at most ${most} are taken.`,
  'upload-no-room': ({ size, free }) =>
    `There is no room on the disk: ${size} are needed, ${free} are left. Make room on the “Disk” page.`,
  'upload-length-wrong': () => 'The file is not as long as was said: upload it again.',
  'upload-busy': () => 'This file is arriving from another window already: close that one, or wait.',
  'upload-expired': () => 'This upload has expired: begin again.',
  'too-many-uploads': ({ most }) => `Too many files are arriving at once: at most ${most}.`,
  'sound-not-audio': ({ name, reason }) =>
    `“${name}” is no audio file (${reasonWords(reason, 'en')}): upload MP3, M4A, Ogg, FLAC, WAV or AIFF.`,
  'sound-empty': ({ name }) => `“${name}” holds no sound: export it again and upload that.`,
  'sound-cut': ({ name }) => `“${name}” ends in the middle: the copy was cut off, upload it again.`,
  'sound-silent': ({ name }) => `“${name}” is all silence: check the recording.`,
  'sound-too-long': ({ name, hours }) =>
    `“${name}” is longer than ${hours} hours: split it into several files.`,
  'sound-crashed': ({ name, reason }) =>
    `Work on “${name}” stopped (${reasonWords(reason, 'en')}): the file is safe, try again.`,
  'picture-refused': ({ name, reason }) =>
    `“${name}” is no picture that can be used (${reasonWords(reason, 'en')}): try a JPEG or a PNG.`,
  'transcript-refused': ({ name, reason }) =>
    `“${name}” is no readable transcript (${reasonWords(reason, 'en')}).`,
  'file-not-for-us': ({ name }) =>
    `“${name}” is neither audio, picture nor transcript: the episode has no use for it.`,
  'disk-full': () => 'The disk is full: your work is safe, but room is needed to go on.',
  'folder-read-only': () =>
    'The episodes’ folder cannot be written to: your work is safe, tell whoever runs the server.',
  'machine-failed': ({ reason }) =>
    `Something broke on our side (${reasonWords(reason, 'en')}): your work is safe, try again.`,
  'address-refused': ({ address }) => `“${address}” is no address of the public web.`,
  'address-unreachable': ({ address, reason }) =>
    `“${address}” does not answer (${reasonWords(reason, 'en')}).`,
  'address-too-large': ({ address }) => `The page “${address}” has more than 5 MB: copy the text by hand.`,
  'address-too-slow': ({ address }) => `“${address}” takes more than 10 seconds: copy the text by hand.`,
  'address-not-article': ({ address }) => `No article was found at “${address}”: copy the text by hand.`,
  'feed-would-break': ({ count }) => `Stopped: ${count} items of the feed would break. Here they are.`,
  'email-wrong': () => 'The e-mail address is not right.',
  'email-taken': ({ email }) => `There is an account for ${email} already.`,
  'password-short': ({ least }) =>
    `The password is too short: at least ${least} characters, a sentence will do.`,
  'password-common': () => 'This password is among the first that are tried: choose another.',
  'login-wrong': () => 'E-mail address or password do not match.',
  'password-wrong': () => 'This is not the present password.',
  'login-throttled': ({ minutes }) =>
    `Too many attempts: try again in ${minutes === '1' ? 'a minute' : `${minutes} minutes`}.`,
  'link-used': () => 'This link was used already, or has expired: ask for another.',
  'last-admin': () => 'This is the last admin account: give the role to somebody else first.',
  'passkey-failed': () => 'The passkey was not recognized: try again, or use the password.',
  'mail-failed': ({ reason }) =>
    `The e-mail was not sent (${reasonWords(reason, 'en')}): hand the link over yourself.`,
};

export const problemTexts = { it, en };
