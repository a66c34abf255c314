import type { Fault } from '../../model/fault.ts';
import { FrontMatterBroken, withKeys } from '../../model/front-matter/front-matter.ts';
import { readShowFile } from '../../model/front-matter/show-file.ts';
import { readStationFile } from '../../model/front-matter/station-file.ts';
import { Refused } from '../../model/problem.ts';
import { addJournalEntry, type JournalActor, type NewJournalEntry } from '../../records/journal.ts';
import type { PublishingContext } from '../context.ts';
import { type FolderText, keepVersion, readFolder, trimArticle, writeTextOver } from '../folders/folders.ts';
import type { SettingsForm } from '../publishing.ts';
import { withArticle, wrongValueOfFault } from '../writing/writing.ts';
import { changesIn, parseSettingsForm, SHOW_FIELDS, STATION_FIELDS } from './settings-form.ts';

/** A file of settings: the station's (key `''`), or a show's. */
export type SettingsPlace = { key: string; file: 'show.md' | 'station.md' };

const readings = { 'show.md': readShowFile, 'station.md': readStationFile };
const fields = { 'show.md': SHOW_FIELDS, 'station.md': STATION_FIELDS };

/** Returns a file of settings as a form. Throws `Refused`: `not-found`, `value-wrong`. */
export async function settingsAt(
  context: PublishingContext,
  { key, file }: SettingsPlace,
): Promise<{ form: SettingsForm; body: string; hash: string }> {
  const folder = await readFolder(context.archive, key, file);
  if (folder === undefined) throw new Refused('not-found');
  const { body } = readings[file](folder.text, key);
  return {
    form: readable(() => parseSettingsForm(folder.text, fields[file])),
    body: trimArticle(body),
    hash: folder.hash,
  };
}

export type SettingsChange = {
  hash: string;
  form: SettingsForm;
  body: string;
  by: JournalActor;
  /** The guid under which versions are kept; `pins`: whether it is written into the file. */
  guid: string;
  pins: boolean;
  entry: NewJournalEntry;
};

/**
 * Saves a form over the file that it was made from; unchanged bytes stay as they are. Throws `Refused`:
 * `folder-changed`, `value-wrong`, `title-missing`, `disk-full`, `folder-read-only`.
 */
export async function saveSettings(
  context: PublishingContext,
  place: SettingsPlace,
  change: SettingsChange,
): Promise<void> {
  const { key, file } = place;
  const { hash, form, body, by, guid, pins, entry } = change;
  const folder = await readFolder(context.archive, key, file);
  const before = folder?.text ?? '';
  const text = readable(() => changedText(before, place, form, body, pins ? { guid } : {}));
  assertRight(text, before, place);
  if (form.title !== undefined && form.title.trim() === '') throw new Refused('title-missing');
  if (text === before && hash === folder?.hash) return;
  await writeTextOver(context, { ...place, hash }, text);
  await context.records.write(async (db) => {
    const at = context.now();
    if (before !== '')
      await keepVersion(db, { guid, text: before, at: changedAt(folder, at), reason: 'folder' });
    await keepVersion(db, { guid, text, at, by, reason: by.via });
    await addJournalEntry(db, at, by, entry);
  });
}

const changedAt = (folder: FolderText | undefined, now: number): number =>
  Math.min(now, Math.round(folder?.modifiedAt ?? now));

function changedText(
  before: string,
  { key, file }: SettingsPlace,
  form: SettingsForm,
  body: string,
  pinned: { guid?: string },
): string {
  const text = withKeys(before, { ...changesIn(before, form, fields[file]), ...pinned });
  const isSame = trimArticle(body) === trimArticle(readings[file](before, key).body);
  return isSame ? text : withArticle(text, body);
}

function readable<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof FrontMatterBroken)) throw error;
    throw new Refused('value-wrong', { field: 'yaml', reason: error.message }, { cause: error });
  }
}

function assertRight(text: string, before: string, { key, file }: SettingsPlace): void {
  const known = new Set(readings[file](before, key).faults.map(named));
  const fault = readings[file](text, key).faults.find((one) => !known.has(named(one)));
  if (fault !== undefined) throw new Refused('value-wrong', wrongValueOfFault(fault));
}

const named = ({ code, values }: Fault): string => `${code} ${values.key} ${values.value}`;
