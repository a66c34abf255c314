import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** The tables, as `tables.ts` describes them. */
const TABLES = `
create table accounts (
  id text primary key, email text not null unique, name text not null, role text not null,
  may_publish integer not null, language text not null, password text, created_at integer not null,
  disabled_at integer);
create table account_shows (
  account_id text not null references accounts (id) on delete cascade, show text not null,
  primary key (account_id, show)) without rowid;
create table sessions (
  id text primary key, account_id text not null references accounts (id) on delete cascade,
  created_at integer not null, seen_at integer not null, agent text not null, address text not null);
create index sessions_by_account on sessions (account_id);
create table passkeys (
  id text primary key, account_id text not null references accounts (id) on delete cascade, name text not null,
  public_key blob not null, counter integer not null, transports_json text not null, created_at integer not null,
  used_at integer);
create index passkeys_by_account on passkeys (account_id);
create table challenges (challenge text primary key, account_id text, expires_at integer not null);
create table one_time_links (
  id text primary key, kind text not null, account_id text references accounts (id) on delete cascade,
  created_at integer not null, expires_at integer not null);
create table api_tokens (
  id text primary key, account_id text not null references accounts (id) on delete cascade, name text not null,
  secret text not null unique, scopes_json text not null, created_at integer not null, used_at integer,
  revoked_at integer);
create table login_failures (subject text primary key, count integer not null, last_at integer not null);

create table drafts (
  id text primary key, revision integer not null, content_json text not null, show text not null,
  title text not null, episode text unique, base text, owner_id text not null, owner_name text not null,
  created_at integer not null, updated_at integer not null, updated_by text not null,
  updated_by_name text not null, intent_json text, problem_json text);
create index drafts_by_time on drafts (updated_at);
create table uploads (
  id text primary key, draft_id text not null, owner_id text not null, name text not null, bytes integer not null,
  received integer not null, kind text not null, state text not null, facts_json text, problem_json text,
  created_at integer not null, updated_at integer not null, finished_at integer);
create index uploads_by_draft on uploads (draft_id);
create table jobs (
  id integer primary key, kind text not null, subject text not null, payload_json text not null,
  state text not null, stage text not null, progress real not null, attempts integer not null,
  due_at integer not null, lease_until integer, lease_by text, created_at integer not null, started_at integer,
  finished_at integer, problem_json text, result_json text);
create unique index jobs_under_way on jobs (kind, subject) where state in ('waiting', 'running');
create index jobs_by_subject on jobs (subject);
create table locks (
  name text primary key, holder text not null, until integer not null, release_asked integer not null);

create table versions (
  id integer primary key, guid text not null, at integer not null, by_id text, by_name text not null,
  reason text not null, hash text not null, text text not null);
create index versions_by_guid on versions (guid, at);
create table journal (
  id integer primary key, at integer not null, by_id text, by_name text not null, via text not null,
  action text not null, subject text not null, details_json text not null);
create index journal_by_subject on journal (subject);
create table bin (
  id text primary key, episode text not null, title text not null, guid text not null, by_name text not null,
  removed_at integer not null, bytes integer not null, state text not null);
create table spent_guids (guid text primary key, at integer not null);
create table crawler_reads (
  app text not null, feed text not null, at integer not null, status integer not null,
  primary key (app, feed)) without rowid;
create table facts (name text primary key, value text not null);`;

export const first: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of TABLES.split(';')) {
      if (statement.trim() !== '') await sql.raw(statement).execute(db);
    }
  },
};
