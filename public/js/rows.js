// @ts-check
import { RiascoltaPlayer } from './player.js';

// A row's button plays in its row: the player is made when it is first asked for.
document.addEventListener('click', (event) => {
  const button = event.target instanceof Element ? event.target.closest('.row-play') : null;
  if (!(button instanceof HTMLAnchorElement)) return;
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  const row = button.closest('.row');
  const there = row?.querySelector('riascolta-player');
  if (there instanceof RiascoltaPlayer) there.toggle();
  else row?.append(makePlayer(button));
});

/** @param {HTMLAnchorElement} button */
function makePlayer(button) {
  const { audio: address = '', type = '', seconds = '', title = '' } = button.dataset;
  const player = document.createElement('riascolta-player');
  player.className = 'player';
  player.dataset.seconds = seconds;
  player.role = 'group';
  player.ariaLabel = title;
  const audio = document.createElement('audio');
  audio.preload = 'none';
  const source = document.createElement('source');
  source.type = type;
  source.src = address;
  audio.append(source);
  for (const name of ['play', 'pause', 'ended']) {
    audio.addEventListener(name, () => button.classList.toggle('is-playing', !audio.paused));
  }
  const name = document.createElement('p');
  name.className = 'player-title';
  name.textContent = title;
  player.append(audio, name);
  queueMicrotask(() => player instanceof RiascoltaPlayer && player.play());
  return player;
}
