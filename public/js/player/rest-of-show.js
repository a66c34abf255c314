// @ts-check
import { enqueue } from './queue.js';
import { rowTracks } from './tracks.js';

/** Puts what is below an episode in its show's list last in the queue. @param {import('./engine.js').Track} track */
export async function enqueueRest(track) {
  const page = new URL(track.page, location.href);
  const show = page.pathname.split('/').slice(0, 3).join('/');
  const answer = await fetch(show + page.search).catch(() => undefined);
  if (!answer?.ok) return;
  const list = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const rows = [...list.querySelectorAll('.row')].map(rowTracks);
  const at = rows.findIndex((tracks) => tracks.some(({ page }) => page === track.page));
  enqueue(rows.slice(at + 1).flat(), false);
}
