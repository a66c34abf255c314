import { houseEn } from './house-en.ts';
import { houseIt } from './house-it.ts';

export const houseTexts = { it: houseIt, en: houseEn };
