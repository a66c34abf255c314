import { isIP } from 'node:net';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import type { Language } from './texts/languages.ts';

/** Everything that the environment may set, read once. Paths are absolute. */
export type Config = {
  port: number;
  host: string;
  /** Origin under which the public reaches us, without a slash at the end; where not set, this machine's own. */
  publicUrl?: string;
  episodesDir: string;
  dataDir: string;
  /** Where what is made of the program's own code is kept between starts; may be deleted at any time. */
  compiledDir: string;
  workers: number;
  /** Where messages are handed over (`smtp:` or `smtps:`, with the user and password in it); none are sent where not set. */
  smtpUrl?: string;
  /** What messages come from: an address, or a name with the address in angle brackets. */
  mailFrom: string;
  /** Proxies whose word on where a request comes from counts: addresses, networks (CIDR), `loopback`. */
  trustProxy: string[];
  /** For how long a file is kept as it was uploaded, once its sound is published (days). */
  keepOriginalsDays: number;
  /** What the studio encodes speech in one channel with, and what has two (kbit/s). */
  monoBitrate: number;
  stereoBitrate: number;
  /** The largest file that may be uploaded. */
  maxUploadBytes: number;
  logLevel: (typeof LOG_LEVELS)[number];
  /** That of the terminal: in which commands and the log speak of what is wrong with a folder. */
  language: Language;
};

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** What an MPEG-1 Layer III frame can have, from what speech can be listened to with (ISO/IEC 11172-3, 2.4.2.3; kbit/s). */
const BITRATES = [64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
/** Settings with a password in them: what stands there must not come into a terminal or log. */
const SECRET = new Set(['SMTP_URL']);

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

const bitrate = () => {
  const sentence = `must be one of ${BITRATES.join(', ')}`;
  return wholeNumber(0, 320, sentence).refine((value) => BITRATES.includes(value), sentence);
};

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
  SMTP_URL: z
    .string()
    .refine(isMailServer, 'must be an address such as smtps://user:password@mail.example.org')
    .optional(),
  MAIL_FROM: z
    .string()
    .regex(
      /^(?:[^\s<>@]+@[^\s<>@]+|[^<>@\r\n]+ <[^\s<>@]+@[^\s<>@]+>)$/,
      'must be an e-mail address such as radio@example.org or Radio <radio@example.org>',
    )
    .optional(),
  TRUST_PROXY: z
    .string()
    .transform((text) => text.split(/[\s,]+/).filter((part) => part !== ''))
    .refine(
      (parts) => parts.every(isNetwork),
      'must be a list of addresses or networks such as 10.0.0.0/8, or loopback',
    )
    .default([]),
  KEEP_ORIGINALS: wholeNumber(0, 3650, 'must be a number of days from 0 to 3650').default(30),
  SPEECH_KBPS: bitrate().default(96),
  MUSIC_KBPS: bitrate().default(128),
  MAX_UPLOAD_MB: wholeNumber(1, 999_999, 'must be a number of megabytes from 1 to 999999').default(4096),
  LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`).default('warn'),
});

function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, pathname, search, hash, username } = new URL(text);
  return (
    (protocol === 'http:' || protocol === 'https:') && pathname === '/' && search + hash + username === ''
  );
}

function isMailServer(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  return (
    (protocol === 'smtp:' || protocol === 'smtps:') && hostname !== '' && isDecodable(username + password)
  );
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

function isNetwork(text: string): boolean {
  if (text === 'loopback') return true;
  const [address = '', bits, ...rest] = text.split('/');
  const version = address.includes('%') ? 0 : isIP(address);
  if (version === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
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
    const value = SECRET.has(name) ? '' : ` ("${given[name]}")`;
    throw new SettingError(`The setting ${name}${value} ${issue?.message}.`);
  }
  const { data } = parsed;
  return {
    port: data.PORT,
    host: data.HOST,
    publicUrl: data.PUBLIC_URL,
    episodesDir: resolve(data.EPISODES_DIR),
    dataDir: resolve(data.DATA_DIR),
    // As bin/riascolta.js has it for Node's own.
    compiledDir: resolve(given.NODE_COMPILE_CACHE ?? join(data.DATA_DIR, 'compiled')),
    workers: data.WORKERS,
    smtpUrl: data.SMTP_URL,
    mailFrom: data.MAIL_FROM ?? `riascolta@${hostOf(data.PUBLIC_URL)}`,
    trustProxy: data.TRUST_PROXY,
    keepOriginalsDays: data.KEEP_ORIGINALS,
    monoBitrate: data.SPEECH_KBPS,
    stereoBitrate: data.MUSIC_KBPS,
    maxUploadBytes: data.MAX_UPLOAD_MB * 1024 ** 2,
    logLevel: data.LOG_LEVEL,
    language: languageOf(environment),
  };
}

const hostOf = (origin: string | undefined): string =>
  origin === undefined ? 'localhost' : new URL(origin).hostname;

function languageOf(environment: Record<string, string | undefined>): Language {
  const locale = environment.LC_ALL || environment.LC_MESSAGES || environment.LANG || '';
  return locale.toLowerCase().startsWith('it') ? 'it' : 'en';
}

/** Where in the data folder the catalogue lies, and beside it what is remembered of addresses when it is thrown away. */
export function cataloguePlace(dataDir: string): { directory: string; addresses: string } {
  return { directory: join(dataDir, 'catalogue'), addresses: join(dataDir, 'addresses.sqlite') };
}
