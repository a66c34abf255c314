import type { Config } from '../config.ts';

/** What a command gets. */
export type CommandContext = {
  config: Config;
  args: string[];
  print(line: string): void;
};

/** Runs a command; resolves with the exit code. */
export type Command = (context: CommandContext) => Promise<number>;

/** The command was called in a way that it does not know. */
export class UsageError extends Error {
  override name = 'UsageError';
}
