import { z } from 'zod';
import type { Account } from '../../accounts/accounts.ts';
import { canHavePasskeys } from '../../accounts/passkeys.ts';
import { type FormProblem, formProblem } from '../pages/form-problem.ts';
import { endedCookie, sessionCookie } from '../request/cookies.ts';
import type { Call, Reply, Route } from '../route.ts';
import type { Studio } from '../studio.ts';

const passkeyAnswer = z.object({ answer: z.unknown(), next: z.string().max(1_000).optional() });

function loginPage(
  studio: Studio,
  call: Call,
  values: { next: string; email?: string; problem?: FormProblem },
): Reply {
  return {
    kind: 'page',
    view: 'account/login',
    title: call.texts.accounts.logIn.title,
    status: values.problem?.status,
    values: {
      email: '',
      problem: undefined,
      ...values,
      canHavePasskeys: canHavePasskeys(studio.config.publicUrl),
    },
    scripts: ['account'],
    bare: true,
  };
}

async function showLogin(studio: Studio, call: Call): Promise<Reply> {
  const next = nextPath(call.query('next'));
  if (call.account !== undefined) return { kind: 'redirect', to: next };
  return loginPage(studio, call, { next });
}

async function logIn(studio: Studio, call: Call): Promise<Reply> {
  const form = await call.form();
  const email = form.text('email');
  const next = nextPath(form.text('next'));
  try {
    // The password as typed: a space at its end is part of it.
    const [password = ''] = form.all('password');
    const account = await studio.accounts.logIn(email, password, call.visitor);
    return { kind: 'redirect', to: next, cookies: [await beginSession(studio, call, account)] };
  } catch (error) {
    const problem = formProblem(error, call, { 'login-wrong': 'password', 'login-throttled': 'password' });
    return loginPage(studio, call, { next, email, problem });
  }
}

/** Begins a session, ends the browser's earlier one, and returns the cookie. */
export async function beginSession(studio: Studio, call: Call, account: Account): Promise<string> {
  const token = await studio.accounts.beginSession(account, call.visitor);
  await endSession(studio, call);
  return sessionCookie(token, studio.config.isSecure);
}

async function endSession({ accounts }: Studio, { account, session }: Call): Promise<void> {
  if (account !== undefined && session !== undefined) await accounts.endSession(account.id, session.id);
}

async function logOut(studio: Studio, call: Call): Promise<Reply> {
  await endSession(studio, call);
  return {
    kind: 'redirect',
    to: '/studio/login',
    notice: call.texts.accounts.logIn.loggedOut,
    cookies: [endedCookie(studio.config.isSecure)],
  };
}

async function beginPasskey(studio: Studio): Promise<Reply> {
  return { kind: 'json', value: await studio.accounts.passkeys.beginLogIn() };
}

async function finishPasskey(studio: Studio, call: Call): Promise<Reply> {
  const { answer, next } = await call.json(passkeyAnswer);
  const account = await studio.accounts.passkeys.finishLogIn(answer, call.visitor);
  const cookies = [await beginSession(studio, call, account)];
  return { kind: 'json', value: { to: nextPath(next) }, cookies };
}

export const loggingInRoutes: readonly Route[] = [
  { method: 'GET', path: '/studio/login', who: 'anyone', about: 'the login page', handle: showLogin },
  {
    method: 'POST',
    path: '/studio/login',
    who: 'anyone',
    about: 'log in by password, throttled',
    handle: logIn,
  },
  { method: 'POST', path: '/studio/logout', who: 'anyone', about: 'end one’s session', handle: logOut },
  {
    method: 'POST',
    path: '/studio/passkeys/login/begin',
    who: 'anyone',
    about: 'a challenge for a passkey',
    isForScripts: true,
    handle: beginPasskey,
  },
  {
    method: 'POST',
    path: '/studio/passkeys/login/finish',
    who: 'anyone',
    about: 'log in by passkey',
    isForScripts: true,
    handle: finishPasskey,
  },
];

const START = '/studio';
/** Pages to which nobody should return after logging in. */
const NEVER = ['/studio/login', '/studio/logout', '/studio/welcome'];

/**
 * Returns where to go after logging in: the path that was asked for when it is one of the studio's, its start
 * otherwise. The result is a path of the studio, whatever was asked for.
 */
export function nextPath(text: string | undefined): string {
  // Browsers read a backslash as a slash, and leave out tabs and line ends.
  if (text === undefined || !text.startsWith(START) || /[\\\p{Cc}]/u.test(text)) return START;
  if (!URL.canParse(text, 'http://studio')) return START;
  const { host, pathname, search } = new URL(text, 'http://studio');
  if (host !== 'studio' || NEVER.includes(pathname)) return START;
  return pathname === START || pathname.startsWith(`${START}/`) ? pathname + search : START;
}
