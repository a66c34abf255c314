import type { Account, ApiToken, Session } from '../../accounts/accounts.ts';
import { canHavePasskeys } from '../../accounts/passkeys.ts';
import { SHORTEST_PASSWORD } from '../../accounts/password-rules.ts';
import { SCOPES } from '../../model/permissions.ts';
import { Refused } from '../../model/problem.ts';
import { LANGUAGES } from '../../texts/languages.ts';
import type { FormProblem } from '../pages/form-problem.ts';
import type { Call, Reply } from '../route.ts';
import type { Studio } from '../studio.ts';
import { browserName } from './browser-name.ts';

/** What the page shows beside the account: a form's problem, and a secret that is shown once. */
export type MeExtras = {
  problem?: FormProblem;
  notice?: string;
  created?: { token: ApiToken; secret: string };
  /** What was typed into the form for a token. */
  keyForm?: { name: string; scopes: string[] };
};

/** Returns who is logged in, in which session. Throws `Refused` (`login-needed`). */
export function ownAccount({ account, session }: Call): { account: Account; session: Session } {
  if (account === undefined || session === undefined) throw new Refused('login-needed');
  return { account, session };
}

/** Returns the page of one's own account. */
export async function mePage(studio: Studio, call: Call, extras: MeExtras = {}): Promise<Reply> {
  const { account, session } = ownAccount(call);
  const { accounts, catalogue, config } = studio;
  const [sessions, passkeys, keys, shows] = await Promise.all([
    accounts.sessions(account.id),
    accounts.passkeys.list(account.id),
    accounts.tokens.list(account.id),
    catalogue.shows(call.now),
  ]);
  const titles = new Map(shows.map(({ slug, title }) => [slug, title]));
  return {
    kind: 'page',
    view: 'account/me',
    title: call.texts.accounts.me.title,
    section: 'me',
    scripts: ['account'],
    status: extras.problem?.status,
    notice: extras.notice,
    values: {
      account,
      showTitles: account.shows.map((slug) => titles.get(slug) ?? slug),
      sessions: sessions.map((one) => ({
        ...one,
        isThis: one.id === session.id,
        browser: browserText(one, call),
      })),
      passkeys,
      keys,
      scopes: SCOPES,
      languages: LANGUAGES,
      shortest: SHORTEST_PASSWORD,
      canHavePasskeys: canHavePasskeys(config.publicUrl),
      problem: extras.problem,
      created: extras.created,
      keyForm: extras.keyForm ?? { name: '', scopes: ['read'] },
    },
  };
}

function browserText({ agent }: Session, { texts }: Call): string {
  const { browser, system } = browserName(agent);
  const words = texts.accounts.me;
  if (browser !== undefined && system !== undefined) return words.browserOn(browser, system);
  return browser ?? system ?? (agent.split(/[\s/]/)[0] || words.unknownBrowser);
}
