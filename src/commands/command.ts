import type { Config } from '../config.ts';

/** What a command gets. */
export type CommandContext = {
  config: Config;
  args: string[];
  print(line: string): void;
};

/** Runs a command; resolves with the exit code. */
export type Command = (context: CommandContext) => Promise<number>;

/** The command was called with arguments that it does not understand. */
export class UsageError extends Error {
  override name = 'UsageError';
}
