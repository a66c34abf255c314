import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Bundles } from './bundles.ts';
import { studioStylesheet } from './stylesheet.ts';

export type BundleOptions = {
  /** Where they are kept between starts; may be deleted at any time. */
  directory: string;
  /** The address of a face of the site by its file's name. Throws when there is none. */
  fonts: (name: string) => string;
  /** The station's colour; our own where not given. */
  colour?: string;
  log: { info(details: object, sentence: string): void; warn(details: object, sentence: string): void };
};

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const ENTRIES = ['draft', 'account'];
const SCRIPTS = 'public/studio/js';
/** How the sources are bundled counts as one of them. */
const WAY = 'src/studio/create-bundles.ts';

/** What is known of scripts that were bundled before: out of which files, and what those hold. */
const keptSchema = z.object({
  key: z.string(),
  inputs: z.array(z.string()),
  files: z.record(z.string(), z.string()),
});
type Kept = z.output<typeof keptSchema>;

type Built = { name: string; file: string; body: Buffer };

/**
 * Returns what pages of the studio load. Scripts are bundled once, and kept until a source of theirs or package-lock.json
 * differs: a later start only reads them. Throws when a script cannot be bundled.
 */
export async function createBundles(options: BundleOptions): Promise<Bundles> {
  const { directory, fonts, colour, log } = options;
  const entries = ENTRIES.filter((name) => existsSync(join(ROOT, SCRIPTS, `${name}.js`)));
  const scripts = (await readKept(directory, entries)) ?? (await buildAndKeep(entries, options));
  const sheet = Buffer.from(studioStylesheet({ fonts, ...(colour === undefined ? {} : { colour }) }));
  const sheetName = `studio-${hashOf(sheet).slice(0, 10)}.css`;
  const found = new Map<string, { type: string; body: Buffer }>([
    [sheetName, { type: 'text/css; charset=utf-8', body: sheet }],
    ...scripts.map(({ file, body }) => [file, { type: 'text/javascript; charset=utf-8', body }] as const),
  ]);
  log.info(
    { scripts: scripts.map(({ file, body }) => `${file} ${body.length}`) },
    'The studio’s scripts are ready',
  );
  return {
    script(name) {
      const built = scripts.find((script) => script.name === name);
      if (built === undefined) throw new Error(`There is no bundle named ${name}`);
      return `/studio/assets/${built.file}`;
    },
    sheet: `/studio/assets/${sheetName}`,
    find: (name) => found.get(name),
  };
}

const keptPath = (directory: string): string => join(directory, 'bundles.json');
const hashOf = (body: string | Uint8Array): string => createHash('sha256').update(body).digest('hex');

/** Returns what was bundled before, when nothing that it was made of has changed since. */
async function readKept(directory: string, entries: string[]): Promise<Built[] | undefined> {
  try {
    const kept = keptSchema.parse(JSON.parse(await readFile(keptPath(directory), 'utf8')));
    if (kept.key !== (await keyOf(entries, kept.inputs))) return undefined;
    return await Promise.all(
      Object.entries(kept.files).map(async ([name, file]) => {
        const body = await readFile(join(directory, file));
        if (nameOf(name, body) !== file) throw new Error(`${file} is not what it was`);
        return { name, file, body };
      }),
    );
  } catch {
    // Missing, damaged, or of an older way: it is made anew.
    return undefined;
  }
}

/** Differs when a source, a package or the way of bundling does. */
async function keyOf(entries: string[], inputs: string[]): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify(entries));
  hash.update(await readFile(join(ROOT, 'package-lock.json')).catch(() => ''));
  for (const input of [WAY, ...inputs]) hash.update(input).update(await readFile(join(ROOT, input)));
  return hash.digest('hex');
}

const nameOf = (name: string, body: Uint8Array): string => `${name}-${hashOf(body).slice(0, 10)}.js`;

async function buildAndKeep(entries: string[], { directory, log }: BundleOptions): Promise<Built[]> {
  const { scripts, inputs } = await build(entries);
  const kept: Kept = {
    key: await keyOf(entries, inputs),
    inputs,
    files: Object.fromEntries(scripts.map(({ name, file }) => [name, file])),
  };
  try {
    await mkdir(directory, { recursive: true });
    for (const { file, body } of scripts) await writeWhole(join(directory, file), body);
    await writeWhole(keptPath(directory), JSON.stringify(kept));
    // Whoever still sends an older one has it in memory.
    const present = new Set(scripts.map(({ file }) => file));
    for (const file of await readdir(directory))
      if (file.endsWith('.js') && !present.has(file)) await rm(join(directory, file), { force: true });
  } catch (error) {
    log.warn({ err: error }, 'The studio’s scripts cannot be kept for the next start');
  }
  return scripts;
}

async function build(entries: string[]): Promise<{ scripts: Built[]; inputs: string[] }> {
  const esbuild = await import('esbuild');
  try {
    const result = await esbuild.build({
      entryPoints: entries.map((name) => join(ROOT, SCRIPTS, `${name}.js`)),
      outdir: 'out',
      absWorkingDir: ROOT,
      bundle: true,
      format: 'esm',
      platform: 'browser',
      target: ['chrome109', 'firefox115', 'safari16.4'],
      minify: true,
      // Browsers have what this package brings along, and it is a tenth of the page's script.
      alias: { entities: join(ROOT, SCRIPTS, 'editor/entities.js') },
      legalComments: 'none',
      metafile: true,
      write: false,
      logLevel: 'silent',
    });
    const inputs = Object.keys(result.metafile.inputs).filter((path) => !path.includes('node_modules/'));
    const scripts = result.outputFiles.map(({ path, contents }) => {
      const name = relative(join(ROOT, 'out'), path).replace(/\.js$/, '');
      const body = Buffer.from(contents);
      return { name, file: nameOf(name, body), body };
    });
    return { scripts, inputs: inputs.sort() };
  } finally {
    await esbuild.stop();
  }
}

/** Several processes may write the same at the same time: each puts a whole file in place. */
async function writeWhole(path: string, body: string | Uint8Array): Promise<void> {
  const temporary = `${path}.${process.pid}.part`;
  try {
    await writeFile(temporary, body);
    await rename(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
}
