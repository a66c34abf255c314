const it = {
  usage:
    'Uso: riascolta user list | add <e-mail> [--name …] [--role …] [--show …] [--may-publish] | reset <e-mail> | disable <e-mail>.',
  unknownRole: (role: string) => `Il ruolo «${role}» non esiste: admin, editor o contributor.`,
  unknown: (email: string) => `Non c’è un account per ${email}: prova «riascolta user list».`,
  isDisabled: (email: string) =>
    `L’account di ${email} è chiuso: riaprilo prima nello studio, alla pagina «Persone».`,
  nobody: 'Non c’è ancora nessun account.',
  columns: ['e-mail', 'nome', 'ruolo', 'trasmissioni', 'pubblica', 'stato'],
  all: 'tutte',
  yes: 'sì',
  no: 'no',
  states: { active: 'attivo', invited: 'invitato', disabled: 'chiuso' },
  added: (name: string, email: string) =>
    `${name} (${email}) sceglie la password a questo indirizzo, che vale una volta sola, per 7 giorni:`,
  linkFor: (name: string, email: string) =>
    `${name} (${email}) sceglie un’altra password a questo indirizzo, che vale una volta sola:`,
  disabled: (name: string, email: string) => `L’account di ${name} (${email}) è chiuso.`,
};

const en: typeof it = {
  usage:
    'Usage: riascolta user list | add <e-mail> [--name …] [--role …] [--show …] [--may-publish] | reset <e-mail> | disable <e-mail>.',
  unknownRole: (role: string) => `There is no role "${role}": admin, editor or contributor.`,
  unknown: (email: string) => `There is no account for ${email}: try "riascolta user list".`,
  isDisabled: (email: string) =>
    `The account of ${email} is closed: open it again on the studio's page "People" first.`,
  nobody: 'There is no account yet.',
  columns: ['e-mail', 'name', 'role', 'shows', 'publishes', 'state'],
  all: 'all',
  yes: 'yes',
  no: 'no',
  states: { active: 'active', invited: 'invited', disabled: 'closed' },
  added: (name: string, email: string) =>
    `${name} (${email}) chooses a password at this address, which works once, for 7 days:`,
  linkFor: (name: string, email: string) =>
    `${name} (${email}) chooses another password at this address, which works once:`,
  disabled: (name: string, email: string) => `The account of ${name} (${email}) is closed.`,
};

/** What `riascolta user` says, in the terminal's language. */
export const USER_WORDS = { it, en };
