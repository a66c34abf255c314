import cluster from 'node:cluster';
import { createLog } from '../log.ts';
import { serve, serveAsWorker } from '../serving/serve.ts';
import type { Command } from './command.ts';

const WORDS = {
  it: {
    listens: (address: string) => `Riascolta è in ascolto su ${address}`,
    welcome: (address: string) =>
      `Il primo account dello studio si crea qui, una volta sola, entro 24 ore: ${address}`,
    plain: (address: string) =>
      `Attenzione: ${address} non è https, quindi chi è sulla stessa rete può leggere le password dello studio.`,
  },
  en: {
    listens: (address: string) => `Riascolta listens at ${address}`,
    welcome: (address: string) =>
      `The studio's first account is made here, once, within 24 hours: ${address}`,
    plain: (address: string) =>
      `Beware: ${address} is not https, so whoever is on the same network can read the studio's passwords.`,
  },
};

/** Whether what staff type goes over a network as it is. */
const isPlainNetwork = (publicUrl: string | undefined): boolean =>
  publicUrl !== undefined && /^http:\/\/(?!localhost|127\.|\[::1\])/.test(publicUrl);

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
  const say = WORDS[language];
  print(say.listens(serving.address));
  if (serving.welcome !== undefined) print(say.welcome(serving.welcome));
  if (isPlainNetwork(config.publicUrl)) print(say.plain(config.publicUrl ?? ''));
  await told;
  await serving.close();
  return 0;
};
