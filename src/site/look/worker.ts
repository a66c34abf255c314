import { join } from 'node:path';
import { buildSync } from 'esbuild';

/**
 * Returns the service worker's code as one classic script: not all browsers take modules for it. It takes some thirty
 * milliseconds. Throws when a source is broken.
 */
export function bundleWorker(publicFolder: string): string {
  const { outputFiles } = buildSync({
    entryPoints: [join(publicFolder, 'sw/worker.js')],
    bundle: true,
    format: 'iife',
    platform: 'browser',
    target: ['chrome109', 'firefox115', 'safari16.4'],
    minify: true,
    legalComments: 'none',
    write: false,
    logLevel: 'silent',
  });
  return outputFiles.map(({ text }) => text).join('');
}
