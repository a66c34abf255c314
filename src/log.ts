import { type Logger, pino } from 'pino';
import type { Config } from './config.ts';

export type Log = Logger;

/** Returns the log of one process or thread: JSON lines on standard error, so that standard output is for answers. */
export function createLog({ logLevel }: Pick<Config, 'logLevel'>, part: string): Log {
  return pino({ level: logLevel, base: { part } }, pino.destination({ dest: 2, sync: true }));
}
