import cluster from 'node:cluster';
import { createLog } from '../log.ts';
import { serve, serveAsWorker } from '../serving/serve.ts';
import { commandTexts } from '../texts/command-texts.ts';
import type { Command } from './command.ts';

/** Returns whether what staff type crosses a network unencrypted. */
const isPlainNetwork = (publicUrl: string | undefined): boolean =>
  publicUrl !== undefined && /^http:\/\/(?!localhost|127\.|\[::1\])/.test(publicUrl);

/** Serves the station until it is told to end (SIGTERM, SIGINT), and then finishes what is under way. */
export const serveCommand: Command = async ({ config, print }) => {
  const { language } = config;
  if (cluster.isWorker) {
    await serveAsWorker(config, createLog(config, `worker ${cluster.worker?.id}`));
    return new Promise<never>(() => {});
  }
  const told = new Promise<void>((resolve) => {
    process.once('SIGTERM', () => resolve());
    process.once('SIGINT', () => resolve());
  });
  const serving = await serve(config, createLog(config, 'web'));
  const say = commandTexts(language).serve;
  print(say.listens(serving.address));
  if (serving.welcome !== undefined) print(say.welcome(serving.welcome));
  if (isPlainNetwork(config.publicUrl)) print(say.plain(config.publicUrl ?? ''));
  await told;
  await serving.close();
  return 0;
};
