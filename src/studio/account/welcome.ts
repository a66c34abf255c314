import type { LinkPurpose } from '../../accounts/accounts.ts';
import { SHORTEST_PASSWORD } from '../../accounts/password-rules.ts';
import { Refused } from '../../model/problem.ts';
import { type FormProblem, formProblem } from '../pages/form-problem.ts';
import { endedLinkCookie, linkCookie, linkToken } from '../request/cookies.ts';
import type { Call, Reply, Route } from '../route.ts';
import type { Studio } from '../studio.ts';
import { beginSession } from './login.ts';

const PATH = '/studio/welcome';

type Written = { name?: string; email?: string; problem?: FormProblem };

function welcomePage(call: Call, { kind, account }: LinkPurpose, written: Written = {}): Reply {
  return {
    kind: 'page',
    view: 'account/welcome',
    title: call.texts.accounts.welcome.titles[kind],
    status: written.problem?.status,
    values: {
      purpose: kind,
      name: written.name ?? account?.name ?? '',
      email: written.email ?? account?.email ?? '',
      problem: written.problem,
      shortest: SHORTEST_PASSWORD,
    },
    scripts: ['account'],
    bare: true,
  };
}

/** The link was used, has expired, or never existed; the page does not say which. */
function deadPage(studio: Studio, call: Call): Reply {
  return {
    kind: 'page',
    view: 'account/welcome-dead',
    title: call.texts.accounts.welcome.deadTitle,
    status: 410,
    values: { sentence: call.texts.problems['link-used']({}) },
    cookies: [endedLinkCookie(studio.config.isSecure)],
    bare: true,
  };
}

/**
 * Moves a token from the address into a cookie before any page is shown, so that it appears in no `Referer`,
 * in no history and on no photograph of the screen.
 */
async function showWelcome(studio: Studio, call: Call): Promise<Reply> {
  const given = call.query('token');
  const token = given ?? linkToken(call.req.headers.cookie, studio.config.isSecure);
  const purpose = token === undefined ? undefined : await studio.accounts.purposeOf(token);
  if (purpose === undefined) return deadPage(studio, call);
  if (given === undefined) return welcomePage(call, purpose);
  return { kind: 'redirect', to: PATH, cookies: [linkCookie(given, studio.config.isSecure)] };
}

async function takeUp(studio: Studio, call: Call): Promise<Reply> {
  const { isSecure } = studio.config;
  const form = await call.form();
  const token = linkToken(call.req.headers.cookie, isSecure);
  const purpose = token === undefined ? undefined : await studio.accounts.purposeOf(token);
  if (token === undefined || purpose === undefined) return deadPage(studio, call);
  const written = purpose.kind === 'reset' ? {} : { name: form.text('name') };
  const asked = purpose.kind === 'first' ? { ...written, email: form.text('email') } : written;
  if (written.name === '') {
    const sentence = call.texts.accounts.welcome.nameMissing;
    return welcomePage(call, purpose, { ...asked, problem: { sentence, field: 'name', status: 422 } });
  }
  try {
    const [password = ''] = form.all('password');
    const language = purpose.kind === 'first' ? call.language : undefined;
    const account = await studio.accounts.redeem(token, { ...asked, password, language });
    return {
      kind: 'redirect',
      to: '/studio',
      notice: call.texts.accounts.welcome.done[purpose.kind],
      cookies: [await beginSession(studio, call, account), endedLinkCookie(isSecure)],
    };
  } catch (error) {
    if (error instanceof Refused && error.problem.code === 'link-used') return deadPage(studio, call);
    const problem = formProblem(error, call, {
      'email-wrong': 'email',
      'password-short': 'password',
      'password-common': 'password',
      'value-wrong': 'password',
      'login-throttled': 'password',
    });
    return welcomePage(call, purpose, { ...asked, problem });
  }
}

export const welcomeRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATH,
    who: 'anyone',
    about: 'the page of a one-time link: first account, invitation, reset',
    handle: showWelcome,
  },
  { method: 'POST', path: PATH, who: 'anyone', about: 'take a one-time link up', handle: takeUp },
];
