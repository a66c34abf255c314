import { configFrom } from '../config.ts';
import { type Command, UsageError } from './command.ts';

/** Each command is loaded when it is called, so that none waits for the others' modules. */
const COMMANDS: Record<string, () => Promise<Command>> = {
  serve: async () => (await import('./serve.ts')).serveCommand,
  check: async () => (await import('./check.ts')).checkCommand,
  reindex: async () => (await import('./reindex.ts')).reindexCommand,
  compare: async () => (await import('./compare.ts')).compareCommand,
  user: async () => (await import('./user.ts')).userCommand,
  help: async () => (await import('./help.ts')).helpCommand,
};

/**
 * Runs the command that the arguments name; returns the exit code. A failure that has a remedy is one
 * sentence on standard error and exit code 2; anything else is a fault of ours and is thrown.
 */
export async function runCommandLine([name = 'help', ...args]: string[]): Promise<number> {
  try {
    const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
    if (load === undefined) throw new UsageError(`There is no command "${name}": try "riascolta help".`);
    const config = configFrom(process.env);
    const command = await load();
    const print = (line: string) => console.log(line);
    return await command({ config, args, print });
  } catch (error) {
    const sentence = sentenceFor(error);
    if (sentence === undefined) throw error;
    console.error(sentence);
    return 2;
  }
}

/**
 * Errors whose message is the sentence to print. They are known by name, so that the modules that throw them
 * need not be loaded.
 */
const SAY_IT_THEMSELVES = new Set([
  'SettingError',
  'UsageError',
  'ArchiveNotFound',
  'NotWritable',
  'WorkerFailed',
]);

function sentenceFor(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  switch ('code' in error ? error.code : undefined) {
    case 'EADDRINUSE':
      return `The setting PORT (${process.env.PORT ?? 3000}) is taken by another program: choose another or end that one.`;
    case 'EADDRNOTAVAIL':
      return `The setting HOST (${process.env.HOST}) is no address of this machine: 0.0.0.0 listens at all of them.`;
    case 'EACCES':
    case 'EROFS':
      return `This user may not listen or write there (${error.message}): see the settings PORT and DATA_DIR.`;
    case 'ERR_PARSE_ARGS_UNKNOWN_OPTION':
    case 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL':
      return `${error.message} Try "riascolta help".`;
    default:
      return SAY_IT_THEMSELVES.has(error.name) ? error.message : undefined;
  }
}
