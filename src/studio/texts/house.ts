const it = {};

const en: typeof it = {};

export const houseTexts = { it, en };
