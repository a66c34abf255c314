// @ts-check
import { RiascoltaPlayer } from './player.js';

/** @param {Element} link @returns {{ segment: number, start: number }} */
const momentOf = (link) => ({
  segment: Number(link.getAttribute('data-segment')),
  start: Number(link.getAttribute('data-start')),
});

/** @param {number} segment @returns {RiascoltaPlayer | undefined} */
function playerOf(segment) {
  const found = document.querySelector(`riascolta-player[id][data-segment="${segment}"]`);
  return found instanceof RiascoltaPlayer ? found : undefined;
}

const moments = [...document.querySelectorAll('a[data-start]')];

// A moment plays in its player; without one, or when a new tab is asked for, the link goes to the audio itself.
document.addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest('a[data-start]') : null;
  if (!link || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const { segment, start } = momentOf(link);
  const player = playerOf(segment);
  if (!player) return;
  event.preventDefault();
  player.playFrom(start);
});

/** What is marked now, so that the page is touched only when that changes. */
let marked = '';

// The passage and the chapter that sound now. Media events do not bubble, but they can be captured.
document.addEventListener(
  'timeupdate',
  (event) => {
    const player = event.target instanceof Element ? event.target.closest('riascolta-player') : null;
    if (!(player instanceof RiascoltaPlayer) || !player.id) return;
    mark(Number(player.dataset.segment), player.place);
  },
  true,
);

/** @param {number} segment @param {number} place */
function mark(segment, place) {
  const chapter = latest(
    moments.filter((link) => link.closest('.chapters')),
    segment,
    place,
  );
  const passage = latest(
    moments.filter((link) => link.closest('.article')),
    segment,
    place,
  );
  const key = `${moments.indexOf(chapter ?? document.body)} ${moments.indexOf(passage ?? document.body)}`;
  if (key === marked) return;
  marked = key;
  for (const link of moments) link.removeAttribute('aria-current');
  for (const block of document.querySelectorAll('.is-sounding')) block.classList.remove('is-sounding');
  chapter?.setAttribute('aria-current', 'true');
  passage?.closest('p, li, blockquote')?.classList.add('is-sounding');
}

/** @param {Element[]} links @param {number} segment @param {number} place @returns {Element | undefined} */
function latest(links, segment, place) {
  return links
    .filter((link) => momentOf(link).segment === segment && momentOf(link).start <= place + 0.25)
    .sort((one, other) => momentOf(one).start - momentOf(other).start)
    .at(-1);
}

// An address with a moment in it (`?t=252`, `?segment=2&t=252`) opens there; browsers let nobody play unasked.
const asked = new URLSearchParams(location.search);
const seconds = Number(asked.get('t') ?? Number.NaN);
if (seconds >= 0) {
  const segment = Math.max(0, Number(asked.get('segment') ?? 1) - 1);
  const player = playerOf(segment);
  player?.seek(seconds);
  player?.classList.add('is-current');
  mark(segment, seconds);
}
