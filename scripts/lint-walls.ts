/**
 * Writes the walls between the rooms of `src/` into biome.json (`noRestrictedImports`), from the two tables below.
 * `node scripts/lint-walls.ts` writes them; tests/lint-walls.test.ts tells when that was forgotten.
 */
import { readFile, writeFile } from 'node:fs/promises';

/** What knows nothing of radio. */
const TOOLS = ['disk', 'processes', 'bundling', 'sqlite', 'delivery'];
/** A station, its files, and what is made of them. */
const STATION = ['model', 'archive', 'audio', 'images', 'article', 'transcripts', 'catalogue', 'feeds'];
/** What stands behind the staff's work. */
const STAFF = ['records', 'jobs', 'listening', 'indexing', 'importing'];

/** Which rooms a room may import, lowest first. What is not named it may not. */
export const MAY_IMPORT: Record<string, readonly string[]> = {
  model: [],
  disk: [],
  processes: [],
  delivery: [],
  bundling: ['disk'],
  sqlite: ['model', 'disk'],
  records: ['model', 'disk', 'sqlite'],
  jobs: ['model', 'processes', 'records'],
  archive: ['model', 'disk', 'processes'],
  audio: ['model', 'disk', 'processes'],
  images: ['model', 'disk'],
  article: ['model'],
  transcripts: ['model'],
  catalogue: ['model', 'disk', 'sqlite'],
  feeds: ['model', 'article'],
  listening: ['model', 'disk', 'records', 'jobs', 'archive', 'audio'],
  indexing: ['model', 'disk', 'archive', 'audio', 'images', 'article', 'transcripts', 'catalogue'],
  importing: ['model', 'processes'],
  mail: ['model'],
  texts: ['model'],
  accounts: ['model', 'sqlite', 'records'],
  publishing: ['disk', 'processes', 'sqlite', ...STATION, ...STAFF],
  site: ['disk', 'bundling', 'delivery', 'texts', ...STATION],
  studio: [...TOOLS, 'texts', ...STATION, ...STAFF, 'mail', 'accounts', 'publishing', 'site'],
  serving: [...TOOLS, 'texts', ...STATION, ...STAFF, 'mail', 'accounts', 'publishing', 'site', 'studio'],
  commands: [
    ...TOOLS,
    'texts',
    ...STATION,
    ...STAFF,
    'mail',
    'accounts',
    'publishing',
    'site',
    'studio',
    'serving',
  ],
};

/** Rooms, and rooms within rooms, that others enter through one file alone. */
export const DOORS: Record<string, string> = {
  'archive/watch': 'folder-watch.ts',
  bundling: 'bundling.ts',
  delivery: 'delivery.ts',
  feeds: 'feeds.ts',
  'feeds/rss': 'rss.ts',
  mail: 'mailer.ts',
  'studio/api': 'routes.ts',
  transcripts: 'transcripts.ts',
  'publishing/drafts': 'drafts.ts',
  'publishing/folders': 'folders.ts',
  'publishing/writing': 'writing.ts',
  'publishing/editing': 'editing.ts',
  'publishing/episodes': 'episodes.ts',
  'publishing/shows': 'shows.ts',
  'publishing/dry-run': 'dry-run.ts',
  'publishing/uploads': 'uploads.ts',
};

type Pattern = { group: string[]; message: string };

/** The restrictions of one room, as Biome's `noRestrictedImports` has them. */
export function patternsOf(room: string): Pattern[] {
  const may = MAY_IMPORT[room] ?? [];
  const rooms = Object.keys(MAY_IMPORT).filter((other) => other !== room && !may.includes(other));
  const walls: Pattern = {
    group: rooms.map((other) => `**/../${other}/**`),
    message: `${room}/ may import of ours only: ${may.join(', ') || 'nothing'} (docs/architecture.md).`,
  };
  const doors = Object.entries(DOORS)
    .filter(([path]) => path !== room)
    .map(([path, file]): Pattern => {
      const [parent = '', ...rest] = path.split('/');
      const ways = parent === room ? [`**/../${rest.join('/')}`, `./${rest.join('/')}`] : [`**/../${path}`];
      return {
        group: [...ways.map((way) => `${way}/**`), ...ways.map((way) => `!${way}/${file}`)],
        message: `${path}/ is entered by ${file} (docs/architecture.md).`,
      };
    });
  return [...(walls.group.length > 0 ? [walls] : []), ...doors];
}

/** The `overrides` of biome.json. */
export const lintWalls = () =>
  Object.keys(MAY_IMPORT).map((room) => ({
    includes: [`src/${room}/**`],
    linter: {
      rules: { style: { noRestrictedImports: { level: 'error', options: { patterns: patternsOf(room) } } } },
    },
  }));

if (import.meta.main) {
  const file = new URL('../biome.json', import.meta.url);
  const config: Record<string, unknown> = JSON.parse(await readFile(file, 'utf8'));
  await writeFile(file, `${JSON.stringify({ ...config, overrides: lintWalls() }, undefined, 2)}\n`);
}
