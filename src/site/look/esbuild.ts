import { createRequire } from 'node:module';
import type { BuildOptions } from 'esbuild';

const load = createRequire(import.meta.url);

/**
 * Returns what esbuild makes for browsers of these sources, minified, in memory. Loaded when it is first needed: a start that
 * finds its bundles kept does without its 10 MB. Throws when a source is broken.
 */
export function buildForBrowsers(options: BuildOptions) {
  const esbuild: typeof import('esbuild') = load('esbuild');
  return esbuild.buildSync({
    ...options,
    bundle: true,
    platform: 'browser',
    target: ['chrome109', 'firefox115', 'safari16.4'],
    minify: true,
    legalComments: 'none',
    metafile: true,
    write: false,
    logLevel: 'silent',
  });
}
