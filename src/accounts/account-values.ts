import { z } from 'zod';
import type { Actor } from '../model/permissions.ts';
import { Refused } from '../model/problem.ts';
import type { Account, NewAccount } from './accounts.ts';

/**
 * What `input type=email` takes (HTML, 4.10.5.1.5); a host without a dot may be one of the radio's own
 * network.
 */
const address = z.email({ pattern: z.regexes.html5Email }).max(254);
const LONGEST_NAME = 100;

/** Returns an e-mail address as it is kept: in lower case. Throws `Refused` (`email-wrong`). */
export function validEmail(text: string): string {
  const parsed = address.safeParse(text.trim().toLowerCase());
  if (!parsed.success) throw new Refused('email-wrong');
  return parsed.data;
}

/**
 * Returns a name in one line, without characters that are invisible or change the direction of writing; the
 * part before the @ of the e-mail address where nothing is left.
 */
export function validName(text: string, email: string): string {
  const name = text
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
  return [...(name === '' ? (email.split('@')[0] ?? email) : name)].slice(0, LONGEST_NAME).join('');
}

/**
 * Returns the values of a new account as they are kept. Only contributors have shows and the right to
 * publish.
 */
export function validAccount(account: NewAccount): NewAccount {
  const email = validEmail(account.email);
  const isContributor = account.role === 'contributor';
  return {
    email,
    name: validName(account.name, email),
    role: account.role,
    shows: isContributor ? [...new Set(account.shows)].sort() : [],
    mayPublish: isContributor && account.mayPublish,
    language: account.language,
  };
}

/** Returns the account as an actor. */
export const actorOfAccount = ({ id, name, role, shows, mayPublish }: Account, via: Actor['via']): Actor => ({
  id,
  name,
  role,
  shows,
  mayPublish: role !== 'contributor' || mayPublish,
  via,
});
