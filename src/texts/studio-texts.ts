import { callable } from './callable.ts';
import { readTranslation } from './catalogue.ts';
import accounts from './it/accounts.json' with { type: 'json' };
import administration from './it/administration.json' with { type: 'json' };
import draft from './it/draft.json' with { type: 'json' };
import draftClient from './it/draft-client.json' with { type: 'json' };
import journal from './it/journal.json' with { type: 'json' };
import mail from './it/mail.json' with { type: 'json' };
import studio from './it/studio.json' with { type: 'json' };
import type { Language } from './languages.ts';
import { problemSentences } from './problems.ts';

const VARIABLES = {
  accounts: {
    me: {
      lastSeen: ['when'],
      since: ['when'],
      from: ['address'],
      browserOn: ['browser', 'system'],
      added: ['when'],
      newToken: ['name'],
      created: ['when'],
    },
    people: { closed: ['name'], opened: ['name'] },
    link: { title: ['name'], explained: ['name'], until: ['when'], mailed: ['email'] },
  },
  administration: {
    wentOut: ['when'],
    goesOut: ['when'],
    versionDifference: ['when'],
    secondsLeft: ['time'],
    diskUsed: ['used', 'total'],
    diskFree: ['free'],
    diskFullIn: ['days'],
    files: ['count'],
    measuredAt: ['when'],
  },
  draft: {
    stationClock: ['zone'],
    moveUp: ['name'],
    moveDown: ['name'],
    replaced: ['name'],
    removeFile: ['name'],
    fileAs: ['file'],
    progressOf: ['name'],
    madeOf: ['before'],
    pixels: ['width', 'height'],
    withChapters: ['count'],
    savedAt: ['ago'],
    savedBy: ['ago', 'name'],
    conflictLead: ['name'],
    theirs: ['name'],
  },
  mail: {
    invitationSubject: ['station'],
    invitation: ['name', 'station', 'address'],
    resetSubject: ['station'],
    reset: ['name', 'station', 'address'],
  },
} as const;

/** Words that something has by its name, as far as it has any. */
type Words = Record<string, string | undefined>;

function readStudioTexts(language: Language) {
  const client = readTranslation(language, 'draft-client', draftClient);
  const own = callable(
    readTranslation(language, 'administration', administration),
    VARIABLES.administration,
    language,
  );
  const details: Words = own.details;
  const choices: Words = own.choices;
  const actions: Words = readTranslation(language, 'journal', journal);
  const drafts = callable(readTranslation(language, 'draft', draft), VARIABLES.draft, language);
  return {
    ...readTranslation(language, 'studio', studio),
    draft: {
      ...drafts,
      intent: client.intent,
      /** What the page's script says: it puts in the values itself. */
      client,
      asShow: (value: string): string =>
        value === '' ? client.asShow : client.asShowWith.replace('{value}', () => value),
    },
    accounts: {
      ...callable(readTranslation(language, 'accounts', accounts), VARIABLES.accounts, language),
      mail: callable(readTranslation(language, 'mail', mail), VARIABLES.mail, language),
    },
    administration: { ...own, details, choices },
    /** What the journal calls each kind of entry. */
    actions,
    problems: problemSentences(language),
  };
}

/** Every sentence of the studio, in one language. */
export type StudioTexts = ReturnType<typeof readStudioTexts>;
/** The sentences of the draft page's script. */
export type ClientTexts = StudioTexts['draft']['client'];

const made = new Map<Language, StudioTexts>();

/** Returns the studio's sentences in a language. */
export function studioTexts(language: Language): StudioTexts {
  const texts = made.get(language) ?? readStudioTexts(language);
  made.set(language, texts);
  return texts;
}
