import type { Room } from '../context.ts';
import { assertMayManage } from '../permissions.ts';
import type { Publishing } from '../publishing.ts';
import { saveSettings, settingsAt } from './save-settings.ts';

const PLACE = { key: '', file: 'station.md' } as const;
/** The station's versions are kept under this instead of a guid: there is one station. */
const VERSIONS = 'station';

/** Returns what admins do with the station itself. */
export function stationOf(room: Room): Publishing['station'] {
  return {
    async settings(actor) {
      assertMayManage(actor);
      return settingsAt(room, PLACE);
    },
    async save(actor, hash, form, body) {
      assertMayManage(actor);
      const entry = { action: 'station-saved', subject: '' };
      await saveSettings(room, PLACE, { hash, form, body, by: actor, guid: VERSIONS, pins: false, entry });
    },
  };
}
