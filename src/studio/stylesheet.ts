import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { themeCss } from '../site/view-models/theme.ts';

const PUBLIC = fileURLToPath(new URL('../../public/', import.meta.url));
/** The style sheets of the site that the studio uses, too. */
const SHARED = ['tokens', 'base', 'popover'];
const SHEETS = [
  'frame',
  'forms',
  'lists',
  'administration',
  'login',
  'differences',
  'draft',
  'uploads',
  'editor',
  'listening',
].concat(['combo', 'cover', 'foot']);
/** The theme's own colour is used if none is given. */
const NO_COLOUR = '';

/**
 * Returns the studio's one style sheet. `fonts`: the address of a font by its file's name. `colour`: the
 * station's.
 */
export function studioStylesheet({
  fonts,
  colour = NO_COLOUR,
}: {
  fonts: (name: string) => string;
  colour?: string;
}): string {
  const folder = join(PUBLIC, 'studio/css');
  const unknown = readdirSync(folder).filter((file) => !SHEETS.includes(file.replace(/\.css$/, '')));
  if (unknown.length > 0) throw new Error(`These sheets have no place in the order: ${unknown.join(', ')}`);
  const sources = [
    ...SHARED.map((name) => join(PUBLIC, 'css', `${name}.css`)),
    ...SHEETS.map((name) => join(folder, `${name}.css`)),
  ];
  const sheet = sources
    .map((path) => readFileSync(path, 'utf8'))
    .join('\n')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\n\s*/g, '\n')
    .replace(/\n+/g, '\n')
    .replace(/url\("([\w-]+\.woff2)"\)/g, (_whole, font: string) => `url("${fonts(font)}")`);
  return sheet + themeCss(colour, []);
}
