import type { Episode, EpisodeStatus } from '../model/episode.ts';
import type { Actor } from '../model/permissions.ts';
import type { Show } from '../model/show.ts';
import type { Cue } from '../model/transcript.ts';
import type { Draft, DraftCard, DraftContent, IntendedAction } from './drafts/drafts.ts';

/** A text that an episode, a show or the station had. `changes`: how it differs from the one before. */
export type Version = { id: number; at: number; byName: string; reason: string; hash: string };

/** The episode that a draft would become. `pictures`: the draft's file for each picture's id. */
export type Preview = {
  episode: Episode;
  show: Show;
  pictures: Map<string, string>;
  /** What is said in each segment that has a transcript, by its position. */
  cues: Map<number, Cue[]>;
};

/** A run of lines or words that is in both texts, or in one alone. */
export type DiffPart = { text: string; in: 'both' | 'old' | 'new' };

/** The two sides of a conflict: the draft as saved, and the content that came too late. */
export type Conflict = { draft: Draft; mine: DraftContent; byName: string };

export type BinEntry = {
  id: string;
  episode: string;
  title: string;
  byName: string;
  removedAt: number;
  /** When it is removed for good (milliseconds since 1970). */
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
 * The use cases of staff, the same for pages and API. Each refuses by throwing `Refused` (`not-allowed`,
 * `not-found`, …), writes the journal, and changes nothing when it fails. Long work is a job, whose id is
 * returned.
 */
export interface Publishing {
  drafts: {
    create(actor: Actor, content?: Partial<DraftContent>): Promise<Draft>;
    /** Returns the draft of a folder: the present one, or a new one with the folder's content. */
    open(actor: Actor, episode: string): Promise<Draft>;
    get(actor: Actor, id: string): Promise<Draft>;
    /**
     * Saves the content over `revision`. Throws `DraftConflict` when somebody has saved since; both texts are
     * kept then, the late one as a version.
     */
    save(actor: Actor, id: string, revision: number, content: DraftContent): Promise<Draft>;
    /** Returns the drafts that the actor may see, newest first. */
    list(
      actor: Actor,
      filter?: { mine?: boolean; text?: string; intent?: IntendedAction; limit?: number },
    ): Promise<DraftCard[]>;
    /** Deletes the draft with its uploads; the folder stays as it is. */
    discard(actor: Actor, id: string): Promise<void>;
    /** Sets the draft's intent: it is published, handed in or saved as a folder as soon as all is ready. */
    submit(actor: Actor, id: string, revision: number, action: IntendedAction): Promise<Draft>;
    /** Takes the intent back, unless it has been carried out. */
    hold(actor: Actor, id: string): Promise<Draft>;
    /**
     * Rebases the draft after `folder-changed` on the folder's present text, keeping the draft's own content.
     */
    rebase(actor: Actor, id: string): Promise<Draft>;
    /** Returns the folder's present content in the form of a draft's, for showing both. */
    folderContent(actor: Actor, id: string): Promise<DraftContent | undefined>;
    /**
     * Returns the episode that the draft would become, with its show. Its slug is `preview-<id>`; `localFile`
     * finds its files.
     */
    preview(actor: Actor, id: string): Promise<Preview>;
    /** Returns the path of a file of the draft on this machine's disk: in an upload, or in the folder. */
    localFile(actor: Actor, id: string, file: string): Promise<string | undefined>;
  };
  episodes: {
    /** Publishes, holds back or hands in an episode by its status alone. */
    setStatus(actor: Actor, episode: string, status: Exclude<EpisodeStatus, 'withdrawn'>): Promise<void>;
    /** Removes audio, text, transcripts, peaks, versions, drafts and uploads, for good. */
    withdraw(actor: Actor, episode: string): Promise<number>;
    bin(actor: Actor, episode: string): Promise<number>;
    /**
     * Moves the episode to another show; the old address redirects. Throws `FeedWouldBreak` with the list.
     */
    move(actor: Actor, episode: string, show: string): Promise<number>;
    versions(actor: Actor, episode: string): Promise<Version[]>;
    /** Returns how a version differs from the present text, or from another version, by words. */
    difference(actor: Actor, episode: string, from: number, to?: number): Promise<DiffPart[]>;
    /** Writes an earlier text back; the present one becomes a version. */
    restoreVersion(actor: Actor, episode: string, version: number): Promise<void>;
  };
  bin: {
    list(actor: Actor): Promise<BinEntry[]>;
    restore(actor: Actor, id: string): Promise<number>;
    /** Removes what is older than thirty days. */
    expire(now: number): Promise<void>;
  };
  shows: {
    settings(actor: Actor, show: string): Promise<{ form: SettingsForm; body: string; hash: string }>;
    save(actor: Actor, show: string, hash: string, form: SettingsForm, body: string): Promise<void>;
    create(actor: Actor, slug: string, form: SettingsForm, body: string): Promise<void>;
    /** Gives the show another folder name, and with it another address. Throws `FeedWouldBreak`. */
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

/** Somebody else saved the draft after this content was begun. Both are kept. */
export class DraftConflict extends Error {
  override name = 'DraftConflict';
  readonly conflict: Conflict;
  constructor(conflict: Conflict) {
    super(`${conflict.byName} saved before`);
    this.conflict = conflict;
  }
}
