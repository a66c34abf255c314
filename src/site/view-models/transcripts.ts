import { filePath, transcriptPath } from '../../model/addresses.ts';
import type { Episode } from '../../model/episode.ts';
import type { Segment } from '../../model/segment.ts';
import { type Cue, TRANSCRIPT_FORMS, type TranscriptForm } from '../../model/transcript.ts';
import { type Turn, turnsOf, wordsIn } from '../../transcripts/transcripts.ts';

/** A turn with its id on the page, `t<segment from 1>-<whole seconds>`. */
export type ShownTurn = Turn & { id: string };

/** A segment's transcript as the page shows it. `position` from 0; `audio`: the sound's address. */
export type ShownTranscript = {
  position: number;
  segment: Segment;
  language: string;
  audio: string;
  turns: ShownTurn[];
  words: number;
  /** The minutes that it takes to read, rounded up. */
  minutes: number;
  isOpen: boolean;
  forms: { form: TranscriptForm; path: string }[];
};

/** A longer transcript begins closed, since the end of the article below it would be out of reach. */
const SHORT_WORDS = 600;
const WORDS_A_MINUTE = 200;

/**
 * Returns the transcript of each segment that has one. `cuesOf`: returns what is said in the segment at a
 * position (from 0).
 */
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

/** Returns the turns with their ids; a number tells apart turns that begin in the same second. */
function withIds(turns: Turn[], position: number): ShownTurn[] {
  const times = new Map<string, number>();
  return turns.map((turn) => {
    const id = `t${position + 1}-${Math.floor(turn.start)}`;
    const time = (times.get(id) ?? 0) + 1;
    times.set(id, time);
    return { ...turn, id: time === 1 ? id : `${id}-${time}` };
  });
}
