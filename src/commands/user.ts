import { parseArgs } from 'node:util';
import type { Account, Accounts } from '../accounts/accounts.ts';
import { linkAddress } from '../accounts/one-time-links.ts';
import { openAccounts } from '../accounts/open-accounts.ts';
import { type Actor, ROLES } from '../model/permissions.ts';
import { Refused } from '../model/problem.ts';
import { openRecords } from '../records/records.ts';
import { makeDataFolder } from '../serving/data-folder.ts';
import { commandTexts } from '../texts/command-texts.ts';
import { studioTexts } from '../texts/studio-texts.ts';
import { type Command, type CommandContext, UsageError } from './command.ts';

/** Whoever can run commands on the server acts as an admin. */
const ACTOR: Actor = {
  id: 'command',
  name: 'riascolta user',
  role: 'admin',
  shows: [],
  mayPublish: true,
  via: 'command',
};

type Work = CommandContext & { accounts: Accounts; publicUrl: string };

const ACTIONS: Record<string, (work: Work) => Promise<void>> = { add, list, reset, disable };

/** Makes, lists, resets and closes accounts: `riascolta user add|list|reset|disable`. */
export const userCommand: Command = async (context) => {
  const { config, args } = context;
  const [name = '', ...rest] = args;
  const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
  if (action === undefined) throw new UsageError(commandTexts(config.language).user.usage);
  await makeDataFolder(config);
  const records = await openRecords(config.dataDir);
  try {
    const publicUrl = config.publicUrl ?? `http://localhost:${config.port}`;
    await action({ ...context, args: rest, accounts: openAccounts({ records, publicUrl }), publicUrl });
    return 0;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const { code, values } = error.problem;
    throw new UsageError(studioTexts(config.language).problems[code](values));
  } finally {
    records.close();
  }
};

async function add(work: Work): Promise<void> {
  const { accounts, config, print } = work;
  const words = commandTexts(config.language).user;
  const { positionals, values } = parseArgs({
    args: work.args,
    allowPositionals: true,
    options: {
      name: { type: 'string', default: '' },
      role: { type: 'string', default: 'contributor' },
      show: { type: 'string', multiple: true, default: [] },
      'may-publish': { type: 'boolean', default: false },
    },
  });
  const role = ROLES.find((known) => known === values.role);
  if (role === undefined) throw new UsageError(words.unknownRole(values.role));
  const { account, token } = await accounts.invite(ACTOR, {
    email: onlyOne(positionals, words.usage),
    name: values.name,
    role,
    shows: values.show,
    mayPublish: values['may-publish'],
    language: config.language,
  });
  print(words.added(account.name, account.email));
  print(linkAddress(work.publicUrl, token));
}

async function list({ accounts, args, config, print }: Work): Promise<void> {
  parseArgs({ args });
  const words = commandTexts(config.language).user;
  const all = await accounts.list();
  if (all.length === 0) return print(words.nobody);
  const rows = [words.columns, ...all.map((account) => rowOf(account, config.language))];
  const widths = words.columns.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  for (const row of rows)
    print(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
}

function rowOf(account: Account, language: CommandContext['config']['language']): string[] {
  const words = commandTexts(language).user;
  const state = account.disabledAt !== undefined ? 'disabled' : account.isActive ? 'active' : 'invited';
  const publishes = account.role !== 'contributor' || account.mayPublish;
  return [
    account.email,
    account.name,
    account.role,
    account.role === 'contributor' ? account.shows.join(', ') || '–' : words.all,
    publishes ? words.yes : words.no,
    words.states[state],
  ];
}

async function reset(work: Work): Promise<void> {
  const { accounts, config, print } = work;
  const words = commandTexts(config.language).user;
  const account = await named(work);
  if (account.disabledAt !== undefined) throw new UsageError(words.isDisabled(account.email));
  const token = await accounts.resetLink(ACTOR, account.id);
  print(words.linkFor(account.name, account.email));
  print(linkAddress(work.publicUrl, token));
}

async function disable(work: Work): Promise<void> {
  const account = await named(work);
  await work.accounts.disable(ACTOR, account.id);
  work.print(commandTexts(work.config.language).user.disabled(account.name, account.email));
}

/** Returns the account whose e-mail address was given. Throws `UsageError`. */
async function named({ accounts, args, config }: Work): Promise<Account> {
  const words = commandTexts(config.language).user;
  const email = onlyOne(parseArgs({ args, allowPositionals: true }).positionals, words.usage);
  const account = await accounts.byEmail(email);
  if (account === undefined) throw new UsageError(words.unknown(email));
  return account;
}

function onlyOne(positionals: string[], usage: string): string {
  const [email, ...others] = positionals;
  if (email === undefined || others.length > 0) throw new UsageError(usage);
  return email;
}
