import { z } from 'zod';
import { brokenJsonLine, elementLines } from '../model/json-lines.ts';
import { oneLine } from './cue-text.ts';
import type { FaultTally } from './fault-tally.ts';
import { wholeMilliseconds } from './time-codes.ts';
import type { PlacedCue } from './timed-text.ts';
import { gatheredWords } from './word-cues.ts';

/** The document is none that could be read; `line` from 1, where one is to blame. */
export class JsonBroken extends Error {
  override name = 'JsonBroken';
  readonly line: number | undefined;
  constructor(reason: string, line?: number) {
    super(reason);
    this.line = line;
  }
}

// Podcasting 2.0 namespace, "transcripts": the JSON representation. The end and the speaker may be missing.
const document = z.object({ segments: z.array(z.unknown()) });
const seconds = z.number().min(0).max(1e6);
const element = z.object({
  startTime: seconds,
  endTime: seconds.nullish().catch(undefined),
  speaker: z.string().nullish().catch(undefined),
  body: z.string(),
});

/** Returns the cues of a Podcasting 2.0 JSON transcript; its bodies are text, whatever looks like markup in them. Throws `JsonBroken`. */
export function jsonCues(text: string, tally: FaultTally): PlacedCue[] {
  const file = document.safeParse(parsed(text));
  if (!file.success) throw new JsonBroken('JSON: segments');
  const lines = elementLines(text, 'segments');
  const read = file.data.segments.flatMap((value, index) => {
    const line = lines[index] ?? 0;
    const found = element.safeParse(value);
    if (!found.success) {
      tally.add('cue-invalid', line, `segments[${index}]`);
      return [];
    }
    return [{ ...found.data, line }];
  });
  const cues = read.map(({ startTime, endTime, speaker, body, line }, index) => ({
    start: wholeMilliseconds(startTime),
    // Without an end of its own it lasts until the next begins.
    end: wholeMilliseconds(endTime ?? read[index + 1]?.startTime ?? startTime),
    ...named(oneLine(speaker ?? '')),
    text: body,
    line,
  }));
  return gatheredWords(cues).flatMap((cue) => {
    const said = oneLine(cue.text);
    if (said === '') tally.add('cue-empty', cue.line, String(cue.start));
    return said === '' ? [] : [{ ...cue, text: said }];
  });
}

const named = (speaker: string): { speaker?: string } => (speaker === '' ? {} : { speaker });

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new JsonBroken(`JSON: ${message}`, brokenJsonLine(message));
  }
}
