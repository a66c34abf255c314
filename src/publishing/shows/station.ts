import type { PublishingContext } from '../context.ts';
import { assertMayManage } from '../permissions.ts';
import type { Publishing } from '../publishing.ts';
import { saveSettings, settingsAt } from './save-settings.ts';

const PLACE = { key: '', file: 'station.md' } as const;
/** The station's versions are kept under this instead of a guid: there is one station. */
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
