import { join } from 'node:path';
import { buildForBrowsers } from './esbuild.ts';

/**
 * Returns the service worker's code as one classic script: not all browsers take modules for it. It takes some thirty
 * milliseconds. Throws when a source is broken.
 */
export function bundleWorker(publicFolder: string): string {
  const { outputFiles } = buildForBrowsers({
    entryPoints: [join(publicFolder, 'sw/worker.js')],
    format: 'iife',
  });
  return outputFiles.map(({ text }) => text).join('');
}
