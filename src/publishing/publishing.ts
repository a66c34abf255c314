import type { Episode, EpisodeStatus } from '../model/episode.ts';
import type { Actor } from '../model/permissions.ts';
import type { Show } from '../model/show.ts';
import type { Cue } from '../model/transcript.ts';
import type { Draft, DraftCard, DraftContent, IntendedAction } from './drafts/drafts.ts';

/** A text that an episode, a show or the station had. `changes`: how it differs from the one before. */
export type Version = { id: number; at: number; byName: string; reason: string; hash: string };

/** An episode as a draft would make it. `pictures`: by the id of a picture, the file of the draft that it is. */
export type Preview = {
  episode: Episode;
  show: Show;
  pictures: Map<string, string>;
  /** What is said in each segment that has a transcript, by its position. */
  cues: Map<number, Cue[]>;
};

/** A run of lines or words, as it is in both, or in one alone. */
export type DiffPart = { text: string; in: 'both' | 'old' | 'new' };

/** Two texts that want to be the same: the one that is saved, and the one that came too late. */
export type Conflict = { draft: Draft; mine: DraftContent; byName: string };

export type BinEntry = {
  id: string;
  episode: string;
  title: string;
  byName: string;
  removedAt: number;
  /** When it goes for good (milliseconds since 1970). */
  until: number;
  bytes: number;
};

export type JournalEntry = {
  id: number;
  at: number;
  byName: string;
  via: Actor['via'];
  action: string;
  subject: string;
  details: Record<string, string>;
};

/** The settings of a show or the station that staff edit; every value as its file has it, '' for none. */
export type SettingsForm = Record<string, string>;

/**
 * What staff do, whatever the door. Each says no by throwing `Refused` (`not-allowed`, `not-found`, …), writes the journal,
 * and leaves everything as it was when it fails. What takes long is a job, whose id is returned.
 */
export interface Publishing {
  drafts: {
    create(actor: Actor, content?: Partial<DraftContent>): Promise<Draft>;
    /** The draft of a folder: the one under way, or a new one of what the folder says. */
    open(actor: Actor, episode: string): Promise<Draft>;
    get(actor: Actor, id: string): Promise<Draft>;
    /**
     * Saves the content over `revision`. Throws `DraftConflict` when somebody saved since: then both texts are kept (the
     * late one as a version).
     */
    save(actor: Actor, id: string, revision: number, content: DraftContent): Promise<Draft>;
    /** Newest first; those that the actor may write for. */
    list(
      actor: Actor,
      filter?: { mine?: boolean; text?: string; intent?: IntendedAction; limit?: number },
    ): Promise<DraftCard[]>;
    /** Throws the draft away with its uploads; the folder stays as it is. */
    discard(actor: Actor, id: string): Promise<void>;
    /** From now on the episode is published (handed in, saved as a folder) as soon as all is ready. */
    submit(actor: Actor, id: string, revision: number, action: IntendedAction): Promise<Draft>;
    /** Takes that back, unless it has happened. */
    hold(actor: Actor, id: string): Promise<Draft>;
    /** After `folder-changed`: goes on from the folder's text of now, keeping the draft's own content. */
    rebase(actor: Actor, id: string): Promise<Draft>;
    /** What the folder says now, as a draft would have it; for showing both. */
    folderContent(actor: Actor, id: string): Promise<DraftContent | undefined>;
    /** The episode as it would be, with its show. Its slug is `preview-<id>`; files lie at `localFile`. */
    preview(actor: Actor, id: string): Promise<Preview>;
    /** Where a file of the draft lies on this machine's disk: in an upload, or in the folder. */
    localFile(actor: Actor, id: string, file: string): Promise<string | undefined>;
  };
  episodes: {
    /** Publishes, holds back or hands in an episode by its status alone. */
    setStatus(actor: Actor, episode: string, status: Exclude<EpisodeStatus, 'withdrawn'>): Promise<void>;
    /** Audio, text, transcripts, peaks, versions, drafts, uploads: all gone, for good. */
    withdraw(actor: Actor, episode: string): Promise<number>;
    bin(actor: Actor, episode: string): Promise<number>;
    /** To another show; the old address redirects. Throws `FeedWouldBreak` with the list. */
    move(actor: Actor, episode: string, show: string): Promise<number>;
    versions(actor: Actor, episode: string): Promise<Version[]>;
    /** How a version differs from the text of now (or from another version), by words. */
    difference(actor: Actor, episode: string, from: number, to?: number): Promise<DiffPart[]>;
    /** Writes an earlier text back; the present one becomes a version. */
    restoreVersion(actor: Actor, episode: string, version: number): Promise<void>;
  };
  bin: {
    list(actor: Actor): Promise<BinEntry[]>;
    restore(actor: Actor, id: string): Promise<number>;
    /** Empties what is older than thirty days. */
    expire(now: number): Promise<void>;
  };
  shows: {
    settings(actor: Actor, show: string): Promise<{ form: SettingsForm; body: string; hash: string }>;
    save(actor: Actor, show: string, hash: string, form: SettingsForm, body: string): Promise<void>;
    create(actor: Actor, slug: string, form: SettingsForm, body: string): Promise<void>;
    /** Gives the show another folder name, and thus address. Throws `FeedWouldBreak`. */
    rename(actor: Actor, show: string, slug: string): Promise<number>;
    setCover(actor: Actor, show: string | undefined, bytes: Uint8Array): Promise<void>;
  };
  station: {
    settings(actor: Actor): Promise<{ form: SettingsForm; body: string; hash: string }>;
    save(actor: Actor, hash: string, form: SettingsForm, body: string): Promise<void>;
  };
  journal: {
    add(actor: Actor, action: string, subject: string, details?: Record<string, string>): Promise<void>;
    list(actor: Actor, page: { before?: number; limit: number; subject?: string }): Promise<JournalEntry[]>;
  };
}

/** Somebody saved the draft since the text that comes now was begun. Both are kept. */
export class DraftConflict extends Error {
  override name = 'DraftConflict';
  readonly conflict: Conflict;
  constructor(conflict: Conflict) {
    super(`${conflict.byName} saved before`);
    this.conflict = conflict;
  }
}
