import { basename, join } from 'node:path';
import type { Metafile } from 'esbuild';
import { buildForBrowsers } from './esbuild.ts';

/**
 * What browsers load, by the names of files, which carry a hash. `entries`: by plain name (`site.js`, `site.css`, …);
 * `beside`: for each entry, the parts without which it cannot run.
 */
export type Bundles = {
  files: Record<string, string>;
  entries: Record<string, string>;
  beside: Record<string, string[]>;
};

/** What pages load: every page of the site `site`, the player in other sites' frames `embed`. */
const ENTRIES: Readonly<Record<string, string>> = {
  'site.js': 'js/site.js',
  'embed.js': 'js/embed.js',
  'site.css': 'css/site.css',
  'embed.css': 'embed/embed.css',
};

/** Another text for each other way of bundling. */
export const BUNDLING = `1 ${JSON.stringify(ENTRIES)}`;

/** Returns scripts and sheets, bundled and minified; parts that are loaded when they are wanted are files of their own. */
export function bundle(publicFolder: string): Bundles {
  const { outputFiles, metafile } = buildForBrowsers({
    entryPoints: Object.values(ENTRIES).map((path) => join(publicFolder, path)),
    absWorkingDir: publicFolder,
    outdir: 'out',
    outbase: publicFolder,
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    splitting: true,
    format: 'esm',
    external: ['*.woff2'],
  });
  const outputs = Object.entries(metafile.outputs);
  const pathOf = new Map(
    Object.entries(ENTRIES).flatMap(([name, source]) => {
      const found = outputs.find(([, { entryPoint }]) => entryPoint === source);
      return found === undefined ? [] : [[name, found[0]] as const];
    }),
  );
  return {
    files: Object.fromEntries(outputFiles.map(({ path, text }) => [basename(path), text])),
    entries: Object.fromEntries([...pathOf].map(([name, path]) => [name, basename(path)])),
    beside: Object.fromEntries(
      [...pathOf].map(([name, path]) => [
        name,
        importedBy(path, metafile.outputs).map((part) => basename(part)),
      ]),
    ),
  };
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
