import type { IncomingMessage, ServerResponse } from 'node:http';
import type { z } from 'zod';
import type { Account, Session } from '../accounts/accounts.ts';
import type { Actor } from '../model/permissions.ts';
import type { Language } from '../texts/languages.ts';
import type { StudioTexts } from '../texts/studio-texts.ts';
import type { FormFields } from './request/form.ts';
import type { Section } from './section.ts';
import type { Studio } from './studio.ts';

/**
 * Who may use a route. `anyone`: also somebody who is not logged in. `staff`: everybody who is. `own`: those
 * who may write for the show concerned. `publishers`: those who may publish for it. `editors`, `admins`:
 * these roles. `own` and `publishers` are decided where the subject is known: by `publishing`, which throws
 * `Refused('not-allowed')`.
 */
export type Access = 'anyone' | 'staff' | 'own' | 'publishers' | 'editors' | 'admins';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD' | 'OPTIONS';

/** One address of the staff's side. docs/security.md lists them all, and a test compares. */
export type Route = {
  method: Method;
  /** In Express's form: `/studio/drafts/:id`. */
  path: string;
  who: Access;
  /** Its purpose, for docs/security.md: a few English words. */
  about: string;
  /** It is for scripts and programs: its errors are JSON, and nobody is sent to the login page. */
  isForScripts?: boolean;
  handle: (studio: Studio, call: Call) => Promise<Reply>;
};

/** A request of staff, parsed. */
export type Call = {
  req: IncomingMessage;
  res: ServerResponse;
  /** The path as requested. */
  path: string;
  /** Who sent the request. Always present on a route that is not for `anyone`: see `requiredActor`. */
  actor: Actor | undefined;
  /** The account, if the request came from a logged-in browser. */
  account: Account | undefined;
  session: Session | undefined;
  /** Where it came from: the network address (by `TRUST_PROXY`), the browser's name. */
  visitor: { agent: string; address: string };
  language: Language;
  texts: StudioTexts;
  now: number;
  /** A part of the address, decoded. Throws `Refused('not-found')` where the route has none. */
  part(name: string): string;
  query(name: string): string | undefined;
  /** The fields of an urlencoded form; read once. Throws `Refused` when it is too large. */
  form(): Promise<FormFields>;
  /** The body as JSON that fits the schema. Throws `Refused('value-wrong')`. */
  json<T extends z.ZodType>(schema: T): Promise<z.output<T>>;
};

/** The answer of a handler. */
export type Reply =
  | {
      kind: 'page';
      /** The template in views/studio. */
      view: string;
      /** What it shows, besides the view helpers (`frame.ts`). */
      values: object;
      title: string;
      status?: number;
      /** The entry of the navigation that it belongs to. */
      section?: Section;
      /** The browser scripts (`assets.ts`) that it loads: `draft`, `account`. */
      scripts?: string[];
      cookies?: string[];
      /** A sentence above the page, announced to screen readers: something was done. */
      notice?: string;
      /** Without the studio's navigation: logging in. */
      bare?: boolean;
    }
  /** 303, with a notice of what was done, which the next page shows. */
  | { kind: 'redirect'; to: string; notice?: string; cookies?: string[] }
  | { kind: 'json'; value: unknown; status?: number; headers?: Record<string, string>; cookies?: string[] }
  /** The handler has written the answer itself: streams, uploads, events. */
  | { kind: 'done' };
