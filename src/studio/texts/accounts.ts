const it = {};

const en: typeof it = {};

export const accountsTexts = { it, en };
