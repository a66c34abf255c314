// @ts-check
// The lock screen, the headset's keys, the keyboard's media keys (w3.org/TR/mediasession).
import { deck } from './deck.js';
import { goOn, hasNext } from './queue.js';

const session = 'mediaSession' in navigator ? navigator.mediaSession : undefined;

/** @param {1 | -1} way */
function chapter(way) {
  const starts = deck.track?.chapters?.map(({ start }) => start) ?? [];
  const to =
    way > 0
      ? starts.find((start) => start > deck.place + 0.5)
      : starts.findLast((start) => start < deck.place - 3);
  if (to !== undefined) deck.seek(to);
  else if (way > 0 && hasNext()) goOn();
  else if (way < 0) deck.seek(0);
}

function describe() {
  const { track } = deck;
  if (!session || !track) return;
  const sizes = track.picture.match(/(\d+)\.\w+$/)?.[1];
  session.metadata = new MediaMetadata({
    title: track.title,
    artist: track.show,
    artwork: track.picture ? [{ src: track.picture, ...(sizes ? { sizes: `${sizes}x${sizes}` } : {}) }] : [],
  });
}

function place() {
  if (!session) return;
  session.playbackState = !deck.track ? 'none' : deck.playing ? 'playing' : 'paused';
  if (!deck.track || deck.audio.readyState === 0) return;
  session.setPositionState?.({
    duration: deck.length,
    position: Math.min(deck.place, deck.length),
    playbackRate: deck.audio.playbackRate || 1,
  });
}

/** @type {[MediaSessionAction, MediaSessionActionHandler][]} */
const actions = [
  ['play', () => deck.play()],
  ['pause', () => deck.pause()],
  ['stop', () => deck.close()],
  ['seekbackward', ({ seekOffset }) => deck.seek(deck.place - (seekOffset || 15))],
  ['seekforward', ({ seekOffset }) => deck.seek(deck.place + (seekOffset || 30))],
  ['seekto', ({ seekTime }) => seekTime !== undefined && deck.seek(seekTime)],
  ['previoustrack', () => chapter(-1)],
  ['nexttrack', () => chapter(1)],
];
for (const [action, handler] of actions) {
  try {
    session?.setActionHandler(action, handler);
  } catch {
    // Browsers throw at what they do not know.
  }
}
describe();
place();
deck.addEventListener('track', describe);
for (const name of ['state', 'time']) deck.addEventListener(name, place);
