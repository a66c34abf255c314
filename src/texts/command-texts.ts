import { callable } from './callable.ts';
import { readTranslation } from './catalogue.ts';
import commands from './it/commands.json' with { type: 'json' };
import type { Language } from './languages.ts';

const VARIABLES = {
  compare: { unreadable: ['reason'], sum: ['itemsBefore', 'itemsAfter', 'stops', 'told'] },
  user: {
    unknownRole: ['role'],
    unknown: ['email'],
    isDisabled: ['email'],
    added: ['name', 'email'],
    linkFor: ['name', 'email'],
    disabled: ['name', 'email'],
  },
  check: { pinned: ['place'], sum: ['folders', 'errors', 'warnings'] },
  serve: { listens: ['address'], welcome: ['address'], plain: ['address'] },
} as const;

/** Returns what commands say in the terminal's language. */
export const commandTexts = (language: Language) =>
  callable(readTranslation(language, 'commands', commands), VARIABLES, language);
