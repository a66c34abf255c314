const it = {};

const en: typeof it = {};

export const draftTexts = { it, en };
