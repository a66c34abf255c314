// @ts-check
import { ask, download } from './saved-download.js';
import { savingUnderWay } from './saved-saving.js';
import { forgetSaved, readAllSaved, readSaved, writeSaved } from './saved-store.js';

/** @import { SavedEpisode } from './saved-store.js' */

/** How long what was asked about once is left in peace (ms). */
const PATIENCE = 60 * 60 * 1000;

let asking = false;

/**
 * Asks about each saved episode whether it is still there and still the same: what was withdrawn goes, what changed is
 * fetched anew. Without a network nothing happens. `now`: those, too, that were asked about a moment ago.
 * @param {{ now?: boolean }} [options]
 */
export async function checkSaved({ now = false } = {}) {
  if (asking) return;
  asking = true;
  try {
    for (const record of await readAllSaved()) {
      const isDue = now || Date.now() - record.checkedAt > PATIENCE;
      if (isDue && record.done && !savingUnderWay(record.address)) await check(record);
    }
  } catch {
    // No network, or not enough room: what is saved stays as it is.
  } finally {
    asking = false;
  }
}

/** @param {SavedEpisode} record */
async function check({ page, address, etag, sounds, files }) {
  // A waveform that was not drawn yet when it was saved is nothing that the page's own version tells of.
  const isWhole = etag !== '' && sounds.every(({ src }) => files.includes(`${src}.peaks`));
  const response = await ask(address, { headers: isWhole ? { 'If-None-Match': etag } : {} });
  if (response.status === 410) {
    await forgetSaved(page);
    return;
  }
  // It may have been removed meanwhile.
  const record = await readSaved(page);
  if (record === undefined) return;
  if (response.status !== 200) {
    if (response.status === 304) await writeSaved({ ...record, checkedAt: Date.now() });
    return;
  }
  if (wantsToSpare()) {
    await writeSaved({ ...record, checkedAt: Date.now(), outdated: true });
    return;
  }
  const { signal } = new AbortController();
  const fresh = await download(address, { signal, response });
  // It moved, and is saved at its new address now.
  if (fresh.page !== page) await forgetSaved(page);
}

/** Whether the visitor asked their browser to load as little as it can. Not all browsers tell. */
function wantsToSpare() {
  const connection = 'connection' in navigator ? navigator.connection : undefined;
  return (
    typeof connection === 'object' &&
    connection !== null &&
    'saveData' in connection &&
    connection.saveData === true
  );
}
