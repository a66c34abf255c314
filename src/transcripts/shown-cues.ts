import type { Cue } from '../model/transcript.ts';
import type { FaultTally } from './fault-tally.ts';
import { timeCode } from './time-codes.ts';
import type { PlacedCue } from './timed-text.ts';

/** A whole day with a cue each two seconds. Those behind are left out. */
export const MOST_CUES = 50_000;
/** How long a cue is taken to last that says no end and after which nothing is said (seconds). */
const NO_END_SECONDS = 5;

/**
 * Returns cues as they can be shown: in order of their start, each with an end behind it, none past the sound's end (`seconds`; 0:
 * not known). The tally has those out of order, those that end before they begin, and those that are left out. Cues may overlap: two
 * people do talk at once.
 */
export function shownCues(cues: PlacedCue[], seconds: number, tally: FaultTally): Cue[] {
  let latest = 0;
  for (const { start, end, line } of cues) {
    if (start < latest) tally.add('cue-order', line, timeCode(start, '.'));
    if (end < start) tally.add('cue-backwards', line, timeCode(start, '.'));
    if (isPast(start, seconds)) tally.add('cue-past-end', line, timeCode(start, '.'));
    latest = Math.max(latest, start);
  }
  const kept = cues
    .filter(({ start }) => !isPast(start, seconds))
    .sort((one, other) => one.start - other.start);
  for (const { line, start } of kept.splice(MOST_CUES)) tally.add('cue-too-many', line, timeCode(start, '.'));
  return kept.map((cue, index) => {
    const { start, speaker, text } = cue;
    const end = cue.end > start ? cue.end : (kept[index + 1]?.start ?? start + NO_END_SECONDS);
    const within = seconds > 0 ? Math.min(end, Math.max(seconds, start)) : end;
    return speaker === undefined ? { start, end: within, text } : { start, end: within, speaker, text };
  });
}

const isPast = (start: number, seconds: number): boolean => seconds > 0 && start >= seconds;
