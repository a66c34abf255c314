import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { BUNDLING, type Bundles, bundle } from './bundle.ts';

const bundlesSchema: z.ZodType<Bundles> = z.object({
  files: z.record(z.string(), z.string()),
  entries: z.record(z.string(), z.string()),
  beside: z.record(z.string(), z.array(z.string())),
});
const keptSchema = z.object({ key: z.string(), bundles: bundlesSchema });

const LOCK = fileURLToPath(new URL('../../../package-lock.json', import.meta.url));
const SOURCES = ['js', 'css', 'embed'];

const made = new Map<string, Bundles>();

/**
 * Returns the scripts and sheets of `public/`, bundled and minified: once in a process, and for as long as no source differs once
 * in the folder `keptIn`, since it takes a start a tenth of a second. Throws when a source is broken.
 */
export function readBundles(publicFolder: string, keptIn?: string): Bundles {
  const known = made.get(publicFolder);
  if (known !== undefined) return known;
  const key = keyOf(publicFolder);
  const kept = keptIn === undefined ? undefined : readKept(keptIn, key);
  const bundles = kept ?? bundle(publicFolder);
  if (keptIn !== undefined && kept === undefined) keep(keptIn, { key, bundles });
  made.set(publicFolder, bundles);
  return bundles;
}

/** Differs when a source, a package or the way of bundling does. */
function keyOf(publicFolder: string): string {
  const hash = createHash('sha256').update(BUNDLING);
  try {
    hash.update(readFileSync(LOCK));
  } catch {
    // Not everybody who copies the program takes the lock along.
  }
  for (const folder of SOURCES)
    for (const file of readdirSync(join(publicFolder, folder)).sort())
      hash.update(file).update(readFileSync(join(publicFolder, folder, file)));
  return hash.digest('hex');
}

const pathIn = (folder: string): string => join(folder, 'site-bundles.json');

function readKept(folder: string, key: string): Bundles | undefined {
  try {
    const kept = keptSchema.parse(JSON.parse(readFileSync(pathIn(folder), 'utf8')));
    return kept.key === key ? kept.bundles : undefined;
  } catch {
    // Missing or damaged: it is made anew.
    return undefined;
  }
}

/** Several processes may write the same at the same time: each puts a whole file in place. */
function keep(folder: string, kept: z.output<typeof keptSchema>): void {
  try {
    mkdirSync(folder, { recursive: true });
    const temporary = `${pathIn(folder)}.${process.pid}.part`;
    writeFileSync(temporary, JSON.stringify(kept));
    renameSync(temporary, pathIn(folder));
  } catch {
    // On a full or read-only disk it is made at every start.
  }
}
