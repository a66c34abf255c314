import type { Actor, Role, Scope } from '../model/permissions.ts';

export type Account = {
  id: string;
  email: string;
  name: string;
  role: Role;
  shows: string[];
  mayPublish: boolean;
  language: 'it' | 'en';
  /** Whether it has a password or a passkey: the invitation was taken up. */
  isActive: boolean;
  disabledAt?: number;
  createdAt: number;
};

export type NewAccount = Pick<Account, 'email' | 'name' | 'role' | 'shows' | 'mayPublish' | 'language'>;

/** A browser that is logged in. `id` is safe to show: it is a hash of the cookie's token. */
export type Session = {
  id: string;
  agent: string;
  address: string;
  createdAt: number;
  seenAt: number;
};

export type Passkey = { id: string; name: string; createdAt: number; usedAt?: number };

export type ApiToken = {
  id: string;
  name: string;
  scopes: Scope[];
  createdAt: number;
  usedAt?: number;
};

/** Where a request comes from, for the list of sessions and for throttling. */
export type Visitor = { agent: string; address: string };

/** What a one-time link is for. */
export type LinkPurpose = { kind: 'first' | 'invitation' | 'reset'; account?: Account };

/**
 * Who may come in. Secrets are returned once, when they are made; nothing else ever returns them. Says no by throwing `Refused`.
 */
export interface Accounts {
  /** Whether there is none yet: the first start. */
  isEmpty(): Promise<boolean>;
  /** A new token for making the first account; earlier ones end. Throws `Refused` (`link-used`) when there is an account. */
  firstLink(): Promise<string>;
  list(): Promise<Account[]>;
  get(id: string): Promise<Account | undefined>;
  byEmail(email: string): Promise<Account | undefined>;
  actorOf(account: Account, via: Actor['via']): Actor;
  /** Makes the account and a link with which to choose a password. */
  invite(actor: Actor, account: NewAccount): Promise<{ account: Account; token: string }>;
  change(actor: Actor, id: string, changes: Partial<NewAccount>): Promise<Account>;
  /** Ends all that it could come in by; what it wrote stays. Throws `Refused` (`last-admin`). */
  disable(actor: Actor, id: string): Promise<void>;
  enable(actor: Actor, id: string): Promise<void>;
  /** A token for choosing another password; the present one works on until then. */
  resetLink(actor: Actor, id: string): Promise<string>;
  /** What a token is for; `undefined` when it is none, was used, or is too old. Uses nothing up. */
  purposeOf(token: string): Promise<LinkPurpose | undefined>;
  /**
   * Uses the token up: sets the password (and, for the first account, makes it, as admin), ends the account's other
   * sessions. Throws `Refused` (`link-used`, `password-short`, `password-common`, `email-wrong`); then it can be tried again.
   */
  redeem(
    token: string,
    choice: { password: string; name?: string; email?: string; language?: 'it' | 'en' },
  ): Promise<Account>;

  /**
   * Throws `Refused`: `login-wrong` (whatever was wrong, in the same time), `login-throttled`.
   */
  logIn(email: string, password: string, visitor: Visitor): Promise<Account>;
  /** For what outlasts a session that was left open. Throws `Refused`: `password-wrong`, `login-throttled`. */
  confirmPassword(account: Account, present: string): Promise<void>;
  /** Throws as `confirmPassword` does, and `Refused`: `password-short`, `password-common`. */
  changePassword(account: Account, present: string, next: string, keepSession: string): Promise<void>;
  /** Begins a session; returns the cookie's token. */
  beginSession(account: Account, visitor: Visitor): Promise<string>;
  /** The account behind a cookie's token, if the session is still good; marks it as seen. */
  sessionOf(token: string): Promise<{ account: Account; session: Session } | undefined>;
  sessions(accountId: string): Promise<Session[]>;
  endSession(accountId: string, sessionId: string): Promise<void>;
  endOtherSessions(accountId: string, keep: string): Promise<void>;

  passkeys: {
    list(accountId: string): Promise<Passkey[]>;
    /** Options for `navigator.credentials.create`, as @simplewebauthn/browser takes them. */
    beginRegistration(account: Account): Promise<object>;
    finishRegistration(account: Account, name: string, answer: unknown): Promise<Passkey>;
    beginLogIn(): Promise<object>;
    finishLogIn(answer: unknown, visitor: Visitor): Promise<Account>;
    remove(accountId: string, id: string): Promise<void>;
  };
  tokens: {
    list(accountId: string): Promise<ApiToken[]>;
    /** The token stands in `secret` this once: `rias_…`. */
    create(account: Account, name: string, scopes: Scope[]): Promise<{ token: ApiToken; secret: string }>;
    revoke(accountId: string, id: string): Promise<void>;
    /** Whom a token speaks for, with its scopes; `undefined` for one that is none, was revoked, or whose account is disabled. */
    actorOf(secret: string): Promise<Actor | undefined>;
  };
}

/** How long a session lasts without being used, and at most (ms). */
export const SESSION_IDLE_MS = 14 * 24 * 3600 * 1000;
export const SESSION_LONGEST_MS = 60 * 24 * 3600 * 1000;
