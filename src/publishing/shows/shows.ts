import { isCoverName } from '../../model/file-kinds.ts';
import type { Actor } from '../../model/permissions.ts';
import { Refused } from '../../model/problem.ts';
import { addJournalEntry } from '../../records/journal.ts';
import type { PublishingContext } from '../context.ts';
import { keepAside } from '../data-files.ts';
import { refusalOfMachine, textHash } from '../folders/folders.ts';
import { assertMayManage } from '../permissions.ts';
import type { Publishing } from '../publishing.ts';
import { coverJpeg, refusedPicture } from '../writing/writing.ts';
import { renameShow } from './rename-show.ts';
import { saveSettings, settingsAt } from './save-settings.ts';
import { assertFreeShow, assertShow } from './show-rules.ts';

export { renameShowJob } from './rename-show.ts';

/** Returns what admins do with shows. */
export function showOperations(context: PublishingContext): Publishing['shows'] {
  return {
    async settings(actor, show) {
      assertMayManage(actor);
      await assertShow(context, show);
      return settingsAt(context, { key: show, file: 'show.md' });
    },

    async save(actor, show, hash, form, body) {
      assertMayManage(actor);
      const { guid, title } = await assertShow(context, show);
      const details = { title: form.title?.trim() || title };
      await saveSettings(
        context,
        { key: show, file: 'show.md' },
        {
          hash,
          form,
          body,
          by: actor,
          guid,
          pins: true,
          entry: { action: 'show-saved', subject: show, details },
        },
      );
    },

    async create(actor, slug, form, body) {
      assertMayManage(actor);
      await assertFreeShow(context, slug);
      const guid = crypto.randomUUID();
      const details = { title: form.title?.trim() ?? slug };
      const entry = { action: 'show-created', subject: slug, details };
      if (details.title === '') throw new Refused('title-missing');
      const place = { key: slug, file: 'show.md' } as const;
      await saveSettings(context, place, {
        hash: textHash(''),
        form,
        body,
        by: actor,
        guid,
        pins: true,
        entry,
      });
    },

    rename: (actor, show, slug) => renameShow(context, actor, show, slug),
    setCover: (actor, show, bytes) => setCover(context, actor, show, bytes),
  };
}

/** Replaces the cover of a show or of the station. The old cover is kept for a while. */
async function setCover(
  context: PublishingContext,
  actor: Actor,
  show: string | undefined,
  bytes: Uint8Array,
): Promise<void> {
  assertMayManage(actor);
  if (show !== undefined) await assertShow(context, show);
  const { archive, dataDir, records, now } = context;
  const key = show ?? '';
  const prefix = show === undefined ? '' : `${show}/`;
  const cover = await refusedPicture('cover', () => coverJpeg(bytes));
  const bundle = await archive.bundle(key);
  const old = (bundle?.files ?? []).filter(({ name, leadsOut }) => isCoverName(name) && !leadsOut);
  const id = crypto.randomUUID();
  try {
    for (const { name } of old) {
      const path = await archive.localPath(prefix + name);
      if (path !== undefined) await keepAside(dataDir, id, name, path);
    }
    await archive.write(`${prefix}cover.jpg`, cover);
    for (const { name } of old) if (name !== 'cover.jpg') await archive.remove(prefix + name);
  } catch (error) {
    throw refusalOfMachine(error);
  }
  await records.write((db) => addJournalEntry(db, now(), actor, { action: 'cover-replaced', subject: key }));
}

const PLACE = { key: '', file: 'station.md' } as const;
/** The station's versions are kept under this name instead of a guid, since there is one station. */
const VERSIONS = 'station';

/** Returns what admins do with the station itself. */
export function stationOperations(context: PublishingContext): Publishing['station'] {
  return {
    async settings(actor) {
      assertMayManage(actor);
      return settingsAt(context, PLACE);
    },
    async save(actor, hash, form, body) {
      assertMayManage(actor);
      const entry = { action: 'station-saved', subject: '' };
      await saveSettings(context, PLACE, { hash, form, body, by: actor, guid: VERSIONS, pins: false, entry });
    },
  };
}
