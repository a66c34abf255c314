/** The rules by which every page's HTML is judged; each kind of page may add to them. */
export const MARKUP_RULES = {
  // How the source is laid out is no business of the reader's.
  'no-trailing-whitespace': 'off',
  'void-style': 'off',
  'long-title': 'off',
  'doctype-style': 'off',
  'attribute-boolean-style': 'off',
  // Without it Safari takes the list's meaning away together with its bullets.
  'no-redundant-role': 'off',
  'no-inline-style': 'error',
} as const;
