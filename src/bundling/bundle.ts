import { basename, join } from 'node:path';
import type { BuildOptions, Metafile } from 'esbuild';
import { buildForBrowsers } from './esbuild.ts';

/** What is bundled, and how. */
export type BundleRecipe = {
  /** `site`, `studio`: under this name the bundles are kept. */
  name: string;
  /** The folder that sources are named from. */
  folder: string;
  /** By the plain name under which pages ask for it (`site.js`), the source (`js/site.js`). */
  entries: Readonly<Record<string, string>>;
  options?: Pick<BuildOptions, 'alias' | 'external' | 'splitting'>;
};

/**
 * What browsers load, by the names of files, which carry a hash. `entries`: by plain name; `beside`: for each entry, the
 * parts without which it cannot run; `inputs`: the sources of ours that all this was made of, by their paths from the folder.
 */
export type Bundles = {
  files: Record<string, string>;
  entries: Record<string, string>;
  beside: Record<string, string[]>;
  inputs: string[];
};

/** Returns scripts and sheets, bundled and minified; parts that are loaded when they are wanted are files of their own. */
export async function bundle({ folder, entries, options = {} }: BundleRecipe): Promise<Bundles> {
  const { outputFiles, metafile } = await buildForBrowsers({
    ...options,
    entryPoints: Object.values(entries).map((path) => join(folder, path)),
    absWorkingDir: folder,
    outdir: 'out',
    outbase: folder,
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    format: 'esm',
  });
  const outputs = Object.entries(metafile.outputs);
  const outputPaths = new Map(
    Object.entries(entries).flatMap(([name, source]) => {
      const found = outputs.find(([, { entryPoint }]) => entryPoint === source);
      return found === undefined ? [] : [[name, found[0]] as const];
    }),
  );
  return {
    files: Object.fromEntries(outputFiles.map(({ path, text }) => [basename(path), text])),
    entries: Object.fromEntries([...outputPaths].map(([name, path]) => [name, basename(path)])),
    beside: Object.fromEntries(
      [...outputPaths].map(([name, path]) => [
        name,
        importedBy(path, metafile.outputs).map((part) => basename(part)),
      ]),
    ),
    inputs: Object.keys(metafile.inputs)
      .filter((path) => !path.includes('node_modules/'))
      .sort(),
  };
}

/** Returns a script and all that it imports as one classic script. Throws when a source is broken. */
export async function bundleClassicScript(path: string): Promise<string> {
  const { outputFiles } = await buildForBrowsers({ entryPoints: [path], format: 'iife' });
  return outputFiles.map(({ text }) => text).join('');
}

/** The files that a file imports at once, and those that these do; not what it loads when it is wanted. */
function importedBy(path: string, outputs: Metafile['outputs'], found = new Set<string>()): string[] {
  for (const { path: imported, kind } of outputs[path]?.imports ?? []) {
    if (kind !== 'import-statement' || found.has(imported)) continue;
    found.add(imported);
    importedBy(imported, outputs, found);
  }
  return [...found];
}
