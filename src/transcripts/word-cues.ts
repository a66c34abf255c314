import type { PlacedCue } from './timed-text.ts';

/** About as much as one line of a subtitle. */
const LONGEST = 80;
const LONGEST_PAUSE_SECONDS = 1.5;
const SENTENCE_END = /[.!?…]["»”’)\]]*\s*$/;

/**
 * Returns cues of a sentence or some 80 characters in place of cues of one word each, as programs that listen write them; cues that are
 * not word by word are returned as they are. A pause and another speaker begin a new one.
 */
export function gatheredWords(cues: PlacedCue[]): PlacedCue[] {
  const words = cues.filter(({ text }) => !/\S\s+\S/.test(text)).length;
  if (cues.length < 3 || words <= cues.length / 2) return cues;
  // Some programs write the spaces into the words, and a word without one goes on with the last.
  const areSpaced = cues.filter(({ text }) => /^\s|\s$/.test(text)).length > cues.length / 2;
  const gathered: PlacedCue[] = [];
  for (const cue of cues) {
    const last = gathered.at(-1);
    if (last !== undefined && goesOn(last, cue)) {
      last.text += (areSpaced ? '' : spaceBefore(cue.text)) + cue.text;
      last.end = Math.max(last.end, cue.end);
    } else gathered.push({ ...cue });
  }
  return gathered;
}

function goesOn(last: PlacedCue, cue: PlacedCue): boolean {
  return (
    last.speaker === cue.speaker &&
    cue.start >= last.start &&
    cue.start - last.end <= LONGEST_PAUSE_SECONDS &&
    last.text.length + cue.text.length < LONGEST &&
    !(SENTENCE_END.test(last.text) && /[\p{L}\p{N}]/u.test(cue.text))
  );
}

/** A mark of its own belongs to the word before it. */
const spaceBefore = (text: string): string => (/^[.,;:!?…)\]»”’]+$/.test(text) ? '' : ' ');
