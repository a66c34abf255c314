import { LANGUAGES } from '../../texts/languages.ts';
import { studioTexts } from '../../texts/studio-texts.ts';
import { formProblem } from '../pages/form-problem.ts';
import { endedCookie } from '../request/cookies.ts';
import type { Call, Reply, Route } from '../route.ts';
import type { Studio } from '../studio.ts';
import { mePage, ownAccount } from './me-page.ts';
import { myKeyRoutes } from './my-api-tokens.ts';
import { myPasskeyRoutes } from './my-passkeys.ts';

const PATH = '/studio/me';

async function saveCard(studio: Studio, call: Call): Promise<Reply> {
  const { account } = ownAccount(call);
  const form = await call.form();
  const language = LANGUAGES.find((known) => known === form.text('language')) ?? account.language;
  const actor = studio.accounts.actorOf(account, 'studio');
  await studio.accounts.change(actor, account.id, { name: form.text('name'), language });
  // In the language that was chosen just now.
  return { kind: 'redirect', to: PATH, notice: studioTexts(language).accounts.me.saved };
}

async function changePassword(studio: Studio, call: Call): Promise<Reply> {
  const { account, session } = ownAccount(call);
  const form = await call.form();
  const [present = ''] = form.all('present');
  const [next = ''] = form.all('password');
  try {
    await studio.accounts.changePassword(account, present, next, session.id);
    return { kind: 'redirect', to: PATH, notice: call.texts.accounts.me.passwordChanged };
  } catch (error) {
    const problem = formProblem(error, call, {
      'password-wrong': 'present',
      'login-throttled': 'present',
      'password-short': 'password',
      'password-common': 'password',
      'value-wrong': 'password',
    });
    return mePage(studio, call, { problem });
  }
}

async function endSession(studio: Studio, call: Call): Promise<Reply> {
  const { account, session } = ownAccount(call);
  const id = call.part('id');
  await studio.accounts.endSession(account.id, id);
  if (id !== session.id) return { kind: 'redirect', to: PATH, notice: call.texts.accounts.me.ended };
  return {
    kind: 'redirect',
    to: '/studio/login',
    notice: call.texts.accounts.logIn.loggedOut,
    cookies: [endedCookie(studio.config.isSecure)],
  };
}

async function endOtherSessions(studio: Studio, call: Call): Promise<Reply> {
  const { account, session } = ownAccount(call);
  await studio.accounts.endOtherSessions(account.id, session.id);
  return { kind: 'redirect', to: PATH, notice: call.texts.accounts.me.endedOthers };
}

export const meRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATH,
    who: 'staff',
    about: 'one’s own account',
    handle: (studio, call) => mePage(studio, call),
  },
  { method: 'POST', path: PATH, who: 'staff', about: 'change one’s name and language', handle: saveCard },
  {
    method: 'POST',
    path: `${PATH}/password`,
    who: 'staff',
    about: 'change one’s password',
    handle: changePassword,
  },
  {
    method: 'POST',
    path: `${PATH}/sessions/end-others`,
    who: 'staff',
    about: 'end all of one’s other sessions',
    handle: endOtherSessions,
  },
  {
    method: 'POST',
    path: `${PATH}/sessions/:id/end`,
    who: 'staff',
    about: 'end one of one’s sessions',
    handle: endSession,
  },
  ...myPasskeyRoutes,
  ...myKeyRoutes,
];
