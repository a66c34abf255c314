// @ts-check

import { RiascoltaPlayer } from '../player/player.js';
import { bringIntoView } from '../scroll-into-view.js';
import { elementMoments, latest, mark, segmentTimeline } from './marks.js';

/** A moment that an address asks for: `segment` from 0, `id` of a passage or turn. @typedef {{ segment: number, seconds?: number, id?: string }} Asked */

/** @param {number} segment @returns {RiascoltaPlayer | undefined} */
export function segmentPlayer(segment) {
  const found = document.getElementById(`segment-${segment + 1}`);
  return found instanceof RiascoltaPlayer ? found : undefined;
}

/** The seconds that `754`, `754.2`, `12:34` or `1:02:03` say. @param {string | null} time @returns {number | undefined} */
function secondsOf(time) {
  const parts = /^(?:(?:(\d{1,3}):)?(\d{1,2}):)?(\d{1,6}(?:\.\d{1,6})?)s?$/.exec(time ?? '');
  return parts ? Number(parts[1] ?? 0) * 3600 + Number(parts[2] ?? 0) * 60 + Number(parts[3]) : undefined;
}

/**
 * What an address asks for: `?t=754`, `?segment=2&t=754`, `#t=12:34`, `#segment=2&t=754`, each with or without the id of a
 * passage (`#lunedi-27-gennaio`). What makes no sense is not there.
 * @param {{ search: string, hash: string }} address @returns {Asked}
 */
export function parseDeepLink({ search, hash }) {
  const inHash = /^#(?:segment=\d+&)?t=/.test(hash);
  const asked = new URLSearchParams(inHash ? hash.slice(1) : search);
  const segment = /^[1-9]\d{0,3}$/.test(asked.get('segment') ?? '1')
    ? Number(asked.get('segment') ?? 1) - 1
    : -1;
  const seconds = segment < 0 ? undefined : secondsOf(asked.get('t'));
  return {
    segment: Math.max(0, segment),
    ...(seconds === undefined ? {} : { seconds }),
    ...(inHash || hash.length < 2 ? {} : { id: decoded(hash.slice(1)) }),
  };
}

/** @param {string} text */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The passage whose id has most words in common with one that is gone, half of them at least. @param {string} id */
function likest(id) {
  const words = new Set(id.split('-'));
  let best;
  let most = Math.max(1.5, words.size / 2 - 0.5);
  for (const passage of document.querySelectorAll('.article .passage')) {
    const common = new Set(passage.id.split('-').filter((word) => words.has(word))).size;
    if (common <= most || !(passage instanceof HTMLElement)) continue;
    most = common;
    best = passage;
  }
  return best;
}

/** Where the asked moment is: its segment and second, and what of the page belongs to it. @param {Asked} asked */
function found({ segment, seconds, id = '' }) {
  const named = document.getElementById(id);
  if (named?.matches('.turn')) {
    const [start = 0, of = 0] = [named.querySelector('a'), named.closest('.transcript')].map((element) =>
      Number(element?.getAttribute('data-start') ?? element?.getAttribute('data-segment') ?? 0),
    );
    return { segment: of, seconds: seconds ?? start, element: named };
  }
  const passage = named?.matches('.passage') ? named : named || id === '' ? undefined : likest(id);
  if (!passage) return seconds === undefined ? undefined : { segment, seconds, element: named ?? undefined };
  const moments = elementMoments(passage);
  const moment = moments.find((each) => each.segment === segment) ?? moments[0];
  if (!moment) return undefined;
  // The moment of a sentence within the passage; not one that the passage has left since.
  const { end = 0 } = latest(segmentTimeline('passage', moment.segment), moment.start) ?? {};
  const isWithin =
    seconds !== undefined && segment === moment.segment && seconds >= moment.start && seconds < end;
  return { segment: moment.segment, seconds: isWithin ? seconds : moment.start, element: passage };
}

/** @param {number} segment @param {number} seconds @returns {Element | undefined} */
function elementAt(segment, seconds) {
  const passage = latest(segmentTimeline('passage', segment), seconds)?.element;
  if (passage) return passage;
  const { elements } = segmentTimeline('cue', segment);
  return (
    (latest(segmentTimeline('cue', segment), seconds)?.element ?? elements[0])?.closest('.turn') ?? undefined
  );
}

/**
 * Gets the page ready at the moment that its address asks for: the player sought and not playing, the passage in view and
 * marked. `stay`: without scrolling, where the browser itself goes back to where the reader was.
 */
export async function openDeepLink({ stay = false } = {}) {
  const at = found(parseDeepLink(location));
  const player = at && segmentPlayer(at.segment);
  if (!at || !player) return;
  const length = Number(player.dataset.seconds) || Number.POSITIVE_INFINITY;
  const seconds = Math.min(at.seconds, length);
  player.seek(seconds);
  mark(at.segment, seconds);
  const element = at.element ?? elementAt(at.segment, seconds) ?? player;
  const details = element.closest('details');
  if (details) details.open = true;
  if (!stay) bringIntoView(element);
  const { showToast } = await import('../toast.js');
  if (!player.playing) showToast('ready', { seconds, play: () => player.playFrom(seconds) });
}
