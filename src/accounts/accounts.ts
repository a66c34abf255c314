import type { Actor, Role, Scope } from '../model/permissions.ts';

export type Account = {
  id: string;
  email: string;
  name: string;
  role: Role;
  shows: string[];
  mayPublish: boolean;
  language: 'it' | 'en';
  /** Whether it has a password or a passkey, so that the invitation was used. */
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
 * Who may log in. Secrets are returned once, when they are made. Refusals are thrown as `Refused`.
 */
export interface Accounts {
  /** Whether there is none yet: the first start. */
  isEmpty(): Promise<boolean>;
  /**
   * Returns a token for making the first account; earlier ones become invalid. Throws `Refused` (`link-used`)
   * when there is an account.
   */
  firstLink(): Promise<string>;
  list(): Promise<Account[]>;
  get(id: string): Promise<Account | undefined>;
  byEmail(email: string): Promise<Account | undefined>;
  actorOf(account: Account, via: Actor['via']): Actor;
  /** Makes the account and a link with which to choose a password. */
  invite(actor: Actor, account: NewAccount): Promise<{ account: Account; token: string }>;
  change(actor: Actor, id: string, changes: Partial<NewAccount>): Promise<Account>;
  /** Ends its sessions, links and tokens; its work stays. Throws `Refused` (`last-admin`). */
  disable(actor: Actor, id: string): Promise<void>;
  enable(actor: Actor, id: string): Promise<void>;
  /** Returns a token for choosing another password; the present one works until then. */
  resetLink(actor: Actor, id: string): Promise<string>;
  /** Returns what a token is for; `undefined` when it is unknown, used or expired. The token stays valid. */
  purposeOf(token: string): Promise<LinkPurpose | undefined>;
  /**
   * Uses the token up: sets the password (and, for the first account, makes it, as admin), ends the account's
   * other sessions. Throws `Refused` (`link-used`, `password-short`, `password-common`, `email-wrong`); then
   * it can be tried again.
   */
  redeem(
    token: string,
    choice: { password: string; name?: string; email?: string; language?: 'it' | 'en' },
  ): Promise<Account>;

  /**
   * Throws `Refused`: `login-wrong` (whatever was wrong, in the same time), `login-throttled`.
   */
  logIn(email: string, password: string, visitor: Visitor): Promise<Account>;
  /**
   * Asks for the password again before a lasting change. Throws `Refused`: `password-wrong`,
   * `login-throttled`.
   */
  confirmPassword(account: Account, present: string): Promise<void>;
  /** Throws as `confirmPassword` does, and `Refused`: `password-short`, `password-common`. */
  changePassword(account: Account, present: string, next: string, keepSession: string): Promise<void>;
  /** Begins a session; returns the cookie's token. */
  beginSession(account: Account, visitor: Visitor): Promise<string>;
  /** Returns the account of a cookie's token if its session is valid, and marks the session as used. */
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
    /**
     * Returns the account and scopes of an API token; `undefined` when it is unknown or revoked, or its
     * account is disabled.
     */
    actorOf(secret: string): Promise<Actor | undefined>;
  };
}

/** How long a session lasts without being used, and at most (ms). */
export const SESSION_IDLE_MS = 14 * 24 * 3600 * 1000;
export const SESSION_LONGEST_MS = 60 * 24 * 3600 * 1000;
