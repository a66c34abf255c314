import type { Request, Response } from 'express';
import type { Actor } from '../../model/permissions.ts';
import { Refused } from '../../model/problem.ts';
import { LANGUAGES, type Language } from '../../texts/languages.ts';
import { studioTexts } from '../../texts/studio-texts.ts';
import type { Call } from '../route.ts';
import type { Studio } from '../studio.ts';
import { sessionToken } from './cookies.ts';
import type { FormFields } from './form.ts';
import { readForm, readJson } from './request-body.ts';

const LONGEST_PARAMETER = 1_000;
const LONGEST_AGENT = 200;

/**
 * Returns the request in the form that handlers get: its address and body, the actor, the language of the
 * answer.
 */
export async function readCall(studio: Studio, req: Request, res: Response): Promise<Call> {
  const isApi = req.path.startsWith('/api/');
  const known = isApi ? undefined : await accountOf(studio, req);
  const actor = isApi
    ? await actorByToken(studio, req)
    : known && studio.accounts.actorOf(known.account, 'studio');
  const parameters = new URL(req.url, 'http://studio').searchParams;
  const language =
    known?.account.language ?? askedLanguage(req.headers['accept-language']) ?? studio.config.language;
  let form: Promise<FormFields> | undefined;
  return {
    req,
    res,
    path: req.path,
    actor,
    account: known?.account,
    session: known?.session,
    visitor: {
      agent: (req.headers['user-agent'] ?? '').slice(0, LONGEST_AGENT),
      address: studio.addressOf(req),
    },
    language,
    texts: studioTexts(language),
    now: studio.now(),
    part(name) {
      const value = req.params[name];
      if (typeof value !== 'string') throw new Refused('not-found');
      return value;
    },
    query(name) {
      const value = parameters.get(name)?.trim().slice(0, LONGEST_PARAMETER);
      return value === '' ? undefined : value;
    },
    form: () => {
      form ??= readForm(req);
      return form;
    },
    json: (schema) => readJson(req, schema, language),
  };
}

async function accountOf(studio: Studio, req: Request) {
  const token = sessionToken(req.headers.cookie, studio.config.isSecure);
  return token === undefined ? undefined : studio.accounts.sessionOf(token);
}

/** Returns the actor of the bearer token (RFC 6750, section 2.1). */
async function actorByToken(studio: Studio, req: Request): Promise<Actor | undefined> {
  const token = /^Bearer +([\w.~+/-]+=*)$/i.exec(req.headers.authorization ?? '')?.[1];
  return token === undefined ? undefined : studio.accounts.tokens.actorOf(token);
}

/**
 * Returns the first language in the browser's list that we have (RFC 9110, section 12.5.4, without weights).
 */
function askedLanguage(header: string | undefined): Language | undefined {
  for (const tag of (header ?? '').toLowerCase().split(',')) {
    const primary = tag.trim().split(/[-;]/)[0];
    const language = LANGUAGES.find((name) => name === primary);
    if (language !== undefined) return language;
  }
  return undefined;
}

/** Returns the actor of a route that needs login. */
export function requiredActor(call: Call): Actor {
  if (call.actor === undefined) throw new Refused('login-needed');
  return call.actor;
}
