// @ts-check
// The lock screen, the headset's keys, the keyboard's media keys (w3.org/TR/mediasession).
import { engine } from './engine.js';
import { hasNext, playNext } from './queue.js';

const session = 'mediaSession' in navigator ? navigator.mediaSession : undefined;

/** @param {1 | -1} way */
function chapter(way) {
  const starts = engine.track?.chapters?.map(({ start }) => start) ?? [];
  const to =
    way > 0
      ? starts.find((start) => start > engine.place + 0.5)
      : starts.findLast((start) => start < engine.place - 3);
  if (to !== undefined) engine.seek(to);
  else if (way > 0 && hasNext()) playNext();
  else if (way < 0) engine.seek(0);
}

function describe() {
  const { track } = engine;
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
  session.playbackState = !engine.track ? 'none' : engine.playing ? 'playing' : 'paused';
  if (!engine.track || engine.audio.readyState === 0) return;
  session.setPositionState?.({
    duration: engine.length,
    position: Math.min(engine.place, engine.length),
    playbackRate: engine.audio.playbackRate || 1,
  });
}

/** @type {[MediaSessionAction, MediaSessionActionHandler][]} */
const actions = [
  ['play', () => engine.play()],
  ['pause', () => engine.pause()],
  ['stop', () => engine.close()],
  ['seekbackward', ({ seekOffset }) => engine.seek(engine.place - (seekOffset || 15))],
  ['seekforward', ({ seekOffset }) => engine.seek(engine.place + (seekOffset || 30))],
  ['seekto', ({ seekTime }) => seekTime !== undefined && engine.seek(seekTime)],
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
engine.addEventListener('track', describe);
for (const name of ['state', 'time']) engine.addEventListener(name, place);
