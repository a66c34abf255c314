import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { replaceFile } from '../disk/replace-file.ts';
import { type BundleRecipe, type Bundles, bundle } from './bundle.ts';

export type { BundleRecipe, Bundles } from './bundle.ts';
export { bundleClassicScript } from './bundle.ts';

/** Another number for each other way of bundling: what was kept before it is made anew. */
const BUNDLING = 2;
const LOCK = fileURLToPath(new URL('../../package-lock.json', import.meta.url));

const bundlesSchema: z.ZodType<Bundles> = z.object({
  files: z.record(z.string(), z.string()),
  entries: z.record(z.string(), z.string()),
  beside: z.record(z.string(), z.array(z.string())),
  inputs: z.array(z.string()),
});
const keptSchema = z.object({ key: z.string(), bundles: bundlesSchema });

export type KeepOptions = {
  /** Where bundles are kept between starts; may be deleted at any time. Nowhere where it is not given. */
  keptIn?: string | undefined;
  /** Told when they could not be kept: then they are made at every start. */
  notKept?: (error: unknown) => void;
};

/**
 * Returns what a recipe makes. It is made once and kept until a source, a package or the recipe differs: a later start only
 * reads it. Throws when a source is broken.
 */
export async function readBundles(
  recipe: BundleRecipe,
  { keptIn, notKept = () => {} }: KeepOptions = {},
): Promise<Bundles> {
  if (keptIn === undefined) return bundle(recipe);
  const path = join(keptIn, `${recipe.name}-bundles.json`);
  const kept = await readKept(path, recipe);
  if (kept !== undefined) return kept;
  const bundles = await bundle(recipe);
  try {
    await mkdir(keptIn, { recursive: true });
    // After a power cut it may be empty, which is noticed.
    const content = JSON.stringify({ key: await keyOfBundles(recipe, bundles), bundles });
    await replaceFile(path, content, { lasting: false });
  } catch (error) {
    notKept(error);
  }
  return bundles;
}

async function readKept(path: string, recipe: BundleRecipe): Promise<Bundles | undefined> {
  try {
    const { key, bundles } = keptSchema.parse(JSON.parse(await readFile(path, 'utf8')));
    return key === (await keyOfBundles(recipe, bundles)) ? bundles : undefined;
  } catch {
    // Missing, damaged, or of an older way: it is made anew.
    return undefined;
  }
}

/** Differs when a source, a package or the recipe does, and when the bundles are not what was made. */
async function keyOfBundles(recipe: BundleRecipe, bundles: Bundles): Promise<string> {
  const { name, entries, options, folder } = recipe;
  const hash = createHash('sha256').update(JSON.stringify([BUNDLING, name, entries, options, bundles]));
  // Not everybody who copies the program takes the lock along.
  hash.update(await readFile(LOCK).catch(() => ''));
  for (const input of bundles.inputs) hash.update(input).update(await readFile(join(folder, input)));
  return hash.digest('hex');
}
