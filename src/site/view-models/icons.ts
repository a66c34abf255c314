import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Returns the inline `<svg>` of an icon by its name. Throws when there is none, so that a typing error shows
 * at once.
 */
export type Icons = (name: string) => string;

/** Reads every icon of a folder (16 px squares, drawn in `currentColor`). */
export function readIcons(folder: string): Icons {
  const icons = new Map<string, string>();
  for (const file of readdirSync(folder)) {
    if (!file.endsWith('.svg')) continue;
    const name = file.slice(0, -'.svg'.length);
    const drawing = readFileSync(join(folder, file), 'utf8').trim().replace(/\s+/g, ' ');
    icons.set(
      name,
      drawing.replace('<svg', `<svg class="icon icon-${name}" aria-hidden="true" focusable="false"`),
    );
  }
  return (name) => {
    const icon = icons.get(name);
    if (icon === undefined) throw new Error(`There is no icon named ${name}`);
    return icon;
  };
}
