import { z } from 'zod';
import { parseChaptersFile } from '../../audio/chapters-file.ts';

/** A text that goes with a segment, as it will be published: in UTF-8, its lines ended by line feeds. */
export type CompanionText = {
  kind: 'transcript' | 'chapters';
  extension: 'vtt' | 'srt' | 'json';
  text: string;
};

/** A transcript or chapters file that cannot be used; `reason` names the place, in words of every language. */
export class CompanionBroken extends Error {
  override name = 'CompanionBroken';
  readonly reason: string;
  constructor(reason: string) {
    super(`a transcript or chapters file is broken: ${reason}`);
    this.reason = reason;
  }
}

/**
 * Returns what a text file is to a segment: WebVTT, SubRip, a JSON transcript or JSON chapters (Podcasting 2.0 namespace); `undefined`
 * when it is none of these. Throws `CompanionBroken`, and `ChaptersBroken` for chapters.
 */
export function companionText(bytes: Uint8Array): CompanionText | undefined {
  const text = decoded(bytes).replace(/\r\n?/g, '\n');
  if (/^WEBVTT(?:[ \t\n]|$)/.test(text))
    return { kind: 'transcript', extension: 'vtt', text: checkedVtt(text) };
  if (/^\s*[[{]/.test(text)) return jsonText(text);
  if (SRT_TIMES.test(text)) return { kind: 'transcript', extension: 'srt', text: checkedSrt(text) };
  return undefined;
}

/** Old programs for subtitles write in the character set of their Windows. */
function decoded(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** W3C, "WebVTT" §4.1: hours may be left out. */
const VTT_TIMES =
  /^(?:\d{2,}:)?[0-5]\d:[0-5]\d\.\d{3}[ \t]+-->[ \t]+(?:\d{2,}:)?[0-5]\d:[0-5]\d\.\d{3}(?:[ \t].*)?$/;
/** As programs write it: commas, and points for them. */
const SRT_TIME = String.raw`\d{1,3}:[0-5]?\d:[0-5]?\d[,.]\d{1,3}`;
const SRT_TIMES = new RegExp(String.raw`^[ \t]*${SRT_TIME}[ \t]*-->[ \t]*${SRT_TIME}(?:[ \t].*)?$`, 'm');

function checkedVtt(text: string): string {
  return checkedCues(text, 'WebVTT', (line) => VTT_TIMES.test(line));
}

function checkedSrt(text: string): string {
  return checkedCues(text, 'SRT', (line) => SRT_TIMES.test(line));
}

function checkedCues(text: string, format: string, isRight: (line: string) => boolean): string {
  let cues = 0;
  for (const [at, line] of text.split('\n').entries()) {
    if (!line.includes('-->')) continue;
    if (!isRight(line)) throw new CompanionBroken(`${format}, ${at + 1}: ${line.trim().slice(0, 60)}`);
    cues += 1;
  }
  if (cues === 0) throw new CompanionBroken(`${format}: 0 -->`);
  return text;
}

// Podcasting 2.0 namespace, "transcripts": the JSON representation.
const transcript = z.object({
  segments: z
    .array(z.object({ startTime: z.number(), endTime: z.number().optional(), body: z.string() }))
    .min(1),
});

function jsonText(text: string): CompanionText {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new CompanionBroken(`JSON: ${error instanceof Error ? error.message : error}`);
  }
  if (typeof value === 'object' && value !== null && 'chapters' in value) {
    if (parseChaptersFile(text).length === 0) throw new CompanionBroken('JSON: chapters = 0');
    return { kind: 'chapters', extension: 'json', text };
  }
  const parsed = transcript.safeParse(value);
  if (parsed.success) return { kind: 'transcript', extension: 'json', text };
  const [issue] = parsed.error.issues;
  throw new CompanionBroken(`JSON: ${issue?.path.join('.') || 'segments'}`);
}
