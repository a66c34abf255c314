import type { Cue } from '../model/transcript.ts';
import { decodedText } from './decoded-text.ts';
import { FaultTally, type TranscriptFault } from './fault-tally.ts';
import { JsonBroken, jsonCues } from './json-cues.ts';
import { withNamedSpeakers } from './named-speakers.ts';
import { shownCues } from './shown-cues.ts';
import { timedCues } from './timed-text.ts';

/** Some million and a half words: no transcript, but something put there by mistake. What is longer is not read at all. */
export const TRANSCRIPT_LIMIT_BYTES = 10_000_000;

/** What came of reading a transcript's file. `format`: what it is by its content; `undefined` for what is none. */
export type ReadTranscript = {
  format: 'vtt' | 'srt' | 'json' | undefined;
  cues: Cue[];
  faults: TranscriptFault[];
};

const QUOTED = 60;

/**
 * Returns what a transcript says: WebVTT (W3C), SubRip or Podcasting 2.0 JSON, whichever its content is; only a `.vtt` that lacks its
 * signature is one by its name. `seconds`: the length of the sound, where it is known. Never throws: what can be shown is in
 * `cues`, in order; what cannot is in `faults`.
 */
export function parseTranscript(bytes: Uint8Array, name = '', seconds = 0): ReadTranscript {
  if (bytes.length > TRANSCRIPT_LIMIT_BYTES) {
    const values = { bytes: String(bytes.length), limit: String(TRANSCRIPT_LIMIT_BYTES) };
    return { format: undefined, cues: [], faults: [{ code: 'transcript-too-long', values }] };
  }
  const text = decodedText(bytes);
  const format = formatOf(text, name);
  if (format === undefined) return broken(format, text.trim().split('\n')[0]?.slice(0, QUOTED) ?? '');
  const tally = new FaultTally();
  try {
    const read = format === 'json' ? jsonCues(text, tally) : withNamedSpeakers(timedCues(text, tally));
    const cues = shownCues(read, seconds, tally);
    const faults = tally.faults();
    if (read.length === 0) faults.push({ code: 'transcript-empty', values: {} });
    return { format, cues, faults };
  } catch (error) {
    if (!(error instanceof JsonBroken)) throw error;
    return broken(format, error.message, error.line);
  }
}

function formatOf(text: string, name: string): ReadTranscript['format'] {
  if (/^\s*WEBVTT(?:\s|$)/.test(text)) return 'vtt';
  if (/^\s*[[{]/.test(text) && !text.includes('-->')) return 'json';
  if (text.split('\n').some((line) => line.includes('-->') && /\d/.test(line)))
    return /\.vtt$/i.test(name) ? 'vtt' : 'srt';
  return /^\s*[[{]/.test(text) ? 'json' : undefined;
}

function broken(format: ReadTranscript['format'], reason: string, line?: number): ReadTranscript {
  const values = { reason };
  const fault: TranscriptFault = { code: 'transcript-broken', values };
  return { format, cues: [], faults: [line === undefined ? fault : { ...fault, line }] };
}
