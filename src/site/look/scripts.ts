import { basename, join } from 'node:path';
import { buildSync, type Metafile } from 'esbuild';

/** A script as browsers get it: `name` carries a hash of what is in it. */
export type Script = { name: string; body: Buffer };

/** Names of files. `entries`: by what they begin with; `beside`: for each entry, the parts without which it cannot run. */
export type Scripts = {
  scripts: Script[];
  entries: ReadonlyMap<string, string>;
  beside: ReadonlyMap<string, readonly string[]>;
};

/**
 * Returns the site's scripts, bundled and minified: one for each entry (`site`, …), and the parts that several share or that are
 * loaded when they are wanted. It takes some hundred milliseconds, at the start. Throws when a source is broken.
 */
export function bundleScripts(folder: string, entries: readonly string[]): Scripts {
  const { outputFiles, metafile } = buildSync({
    entryPoints: entries.map((name) => join(folder, `${name}.js`)),
    absWorkingDir: folder,
    outdir: 'out',
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    target: ['chrome109', 'firefox115', 'safari16.4'],
    minify: true,
    legalComments: 'none',
    metafile: true,
    write: false,
    logLevel: 'silent',
  });
  const outputs = Object.entries(metafile.outputs);
  const pathsOfEntries = entries.flatMap((entry) => {
    const found = outputs.find(([, { entryPoint }]) => entryPoint === `${entry}.js`);
    return found === undefined ? [] : [[entry, found[0]] as const];
  });
  return {
    scripts: outputFiles.map(({ path, contents }) => ({
      name: basename(path),
      body: Buffer.from(contents),
    })),
    entries: new Map(pathsOfEntries.map(([entry, path]) => [entry, basename(path)])),
    beside: new Map(
      pathsOfEntries.map(([entry, path]) => [
        entry,
        importedBy(path, metafile.outputs).map((each) => basename(each)),
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
