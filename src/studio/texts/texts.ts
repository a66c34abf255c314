import { accountsTexts } from './accounts.ts';
import { actionTexts } from './actions.ts';
import { draftTexts } from './draft.ts';
import { frameTexts } from './frame.ts';
import { houseTexts } from './house.ts';
import type { StudioLanguage } from './languages.ts';
import { problemTexts } from './problems.ts';

/** What the journal calls each kind of entry. */
type ActionNames = Record<string, string | undefined>;

const actionsOf = (language: StudioLanguage): ActionNames => ({
  ...accountsTexts[language].actions,
  ...actionTexts[language],
});

const textsOf = (language: StudioLanguage) => ({
  ...frameTexts[language],
  draft: draftTexts[language],
  accounts: accountsTexts[language],
  house: houseTexts[language],
  actions: actionsOf(language),
  problems: problemTexts[language],
});

/** Every sentence of the studio, in one language. */
export type StudioTexts = ReturnType<typeof textsOf>;

const catalogues: Record<StudioLanguage, StudioTexts> = { it: textsOf('it'), en: textsOf('en') };

/** Returns the studio's sentences in a language. */
export const studioTexts = (language: StudioLanguage): StudioTexts => catalogues[language];
