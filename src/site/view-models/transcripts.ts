import { filePath, transcriptPath } from '../../model/addresses.ts';
import type { Episode } from '../../model/episode.ts';
import type { Segment } from '../../model/segment.ts';
import { type Cue, TRANSCRIPT_FORMS, type TranscriptForm } from '../../model/transcript.ts';
import { type Turn, turnsOf, wordsIn } from '../../transcripts/transcripts.ts';

/** A turn with the id that it has on its page, `t<segment from 1>-<whole seconds>`. */
export type ShownTurn = Turn & { id: string };

/** A segment's transcript as the page shows it. `position` from 0; `audio`: the sound's address. */
export type ShownTranscript = {
  position: number;
  segment: Segment;
  language: string;
  audio: string;
  turns: ShownTurn[];
  words: number;
  /** How long it takes to read, rounded up. */
  minutes: number;
  isOpen: boolean;
  forms: { form: TranscriptForm; path: string }[];
};

/** Above it the article's end would be out of reach below it. */
const SHORT_WORDS = 600;
const WORDS_A_MINUTE = 200;

/** Returns the transcript of each segment that has one, `cuesOf` its position (from 0) being what is said in it. */
export async function transcriptViews(
  { show, slug, segments }: Episode,
  cuesOf: (position: number) => Promise<readonly Cue[]>,
  forms: readonly TranscriptForm[] = TRANSCRIPT_FORMS,
): Promise<ShownTranscript[]> {
  const shown = segments.map(async (segment, position): Promise<ShownTranscript[]> => {
    const { transcript } = segment;
    const cues = transcript === undefined ? [] : await cuesOf(position);
    if (transcript === undefined || cues.length === 0) return [];
    const words = wordsOf(cues);
    return [
      {
        position,
        segment,
        language: transcript.language,
        audio: filePath(show, slug, segment),
        turns: withIds(turnsOf(cues), position),
        words,
        minutes: Math.ceil(words / WORDS_A_MINUTE),
        isOpen: words < SHORT_WORDS,
        forms: forms.map((form) => ({ form, path: transcriptPath(show, slug, transcript, form) })),
      },
    ];
  });
  return (await Promise.all(shown)).flat();
}

const wordsOf = (cues: readonly Cue[]): number => cues.reduce((sum, { text }) => sum + wordsIn(text), 0);

/** Turns that begin in the same second are told apart by a number. */
function withIds(turns: Turn[], position: number): ShownTurn[] {
  const times = new Map<string, number>();
  return turns.map((turn) => {
    const id = `t${position + 1}-${Math.floor(turn.start)}`;
    const time = (times.get(id) ?? 0) + 1;
    times.set(id, time);
    return { ...turn, id: time === 1 ? id : `${id}-${time}` };
  });
}
