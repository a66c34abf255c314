const it = {
  email: 'E-mail',
  password: 'Password',
  newPassword: 'Nuova password',
  passwordHint: 'Almeno 10 caratteri: anche una frase intera va bene.',
  showPassword: 'Mostra la password',
  hidePassword: 'Nascondi la password',
  name: 'Nome',
  nameHint: 'Come ti vedono le altre persone della radio.',
  language: 'Lingua dello studio',
  languages: { it: 'italiano', en: 'inglese' },
  save: 'Salva',
  copy: 'Copia',
  copied: 'Copiato',
  none: '–',

  roles: { admin: 'amministra', editor: 'redazione', contributor: 'contribuisce' },
  rolesExplained: {
    admin: 'tutto: la radio, le trasmissioni, le persone',
    editor: 'le puntate di ogni trasmissione',
    contributor: 'solo le trasmissioni scelte qui sotto',
  },
  states: { active: 'attivo', invited: 'invito non ancora raccolto', disabled: 'chiuso' },

  logIn: {
    title: 'Entra nello studio',
    submit: 'Entra',
    passkey: 'Entra con una passkey',
    passkeyFailed: 'La passkey non è stata riconosciuta: riprova, o usa la password.',
    passkeyWaiting: 'Aspetto la passkey…',
    forgotten: 'Password dimenticata? Chi amministra lo studio ti dà un indirizzo per sceglierne un’altra.',
    loggedOut: 'Sei fuori dallo studio.',
  },

  welcome: {
    titles: {
      first: 'Il primo account',
      invitation: 'Benvenuta, benvenuto',
      reset: 'Scegli un’altra password',
    },
    explained: {
      first: 'Chi fa questo account amministra lo studio: la radio, le trasmissioni e le persone.',
      invitation: 'Scegli con quale password entrerai nello studio.',
      reset: 'Da adesso vale la password nuova. Chi era dentro con quella vecchia deve rientrare.',
    },
    submit: { first: 'Fai l’account', invitation: 'Entra nello studio', reset: 'Cambia la password' },
    nameMissing: 'Scrivi il tuo nome.',
    deadTitle: 'Questo indirizzo non vale più',
    done: {
      first: 'L’account è fatto. Sei nello studio.',
      invitation: 'Sei nello studio.',
      reset: 'La password è cambiata.',
    },
  },

  me: {
    title: 'Il mio account',
    who: 'Chi sono',
    role: 'Ruolo',
    shows: 'Trasmissioni',
    publishing: 'Pubblicazione',
    mayPublish: 'pubblica da sé',
    handsIn: 'consegna per la revisione',
    saved: 'Salvato.',
    passwordTitle: 'Password',
    present: 'Password attuale',
    changePassword: 'Cambia la password',
    changePasswordHint: 'Gli altri dispositivi in cui sei entrato dovranno rientrare.',
    passwordChanged: 'La password è cambiata. Altrove bisogna rientrare.',
    sessionsTitle: 'Dove sono entrato',
    thisOne: 'questo dispositivo',
    lastSeen: (when: string) => `usato ${when}`,
    since: (when: string) => `dentro dal ${when}`,
    from: (address: string) => `da ${address}`,
    end: 'Fai uscire',
    endOthers: 'Fai uscire tutti gli altri',
    ended: 'Quel dispositivo è fuori.',
    endedOthers: 'Tutti gli altri dispositivi sono fuori.',
    unknownBrowser: 'un programma',
    browserOn: (browser: string, system: string) => `${browser} su ${system}`,
    passkeysTitle: 'Passkey',
    passkeysExplained:
      'Con una passkey entri con l’impronta, il viso o il PIN del dispositivo, senza password. La password resta valida.',
    passkeysImpossible: 'Qui non si possono usare: lo studio deve avere un indirizzo https con un nome.',
    passkeysUnsupported: 'Questo browser non le sa usare, o JavaScript è spento.',
    passkeyName: 'Nome della passkey',
    passkeyNameHint: 'Per riconoscerla, per esempio «telefono».',
    addPasskey: 'Aggiungi una passkey',
    addPasskeyFailed: 'La passkey non è stata aggiunta: riprova.',
    passkeyAdded: 'Passkey aggiunta.',
    passkeyRemoved: 'Passkey tolta. Toglila anche dal dispositivo.',
    remove: 'Togli',
    added: (when: string) => `aggiunta il ${when}`,
    neverUsed: 'mai usata',
    tokensTitle: 'Chiavi per i programmi',
    tokensExplained:
      'Una chiave fa lavorare un programma a nome tuo, attraverso /api/v1. Dalle solo i permessi che le servono.',
    tokenName: 'Nome della chiave',
    tokenNameHint: 'A che cosa serve, per esempio «automazione».',
    scopesTitle: 'Permessi',
    scopes: { read: 'leggere', write: 'scrivere e modificare', publish: 'pubblicare' },
    scopesMissing: 'Scegli almeno un permesso.',
    createToken: 'Crea la chiave',
    tokenCreated: 'Ecco la chiave: copiala adesso, perché non si potrà più vedere.',
    newToken: (name: string) => `Chiave «${name}»`,
    created: (when: string) => `creata il ${when}`,
    revoke: 'Revoca',
    revoked: 'La chiave non vale più.',
  },

  people: {
    title: 'Persone',
    state: 'Stato',
    nobody: 'Non c’è ancora nessuno.',
    invite: 'Invita una persona',
    inviteSubmit: 'Invita',
    role: 'Ruolo',
    shows: 'Trasmissioni',
    showsHint: 'Contano solo per chi contribuisce.',
    noShows: 'Non ci sono ancora trasmissioni.',
    mayPublish: 'Può pubblicare da sé',
    mayPublishHint: 'Altrimenti consegna per la revisione. Conta solo per chi contribuisce.',
    all: 'tutte',
    you: 'tu',
    changed: 'Salvato.',
    linkTitle: 'Non riesce a entrare?',
    linkExplained:
      'Fai un indirizzo con cui scegliere un’altra password. Vale una volta sola; quelli fatti prima non valgono più.',
    makeLink: 'Fai un indirizzo per entrare',
    closeTitle: 'Chiudi l’account',
    closeExplained:
      'Esce subito da ogni dispositivo, e le sue chiavi per i programmi non valgono più. Quello che ha scritto resta.',
    close: 'Chiudi l’account',
    closed: (name: string) => `L’account di ${name} è chiuso.`,
    openTitle: 'L’account è chiuso',
    openExplained: 'Se lo riapri, la sua password vale di nuovo.',
    open: 'Riapri l’account',
    opened: (name: string) => `L’account di ${name} è di nuovo aperto.`,
  },

  link: {
    title: (name: string) => `Un indirizzo per ${name}`,
    explained: (name: string) =>
      `Dai questo indirizzo a ${name}, e a nessun altro: chi lo apre sceglie la password. Non si potrà più vedere.`,
    label: 'Indirizzo',
    until: (when: string) => `Vale una volta sola, fino a ${when}.`,
    mailed: (email: string) => `L’abbiamo mandato anche a ${email}.`,
    back: 'Torna alle persone',
  },

  mail: {
    invitationSubject: (station: string) => `${station}: entra nello studio`,
    invitation: (name: string, station: string, address: string) =>
      `Ciao ${name},

da adesso hai un account nello studio di ${station}. Scegli la password qui:

${address}

L’indirizzo vale una volta sola, per sette giorni.
`,
    resetSubject: (station: string) => `${station}: scegli un’altra password`,
    reset: (name: string, station: string, address: string) =>
      `Ciao ${name},

qui scegli un’altra password per lo studio di ${station}:

${address}

L’indirizzo vale una volta sola, per 24 ore. Se non l’hai chiesto tu, avvisa chi amministra lo studio: la password di prima continua a valere.
`,
  },

  /** What the journal says. */
  actions: {
    'account-invited': 'ha invitato',
    'account-changed': 'ha cambiato l’account di',
    'account-disabled': 'ha chiuso l’account di',
    'account-enabled': 'ha riaperto l’account di',
    'account-link-made': 'ha fatto un indirizzo per entrare per',
    'account-taken-up': 'è entrato per la prima volta',
    'password-reset': 'ha scelto un’altra password da un indirizzo',
    'password-changed': 'ha cambiato la password',
    'passkey-added': 'ha aggiunto una passkey',
    'passkey-removed': 'ha tolto una passkey',
    'token-created': 'ha creato una chiave per i programmi',
    'token-revoked': 'ha revocato una chiave per i programmi',
  },
};

const en: typeof it = {
  email: 'E-mail address',
  password: 'Password',
  newPassword: 'New password',
  passwordHint: 'At least 10 characters: a whole sentence will do.',
  showPassword: 'Show the password',
  hidePassword: 'Hide the password',
  name: 'Name',
  nameHint: 'As the others at the station see you.',
  language: 'Language of the studio',
  languages: { it: 'Italian', en: 'English' },
  save: 'Save',
  copy: 'Copy',
  copied: 'Copied',
  none: '–',

  roles: { admin: 'admin', editor: 'editor', contributor: 'contributor' },
  rolesExplained: {
    admin: 'everything: the station, the shows, the people',
    editor: 'the episodes of every show',
    contributor: 'only the shows chosen below',
  },
  states: { active: 'active', invited: 'has not come in yet', disabled: 'closed' },

  logIn: {
    title: 'Log in to the studio',
    submit: 'Log in',
    passkey: 'Log in with a passkey',
    passkeyFailed: 'The passkey was not recognized: try again, or use the password.',
    passkeyWaiting: 'Waiting for the passkey…',
    forgotten: 'Forgotten the password? Whoever runs the studio gives you a link to choose another.',
    loggedOut: 'You are logged out.',
  },

  welcome: {
    titles: { first: 'The first account', invitation: 'Welcome', reset: 'Choose another password' },
    explained: {
      first: 'Whoever makes this account runs the studio: the station, the shows and the people.',
      invitation: 'Choose the password with which you will log in to the studio.',
      reset:
        'From now on the new password counts. Whoever is logged in with the old one has to log in again.',
    },
    submit: { first: 'Make the account', invitation: 'Go into the studio', reset: 'Change the password' },
    nameMissing: 'Write your name.',
    deadTitle: 'This link no longer works',
    done: {
      first: 'The account is made. You are in the studio.',
      invitation: 'You are in the studio.',
      reset: 'The password is changed.',
    },
  },

  me: {
    title: 'My account',
    who: 'Who I am',
    role: 'Role',
    shows: 'Shows',
    publishing: 'Publishing',
    mayPublish: 'on one’s own',
    handsIn: 'hands in for review',
    saved: 'Saved.',
    passwordTitle: 'Password',
    present: 'Present password',
    changePassword: 'Change the password',
    changePasswordHint: 'Your other devices will have to log in again.',
    passwordChanged: 'The password is changed. Other devices have to log in again.',
    sessionsTitle: 'Where I am logged in',
    thisOne: 'this device',
    lastSeen: (when: string) => `used ${when}`,
    since: (when: string) => `logged in on ${when}`,
    from: (address: string) => `from ${address}`,
    end: 'Log out',
    endOthers: 'Log out all others',
    ended: 'That device is logged out.',
    endedOthers: 'All other devices are logged out.',
    unknownBrowser: 'a program',
    browserOn: (browser: string, system: string) => `${browser} on ${system}`,
    passkeysTitle: 'Passkeys',
    passkeysExplained:
      'With a passkey you log in by fingerprint, face or the device’s PIN, without a password. The password goes on working.',
    passkeysImpossible: 'They cannot be used here: the studio needs an https address with a name.',
    passkeysUnsupported: 'This browser does not know them, or JavaScript is off.',
    passkeyName: 'Name of the passkey',
    passkeyNameHint: 'To recognize it by, such as “phone”.',
    addPasskey: 'Add a passkey',
    addPasskeyFailed: 'The passkey was not added: try again.',
    passkeyAdded: 'Passkey added.',
    passkeyRemoved: 'Passkey removed. Remove it from the device, too.',
    remove: 'Remove',
    added: (when: string) => `added on ${when}`,
    neverUsed: 'never used',
    tokensTitle: 'Keys for programs',
    tokensExplained:
      'With a key a program works in your name, through /api/v1. Give it only the permissions that it needs.',
    tokenName: 'Name of the key',
    tokenNameHint: 'What it is for, such as “automation”.',
    scopesTitle: 'Permissions',
    scopes: { read: 'read', write: 'write and edit', publish: 'publish' },
    scopesMissing: 'Choose at least one permission.',
    createToken: 'Create the key',
    tokenCreated: 'Here is the key: copy it now, because it cannot be seen again.',
    newToken: (name: string) => `Key “${name}”`,
    created: (when: string) => `created on ${when}`,
    revoke: 'Revoke',
    revoked: 'The key no longer works.',
  },

  people: {
    title: 'People',
    state: 'State',
    nobody: 'There is nobody yet.',
    invite: 'Invite somebody',
    inviteSubmit: 'Invite',
    role: 'Role',
    shows: 'Shows',
    showsHint: 'They count for contributors only.',
    noShows: 'There are no shows yet.',
    mayPublish: 'May publish by themselves',
    mayPublishHint: 'Hands in for review otherwise. Counts for contributors only.',
    all: 'all',
    you: 'you',
    changed: 'Saved.',
    linkTitle: 'Cannot get in?',
    linkExplained:
      'Make a link with which to choose another password. It works once; those made before no longer work.',
    makeLink: 'Make a link to get in',
    closeTitle: 'Close the account',
    closeExplained:
      'It is logged out everywhere at once, and its keys for programs no longer work. What it wrote stays.',
    close: 'Close the account',
    closed: (name: string) => `The account of ${name} is closed.`,
    openTitle: 'The account is closed',
    openExplained: 'When you open it again, its password works again.',
    open: 'Open the account again',
    opened: (name: string) => `The account of ${name} is open again.`,
  },

  link: {
    title: (name: string) => `A link for ${name}`,
    explained: (name: string) =>
      `Give this link to ${name}, and to nobody else: whoever opens it chooses the password. It cannot be seen again.`,
    label: 'Link',
    until: (when: string) => `It works once, until ${when}.`,
    mailed: (email: string) => `It was also sent to ${email}.`,
    back: 'Back to people',
  },

  mail: {
    invitationSubject: (station: string) => `${station}: come into the studio`,
    invitation: (name: string, station: string, address: string) =>
      `Hello ${name},

you now have an account in the studio of ${station}. Choose the password here:

${address}

The link works once, for seven days.
`,
    resetSubject: (station: string) => `${station}: choose another password`,
    reset: (name: string, station: string, address: string) =>
      `Hello ${name},

here you choose another password for the studio of ${station}:

${address}

The link works once, for 24 hours. If you did not ask for it, tell whoever runs the studio: the present password goes on working.
`,
  },

  actions: {
    'account-invited': 'invited',
    'account-changed': 'changed the account of',
    'account-disabled': 'closed the account of',
    'account-enabled': 'opened again the account of',
    'account-link-made': 'made a link to get in for',
    'account-taken-up': 'came in for the first time',
    'password-reset': 'chose another password by a link',
    'password-changed': 'changed the password',
    'passkey-added': 'added a passkey',
    'passkey-removed': 'removed a passkey',
    'token-created': 'created a key for programs',
    'token-revoked': 'revoked a key for programs',
  },
};

export const accountsTexts = { it, en };
