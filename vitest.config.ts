import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    globalSetup: ['tests/fixtures/kept-bundles.ts'],
    include: ['tests/**/*.test.ts'],
    // Many tests start the program itself, on machines that may have other work to do.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    // No test changes what a module holds: loading them once for each worker, not for each file, saves a minute.
    isolate: false,
  },
});
