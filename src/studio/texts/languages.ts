/** The languages in which the studio's own words can be read. */
export const STUDIO_LANGUAGES = ['it', 'en'] as const;
export type StudioLanguage = (typeof STUDIO_LANGUAGES)[number];
