import { join, resolve } from 'node:path';
import { z } from 'zod';
import type { FaultLanguage } from './model/fault-sentences.ts';

/** Everything that the environment may set, read once. Paths are absolute. */
export type Config = {
  port: number;
  host: string;
  /** Origin under which the public reaches us, without a slash at the end; where not set, this machine's own. */
  publicUrl?: string;
  episodesDir: string;
  dataDir: string;
  workers: number;
  logLevel: (typeof LOG_LEVELS)[number];
  /** That of the terminal: in which commands and the log speak of what is wrong with a folder. */
  language: FaultLanguage;
};

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** A setting that cannot be used. Its message is one sentence that names the setting. */
export class SettingError extends Error {
  override name = 'SettingError';
}

const wholeNumber = (low: number, high: number, sentence: string) =>
  z
    .string()
    .regex(/^\d{1,6}$/, sentence)
    .transform(Number)
    .refine((value) => value >= low && value <= high, sentence);

const settings = z.object({
  PORT: wholeNumber(0, 65535, 'must be a port number from 0 to 65535').default(3000),
  HOST: z
    .string()
    .trim()
    .min(1, 'must be an address to listen at, such as 0.0.0.0 or 127.0.0.1')
    .default('0.0.0.0'),
  PUBLIC_URL: z
    .string()
    .refine(isOrigin, 'must be an address such as https://podcast.example.org, with nothing behind the host')
    .transform((text) => new URL(text).origin)
    .optional(),
  EPISODES_DIR: z.string().min(1, 'must name a folder').default('episodes'),
  DATA_DIR: z.string().min(1, 'must name a folder').default('var'),
  WORKERS: wholeNumber(1, 64, 'must be a number of processes from 1 to 64').default(1),
  LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`).default('warn'),
});

function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, pathname, search, hash, username } = new URL(text);
  return (
    (protocol === 'http:' || protocol === 'https:') && pathname === '/' && search + hash + username === ''
  );
}

/**
 * Returns the configuration that the environment asks for; an empty variable counts as not set.
 * Throws `SettingError` for the first setting that is wrong.
 */
export function configFrom(environment: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = settings.safeParse(given);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const name = String(issue?.path[0]);
    throw new SettingError(`The setting ${name} ("${given[name]}") ${issue?.message}.`);
  }
  const { PORT, HOST, PUBLIC_URL, EPISODES_DIR, DATA_DIR, WORKERS, LOG_LEVEL } = parsed.data;
  return {
    port: PORT,
    host: HOST,
    publicUrl: PUBLIC_URL,
    episodesDir: resolve(EPISODES_DIR),
    dataDir: resolve(DATA_DIR),
    workers: WORKERS,
    logLevel: LOG_LEVEL,
    language: languageOf(environment),
  };
}

function languageOf(environment: Record<string, string | undefined>): FaultLanguage {
  const locale = environment.LC_ALL || environment.LC_MESSAGES || environment.LANG || '';
  return locale.toLowerCase().startsWith('it') ? 'it' : 'en';
}

/** Where in the data folder the catalogue lies, and beside it what is remembered of addresses when it is thrown away. */
export function cataloguePlace(dataDir: string): { directory: string; addresses: string } {
  return { directory: join(dataDir, 'catalogue'), addresses: join(dataDir, 'addresses.sqlite') };
}
