import { draftEn } from './draft-en.ts';
import { draftIt } from './draft-it.ts';

export const draftTexts = { it: draftIt, en: draftEn };
