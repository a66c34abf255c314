import type { Cue } from '../model/transcript.ts';

/** What one speaker says in a row (seconds). */
export type Turn = { start: number; end: number; speaker?: string; cues: Cue[] };

const PAUSE_SECONDS = 2;
/** After so many words a turn ends with a sentence, and after so many with whatever cue. */
const ENOUGH_WORDS = 70;
const MOST_WORDS = 110;
const SENTENCE_END = /[.!?…]["»”’)\]]*$/;

/** Returns cues as turns: cut where the speaker changes, at pauses, and at the end of a sentence when there are about 70 words. */
export function turnsOf(cues: readonly Cue[]): Turn[] {
  const turns: Turn[] = [];
  let words = 0;
  for (const cue of cues) {
    const turn = turns.at(-1);
    if (turn === undefined || beginsTurn(turn, words, cue)) {
      const { start, end, speaker } = cue;
      turns.push({ start, end, ...(speaker === undefined ? {} : { speaker }), cues: [cue] });
      words = 0;
    } else {
      turn.cues.push(cue);
      turn.end = Math.max(turn.end, cue.end);
    }
    words += wordsIn(cue.text);
  }
  return turns;
}

function beginsTurn(turn: Turn, words: number, cue: Cue): boolean {
  if (cue.speaker !== turn.speaker || cue.start - turn.end > PAUSE_SECONDS || words >= MOST_WORDS)
    return true;
  return words >= ENOUGH_WORDS && SENTENCE_END.test(turn.cues.at(-1)?.text ?? '');
}

/** Returns how many words a text has, by the spaces between them. */
export const wordsIn = (text: string): number => (text === '' ? 0 : text.split(' ').length);
