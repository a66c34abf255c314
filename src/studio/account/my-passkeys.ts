import { z } from 'zod';
import type { Call, Reply, Route } from '../route.ts';
import type { Studio } from '../studio.ts';
import { ownAccount } from './me-page.ts';

const PATH = '/studio/me/passkeys';

const asked = z.object({ present: z.string().max(1_000) });
const finished = z.object({ name: z.string().max(200), answer: z.unknown() });

async function begin(studio: Studio, call: Call): Promise<Reply> {
  const { account } = ownAccount(call);
  const { present } = await call.json(asked);
  await studio.accounts.confirmPassword(account, present);
  return { kind: 'json', value: await studio.accounts.passkeys.beginRegistration(account) };
}

async function finish(studio: Studio, call: Call): Promise<Reply> {
  const { account } = ownAccount(call);
  const { name, answer } = await call.json(finished);
  const passkey = await studio.accounts.passkeys.finishRegistration(account, name, answer);
  return { kind: 'json', status: 201, value: { passkey } };
}

async function remove(studio: Studio, call: Call): Promise<Reply> {
  const { account } = ownAccount(call);
  await studio.accounts.passkeys.remove(account.id, call.part('id'));
  return { kind: 'redirect', to: '/studio/me', notice: call.texts.accounts.me.passkeyRemoved };
}

export const myPasskeyRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: `${PATH}/begin`,
    who: 'staff',
    about: 'a challenge for one’s new passkey',
    isForScripts: true,
    handle: begin,
  },
  {
    method: 'POST',
    path: `${PATH}/finish`,
    who: 'staff',
    about: 'add a passkey to one’s account',
    isForScripts: true,
    handle: finish,
  },
  {
    method: 'POST',
    path: `${PATH}/:id/remove`,
    who: 'staff',
    about: 'remove one of one’s passkeys',
    handle: remove,
  },
];
