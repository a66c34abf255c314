const it = {};

const en: typeof it = {};

export const frameTexts = { it, en };
