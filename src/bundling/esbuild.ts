import type { BuildOptions } from 'esbuild';

/**
 * Returns what esbuild makes for browsers of these sources, minified, in memory. It is loaded when it is first needed: a
 * start that finds its bundles kept does without its 10 MB. Throws when a source is broken.
 */
export async function buildForBrowsers(options: BuildOptions) {
  const esbuild = await import('esbuild');
  try {
    return await esbuild.build({
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
  } finally {
    // Its process would stay, and hold some 20 MB.
    await esbuild.stop();
  }
}
