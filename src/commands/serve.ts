import cluster from 'node:cluster';
import { createLog } from '../log.ts';
import { serve, serveAsWorker } from '../serving/serve.ts';
import type { Command } from './command.ts';

/** Serves the station until it is told to end (SIGTERM, SIGINT); then lets what is under way finish. */
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
  print(
    language === 'it'
      ? `Riascolta è in ascolto su ${serving.address}`
      : `Riascolta listens at ${serving.address}`,
  );
  await told;
  await serving.close();
  return 0;
};
