import type { Cue } from '../model/transcript.ts';
import { voicesIn } from './cue-text.ts';
import type { FaultTally } from './fault-tally.ts';
import { secondsOf, wholeMilliseconds } from './time-codes.ts';

/** A cue with the line (from 1; 0 where it is not known) on which it begins. */
export type PlacedCue = Cue & { line: number };

const ARROW = '-->';
/** Behind the times stand a cue's settings, or SubRip's coordinates: where it is shown on a picture that we have not. */
const TIMES = /^\s*(\S+?)\s*-->\s*(\S+)(?:\s.*)?$/;
/** W3C, "WebVTT" §4.1: comment blocks anywhere; style sheets and regions before the first cue. */
const NO_CUE = /^(?:NOTE|STYLE|REGION)(?:[ \t]|$)/;
const QUOTED = 60;
const LONGEST_TIMES = 400;

/**
 * Returns the cues of WebVTT (W3C, "WebVTT" §4.1) and SubRip, which differ in their times and in what stands around the cues. Blocks
 * are parted by empty lines; a line with `-->` begins a cue wherever it stands. What is no cue goes into the tally: a
 * time that cannot be read (`cue-invalid`), lines without a time (`cue-untimed`), a cue without words (`cue-empty`).
 */
export function timedCues(text: string, tally: FaultTally): PlacedCue[] {
  const lines = text.split('\n');
  const cues: PlacedCue[] = [];
  let at = headerEnd(lines);
  while (at < lines.length) {
    const line = lines[at] ?? '';
    if (line.trim() === '') at += 1;
    else if (line.includes(ARROW)) at = readCue(lines, at, cues, tally);
    else if (NO_CUE.test(line)) at = blockEnd(lines, at);
    else at = skipUntimed(lines, at, tally);
  }
  return cues;
}

/** WebVTT's first block is its signature, with whatever a program wrote below it. */
function headerEnd(lines: string[]): number {
  const first = lines.findIndex((line) => line.trim() !== '');
  return /^WEBVTT(?:\s|$)/.test(lines[first] ?? '') ? blockEnd(lines, first) : 0;
}

/** Returns where the block ends that has a line at `at`: at an empty line, or where a cue begins. */
function blockEnd(lines: string[], at: number): number {
  let end = at + 1;
  while (end < lines.length && lines[end]?.trim() !== '' && !lines[end]?.includes(ARROW)) end += 1;
  return end;
}

function readCue(lines: string[], at: number, cues: PlacedCue[], tally: FaultTally): number {
  const times = lines[at] ?? '';
  const next = blockEnd(lines, at);
  // Without an empty line between two cues the number of the second stands at the end of the first.
  const isNumbered = lines[next]?.includes(ARROW) && /^\s*\d+\s*$/.test(lines[next - 1] ?? '');
  const payload = lines.slice(at + 1, isNumbered ? next - 1 : next).join('\n');
  const [start, end] = (TIMES.exec(times.slice(0, LONGEST_TIMES))?.slice(1) ?? []).map(secondsOf);
  if (start === undefined || end === undefined) {
    tally.add('cue-invalid', at + 1, times.trim().slice(0, QUOTED));
    return next;
  }
  const voices = voicesIn(payload);
  if (voices.length === 0) tally.add('cue-empty', at + 1, times.trim().slice(0, QUOTED));
  const whole = voices.reduce((sum, voice) => sum + voice.text.length, 0);
  let said = 0;
  for (const voice of voices) {
    // Voices that share a cue share its time, by how much each says.
    const part = (length: number): number => wholeMilliseconds(start + ((end - start) * length) / whole);
    cues.push({ start: part(said), end: part(said + voice.text.length), ...voice, line: at + 1 });
    said += voice.text.length;
  }
  return next;
}

/** The name or number of a cue stands before its times; all else is said at no time. */
function skipUntimed(lines: string[], at: number, tally: FaultTally): number {
  const end = blockEnd(lines, at);
  const isName = end === at + 1 && lines[end]?.includes(ARROW);
  const isNumber = end === at + 1 && /^\s*\d+\s*$/.test(lines[at] ?? '');
  if (!isName && !isNumber) tally.add('cue-untimed', at + 1, (lines[at] ?? '').trim().slice(0, QUOTED));
  return end;
}
