/** What the journal's entries are called. */
const it: Record<string, string> = {};
const en: Record<string, string> = {};

export const actionTexts = { it, en };
