import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { DOORS, lintWalls, MAY_IMPORT } from '../scripts/lint-walls.ts';

const root = new URL('../', import.meta.url);
const namesIn = (folder: string) => readdirSync(new URL(`src/${folder}`, root), { withFileTypes: true });

it('has the walls in biome.json that the table says (node scripts/lint-walls.ts writes them)', () => {
  const { overrides } = JSON.parse(readFileSync(new URL('biome.json', root), 'utf8'));
  expect(overrides).toEqual(lintWalls());
});

it('knows every room of src/, and no other', () => {
  const rooms = namesIn('').filter((one) => one.isDirectory());
  expect(Object.keys(MAY_IMPORT).sort()).toEqual(rooms.map(({ name }) => name).sort());
});

it('draws in docs/architecture.md the folders that src/ has', () => {
  const page = readFileSync(new URL('docs/architecture.md', root), 'utf8');
  const above: string[] = [];
  const drawn: string[] = [];
  for (const [, indent = '', name = ''] of page.matchAll(/^ {6}((?: {2})*)([a-z0-9-]+)\/(?: .*)?$/gm)) {
    above.splice(indent.length / 2, above.length, name);
    drawn.push(above.join('/'));
  }
  const there = (folder: string): string[] =>
    namesIn(folder)
      .filter((one) => one.isDirectory())
      .flatMap(({ name }) => [`${folder}${name}`, ...there(`${folder}${name}/`)]);
  expect(drawn.toSorted()).toEqual(there('').toSorted());
});

it.each(Object.entries(DOORS))('%s has its door, %s', (folder, file) => {
  expect(namesIn(folder).map(({ name }) => name)).toContain(file);
});
