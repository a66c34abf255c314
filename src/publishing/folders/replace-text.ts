import { machineProblem } from '../../archive/machine-problem.ts';
import { Refused } from '../../model/problem.ts';
import { addJournalEntry, type JournalActor, type NewJournalEntry } from '../../records/journal.ts';
import type { Db } from '../../records/records.ts';
import type { PublishingContext } from '../context.ts';
import { findDraft, readDraftFolder } from '../drafts/drafts.ts';
import { type EpisodeFolder, noteNewText } from './episode-folder.ts';
import { readFolder, type TextFile, textHash, writeText } from './folder-text.ts';

/** Throws `Refused` (`episode-busy`) while a draft is being written into the episode's folder. */
export async function assertIdle({ records }: PublishingContext, episode: string): Promise<void> {
  const draft = await findDraft(records.db, { episode });
  if (draft !== undefined && (await readDraftFolder(records.db, draft.id)).isWriting)
    throw new Refused('episode-busy');
}

export type TextChange = {
  text: string;
  by: JournalActor;
  entry: NewJournalEntry;
  reason?: 'restore';
  /** A draft of the episode continues from the new text, since nothing that it contains has changed. */
  keepsDraft: boolean;
};

/**
 * Writes another text into an episode's folder and keeps the old and the new one as versions. Throws
 * `Refused`: `episode-busy`, `folder-changed` when it is no longer as `before` has it, `disk-full`,
 * `folder-read-only`.
 */
export async function replaceText(
  context: PublishingContext,
  before: EpisodeFolder,
  change: TextChange,
): Promise<void> {
  const { key, hash } = before;
  const { text, by, entry, reason, keepsDraft } = change;
  if (text === before.text) return;
  await assertIdle(context, key);
  await writeTextOver(context, { key, file: 'episode.md', hash }, text);
  await context.records.write(async (db) => {
    await noteNewText(db, before, { text, by, at: context.now(), reason });
    if (keepsDraft) await rebaseDraftText(db, key, hash, textHash(text));
    await addJournalEntry(db, context.now(), by, entry);
  });
}

/**
 * Writes a text over one that has this hash. Throws `Refused`: `folder-changed`, `disk-full`,
 * `folder-read-only`.
 */
export async function writeTextOver(
  { archive }: PublishingContext,
  { key, file, hash }: { key: string; file: TextFile; hash: string },
  text: string,
): Promise<void> {
  const present = await readFolder(archive, key, file);
  if ((present?.hash ?? textHash('')) !== hash)
    throw new Refused('folder-changed', { file: key === '' ? file : `${key}/${file}` });
  try {
    await writeText(archive, key, file, text);
  } catch (error) {
    throw refusalOfMachine(error);
  }
}

/** Returns `Refused` for a problem of the machine, and any other error as it is. */
export function refusalOfMachine(error: unknown): unknown {
  const problem = machineProblem(error);
  return problem === undefined ? error : new Refused(problem.code, problem.values, { cause: error });
}

/** Rebases a draft from one text to another. */
export async function rebaseDraftText(db: Db, episode: string, from: string, to: string): Promise<void> {
  await db
    .updateTable('drafts')
    .set({ base: to })
    .where('episode', '=', episode)
    .where('base', '=', from)
    .execute();
}
