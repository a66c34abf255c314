import type { Generated } from 'kysely';

/**
 * The tables of what the folders cannot hold. Times are milliseconds since 1970. Ids are UUIDs unless
 * something else is said. Secrets are stored only as SHA-256 in hex. A column that ends in `_json` holds JSON
 * text, which a schema parses when it is read.
 */
export type RecordsTables = {
  accounts: {
    id: string;
    /** The name for logging in: lower case, unique. */
    email: string;
    name: string;
    role: 'admin' | 'editor' | 'contributor';
    /** Contributors only: whether they may publish, or hand in for review (0 or 1). */
    may_publish: number;
    language: 'it' | 'en';
    /** Argon2id in PHC form; null until the invitation is accepted. */
    password: string | null;
    created_at: number;
    disabled_at: number | null;
  };
  /** A contributor's shows. */
  account_shows: { account_id: string; show: string };
  sessions: {
    /** SHA-256 of the cookie's token. */
    id: string;
    account_id: string;
    created_at: number;
    seen_at: number;
    /** The browser's name for itself, shortened. */
    agent: string;
    address: string;
  };
  passkeys: {
    /** The credential's id, base64url. */
    id: string;
    account_id: string;
    name: string;
    public_key: Uint8Array;
    counter: number;
    transports_json: string;
    created_at: number;
    used_at: number | null;
  };
  /** Challenges for passkeys; each is used once. */
  challenges: { challenge: string; account_id: string | null; expires_at: number };
  one_time_links: {
    /** SHA-256 of the link's token. */
    id: string;
    kind: 'first' | 'invitation' | 'reset';
    account_id: string | null;
    created_at: number;
    expires_at: number;
  };
  api_tokens: {
    id: string;
    account_id: string;
    name: string;
    /** SHA-256 of the token. */
    secret: string;
    scopes_json: string;
    created_at: number;
    used_at: number | null;
    revoked_at: number | null;
  };
  /** Failed logins, counted by subject: a hashed e-mail address, an account's id, or a network address. */
  login_failures: { subject: string; count: number; last_at: number };

  drafts: {
    id: string;
    revision: number;
    content_json: string;
    /** The show in the content, for lists. */
    show: string;
    title: string;
    /** The episode's folder, once it exists. A folder has at most one draft. */
    episode: string | null;
    /** SHA-256 of the episode.md that the draft began from, or that was last written from it. */
    base: string | null;
    owner_id: string;
    owner_name: string;
    created_at: number;
    updated_at: number;
    updated_by: string;
    updated_by_name: string;
    /** What is to happen as soon as every upload is ready. */
    intent_json: string | null;
    /** Why the intent was not carried out. */
    problem_json: string | null;
  };
  uploads: {
    id: string;
    draft_id: string;
    owner_id: string;
    name: string;
    bytes: number;
    received: number;
    kind: 'audio' | 'picture' | 'transcript' | 'chapters' | 'unknown';
    state: 'arriving' | 'waiting' | 'working' | 'ready' | 'refused' | 'cancelled';
    facts_json: string | null;
    problem_json: string | null;
    created_at: number;
    updated_at: number;
    finished_at: number | null;
  };
  jobs: {
    id: Generated<number>;
    kind: string;
    /**
     * The draft, upload, episode or show of the job. Only one job of a kind and subject waits or runs at a
     * time.
     */
    subject: string;
    payload_json: string;
    state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';
    stage: string;
    /** 0 to 1. */
    progress: number;
    attempts: number;
    /** The job does not start before this time. */
    due_at: number;
    /** While the job runs: the time until which its runner counts as alive. */
    lease_until: number | null;
    lease_by: string | null;
    created_at: number;
    started_at: number | null;
    finished_at: number | null;
    problem_json: string | null;
    result_json: string | null;
  };
  /** Locks that hold across processes, for as long as they are renewed. */
  locks: { name: string; holder: string; until: number; release_asked: number };

  /** Every text that an episode.md, show.md or station.md had, as far as the studio saw it. */
  versions: {
    id: Generated<number>;
    /** The episode's guid, the show's, or `station`. */
    guid: string;
    at: number;
    by_id: string | null;
    by_name: string;
    /** `studio`, `api`, `folder` (by hand), `conflict` (a text that lost), … */
    reason: string;
    hash: string;
    text: string;
  };
  journal: {
    id: Generated<number>;
    at: number;
    by_id: string | null;
    by_name: string;
    via: 'studio' | 'api' | 'command' | 'system';
    action: string;
    /** The bundle's key, the account's id, … */
    subject: string;
    details_json: string;
  };
  bin: {
    id: string;
    /** The key that the episode had. */
    episode: string;
    title: string;
    guid: string;
    by_name: string;
    removed_at: number;
    bytes: number;
    state: 'going' | 'there' | 'returning';
  };
  /** Guids that must never be given again. */
  spent_guids: { guid: string; at: number };
  /**
   * The outbox of episodes that became public: one row for each guid, ever. Whatever others have to be told
   * of starts from it. No row says where the episode lies, so a withdrawn episode leaves nothing but its
   * guid.
   */
  outbox: {
    guid: string;
    /**
     * The episode's time by its folder; long before `noticed_at` for an episode that came from an archive.
     */
    published_at: number;
    noticed_at: number;
    /**
     * When all who had to be told had been told. Episodes that were public before the outbox count as told.
     */
    told_at: number | null;
  };
  /** When an app's crawler last read a feed. No listener's data: known crawlers only. */
  crawler_reads: { app: string; feed: string; at: number; status: number };
  /** Single values: `public-url`, `disk-history`, … */
  facts: { name: string; value: string };
};
