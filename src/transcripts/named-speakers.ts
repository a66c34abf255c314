import type { PlacedCue } from './timed-text.ts';

const HEAD = /^(?:[-–—]\s*)?(\p{Lu}[\p{L}\p{M}\p{N}.'’ -]{0,39}?)\s?:\s+(\S.*)$/u;
const MOST_WORDS = 4;

/**
 * Returns cues with their speakers taken from `Name: text`, where the whole transcript is written like that: every cue begins so, or
 * the first one does and its name comes again. Otherwise a colon is a colon (`Attenzione: …`), and they are returned as they are.
 * Podcasting 2.0 ("transcripts", SRT) has the name only where the speaker changes: so where no name is said twice in succession, the
 * cues below it are that speaker's, too.
 */
export function withNamedSpeakers(cues: PlacedCue[]): PlacedCue[] {
  if (cues.length < 2 || cues.some(({ speaker }) => speaker !== undefined)) return cues;
  const heads = cues.map(({ text }) => headOf(text));
  const names = heads.flatMap((head) => (head === undefined ? [] : [head.name]));
  const isEach = names.length === cues.length;
  const counts = Map.groupBy(names, (name) => name);
  const isName = (name: string): boolean => isEach || (counts.get(name)?.length ?? 0) > 1;
  const [first] = heads;
  if (first === undefined || !isName(first.name)) return cues;

  const told = names.filter(isName);
  const onlyChanges = told.every((name, index) => name !== told[index - 1]);
  let speaker: string | undefined;
  return cues.map((cue, index) => {
    const head = heads[index];
    if (head !== undefined && isName(head.name)) {
      speaker = head.name;
      return { ...cue, speaker, text: head.text };
    }
    return onlyChanges && speaker !== undefined ? { ...cue, speaker } : cue;
  });
}

function headOf(text: string): { name: string; text: string } | undefined {
  const [, name, rest] = HEAD.exec(text) ?? [];
  if (name === undefined || rest === undefined || name.split(' ').length > MOST_WORDS) return undefined;
  return { name, text: rest };
}
