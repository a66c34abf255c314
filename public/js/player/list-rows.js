// @ts-check

import { onPage } from '../page.js';
import { engine } from './engine.js';
import { enqueue } from './queue.js';
import { rowTracks } from './tracks.js';

document.addEventListener('click', (event) => {
  const button = event.target instanceof Element ? event.target.closest('.row-play, [data-row]') : null;
  if (!button || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
    return;
  const tracks = rowTracks(button.closest('.row'));
  const [track, ...after] = tracks;
  if (!track) return;
  event.preventDefault();
  const act = button.getAttribute('data-row');
  if (!act) {
    if (tracks.some((each) => engine.has(each))) engine.toggle();
    else engine.load({ ...track, after }, { play: true });
    return;
  }
  if (act === 'rest') void import('./rest-of-show.js').then(({ enqueueRest }) => enqueueRest(track));
  else enqueue(tracks, act === 'next');
  const menu = button.closest('details.menu');
  menu?.removeAttribute('open');
  menu?.querySelector('summary')?.focus();
});

function mark() {
  for (const row of document.querySelectorAll('.row')) {
    const isPlaying = engine.playing && rowTracks(row).some((track) => engine.has(track));
    row.querySelector('.row-play')?.classList.toggle('is-playing', isPlaying);
  }
}
onPage(mark);
engine.addEventListener('state', mark);
