import type { Account, NewAccount } from '../../accounts/accounts.ts';
import { ROLES } from '../../model/permissions.ts';
import { Refused } from '../../model/problem.ts';
import { LANGUAGES } from '../../texts/languages.ts';
import { type FormProblem, formProblem } from '../pages/form-problem.ts';
import { requiredActor } from '../request/call.ts';
import type { FormFields } from '../request/form.ts';
import type { Call, Reply, Route } from '../route.ts';
import type { Studio } from '../studio.ts';
import { handOverLink } from './link-page.ts';

const PATH = '/studio/people';
const ABOUT_EMAIL = { 'email-wrong': 'email', 'email-taken': 'email' } as const;

/** Returns the values of a person's form. An unknown role counts as the lowest. */
function personIn(form: FormFields, call: Call): NewAccount {
  return {
    email: form.text('email'),
    name: form.text('name'),
    role: ROLES.find((role) => role === form.text('role')) ?? 'contributor',
    shows: form.all('show'),
    mayPublish: form.ticked('may-publish'),
    language: LANGUAGES.find((language) => language === form.text('language')) ?? call.language,
  };
}

/** Returns the choices of the form. A person's show whose folder is missing for now stays among them. */
async function choices(studio: Studio, call: Call, shows: readonly string[]) {
  const known = await studio.catalogue.shows(call.now);
  const away = shows.filter((slug) => !known.some((show) => show.slug === slug));
  return {
    shows: [
      ...known.map(({ slug, title }) => ({ slug, title })),
      ...away.map((slug) => ({ slug, title: slug })),
    ],
    roles: ROLES,
    languages: LANGUAGES,
  };
}

type Written = { person?: NewAccount; problem?: FormProblem };

async function peoplePage(studio: Studio, call: Call, { person, problem }: Written = {}): Promise<Reply> {
  const shown = person ?? {
    email: '',
    name: '',
    role: 'contributor',
    shows: [],
    mayPublish: false,
    language: call.language,
  };
  return {
    kind: 'page',
    view: 'account/people',
    title: call.texts.accounts.people.title,
    section: 'people',
    status: problem?.status,
    values: {
      accounts: await studio.accounts.list(),
      person: shown,
      problem,
      ...(await choices(studio, call, shown.shows)),
    },
  };
}

async function personPage(
  studio: Studio,
  call: Call,
  account: Account,
  { person, problem }: Written = {},
): Promise<Reply> {
  return {
    kind: 'page',
    view: 'account/person',
    title: account.name,
    section: 'people',
    status: problem?.status,
    values: {
      account,
      person: person ?? account,
      problem,
      ...(await choices(studio, call, account.shows)),
    },
  };
}

async function named(studio: Studio, call: Call): Promise<Account> {
  const account = await studio.accounts.get(call.part('id'));
  if (account === undefined) throw new Refused('not-found');
  return account;
}

async function invite(studio: Studio, call: Call): Promise<Reply> {
  const person = personIn(await call.form(), call);
  try {
    const { account, token } = await studio.accounts.invite(requiredActor(call), person);
    return handOverLink(studio, call, account, token);
  } catch (error) {
    return peoplePage(studio, call, { person, problem: formProblem(error, call, ABOUT_EMAIL) });
  }
}

async function change(studio: Studio, call: Call): Promise<Reply> {
  const account = await named(studio, call);
  const person = personIn(await call.form(), call);
  try {
    const changed = await studio.accounts.change(requiredActor(call), account.id, person);
    const isStillIn = changed.id !== call.account?.id || changed.role === 'admin';
    return {
      kind: 'redirect',
      to: isStillIn ? PATH : '/studio/me',
      notice: call.texts.accounts.people.changed,
    };
  } catch (error) {
    const problem = formProblem(error, call, { ...ABOUT_EMAIL, 'last-admin': 'role' });
    return personPage(studio, call, account, { person, problem });
  }
}

async function disable(studio: Studio, call: Call): Promise<Reply> {
  const account = await named(studio, call);
  try {
    await studio.accounts.disable(requiredActor(call), account.id);
  } catch (error) {
    const problem = formProblem(error, call, { 'last-admin': 'close' });
    return personPage(studio, call, account, { problem });
  }
  return { kind: 'redirect', to: PATH, notice: call.texts.accounts.people.closed(account.name) };
}

async function enable(studio: Studio, call: Call): Promise<Reply> {
  const account = await named(studio, call);
  await studio.accounts.enable(requiredActor(call), account.id);
  return { kind: 'redirect', to: PATH, notice: call.texts.accounts.people.opened(account.name) };
}

async function makeLink(studio: Studio, call: Call): Promise<Reply> {
  const account = await named(studio, call);
  return handOverLink(
    studio,
    call,
    account,
    await studio.accounts.resetLink(requiredActor(call), account.id),
  );
}

export const peopleRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATH,
    who: 'admins',
    about: 'all accounts',
    handle: (studio, call) => peoplePage(studio, call),
  },
  { method: 'POST', path: PATH, who: 'admins', about: 'invite somebody', handle: invite },
  {
    method: 'GET',
    path: `${PATH}/:id`,
    who: 'admins',
    about: 'one account',
    handle: async (studio, call) => personPage(studio, call, await named(studio, call)),
  },
  { method: 'POST', path: `${PATH}/:id`, who: 'admins', about: 'change an account', handle: change },
  { method: 'POST', path: `${PATH}/:id/disable`, who: 'admins', about: 'close an account', handle: disable },
  {
    method: 'POST',
    path: `${PATH}/:id/enable`,
    who: 'admins',
    about: 'open an account again',
    handle: enable,
  },
  {
    method: 'POST',
    path: `${PATH}/:id/link`,
    who: 'admins',
    about: 'a one-time link for choosing a password',
    handle: makeLink,
  },
];
