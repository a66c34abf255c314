/** A page of the studio's navigation. */
export type Section =
  | 'new'
  | 'drafts'
  | 'review'
  | 'scheduled'
  | 'published'
  | 'withdrawn'
  | 'bin'
  | 'shows'
  | 'journal'
  | 'disk'
  | 'people'
  | 'me';
