import type { Config } from '../config.ts';
import type { FaultLanguage } from '../model/fault-sentences.ts';

/** What a command gets. `language`: that in which it speaks to whoever typed it. */
export type CommandContext = {
  config: Config;
  args: string[];
  language: FaultLanguage;
  print(line: string): void;
};

/** Runs a command; resolves with the exit code. */
export type Command = (context: CommandContext) => Promise<number>;

/** The command was called in a way that it does not know. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** Returns the language that the environment of a terminal asks for: Italian or, for all others, English. */
export function languageOf(environment: Record<string, string | undefined>): FaultLanguage {
  const locale = environment.LC_ALL || environment.LC_MESSAGES || environment.LANG || '';
  return locale.toLowerCase().startsWith('it') ? 'it' : 'en';
}
