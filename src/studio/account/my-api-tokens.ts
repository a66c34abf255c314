import { SCOPES } from '../../model/permissions.ts';
import { formProblem } from '../pages/form-problem.ts';
import type { Call, Reply, Route } from '../route.ts';
import type { Studio } from '../studio.ts';
import { mePage, ownAccount } from './me-page.ts';

const PATH = '/studio/me/tokens';

/** Answers with the page and no redirect, since the secret is shown in this answer alone. */
async function create(studio: Studio, call: Call): Promise<Reply> {
  const { account } = ownAccount(call);
  const form = await call.form();
  const name = form.text('token-name');
  const scopes = SCOPES.filter((scope) => form.all('scope').includes(scope));
  const words = call.texts.accounts.me;
  if (scopes.length === 0) {
    const problem = { sentence: words.scopesMissing, field: 'scope', status: 422 };
    return mePage(studio, call, { problem, keyForm: { name, scopes } });
  }
  try {
    await studio.accounts.confirmPassword(account, form.all('present')[0] ?? '');
  } catch (error) {
    const about = 'token-present';
    const problem = formProblem(error, call, { 'password-wrong': about, 'login-throttled': about });
    return mePage(studio, call, { problem, keyForm: { name, scopes } });
  }
  const created = await studio.accounts.tokens.create(account, name, scopes);
  return mePage(studio, call, { created, notice: words.tokenCreated });
}

async function revoke(studio: Studio, call: Call): Promise<Reply> {
  const { account } = ownAccount(call);
  await studio.accounts.tokens.revoke(account.id, call.part('id'));
  return { kind: 'redirect', to: '/studio/me', notice: call.texts.accounts.me.revoked };
}

export const myKeyRoutes: readonly Route[] = [
  { method: 'POST', path: PATH, who: 'staff', about: 'create an API token of one’s own', handle: create },
  {
    method: 'POST',
    path: `${PATH}/:id/revoke`,
    who: 'staff',
    about: 'revoke one of one’s API tokens',
    handle: revoke,
  },
];
