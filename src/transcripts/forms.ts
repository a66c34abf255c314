import type { Cue } from '../model/transcript.ts';
import { escaped, escapedMarkup } from './cue-text.ts';
import { timeCode } from './time-codes.ts';
import { turnsOf } from './turns.ts';

/** Returns cues as WebVTT (W3C, "WebVTT" §4), each speaker as a voice. */
export function formatVtt(cues: readonly Cue[]): string {
  const blocks = cues.map(({ start, end, speaker, text }) => {
    const voice = speaker === undefined ? '' : `<v ${escaped(speaker)}>`;
    return `${timeCode(start, '.')} --> ${timeCode(end, '.')}\n${voice}${escaped(text)}\n`;
  });
  return ['WEBVTT\n', ...blocks].join('\n');
}

/** Returns cues as SubRip, with the speaker's name at the head of each cue (Podcasting 2.0 namespace, "transcripts", SRT). */
export function formatSrt(cues: readonly Cue[]): string {
  const blocks = cues.map(({ start, end, speaker, text }, index) => {
    const said = escapedMarkup(speaker === undefined ? text : `${speaker}: ${text}`);
    return `${index + 1}\n${timeCode(start, ',')} --> ${timeCode(end, ',')}\n${said}\n`;
  });
  return blocks.join('\n');
}

/** Returns cues as the JSON of the Podcasting 2.0 namespace ("transcripts", JSON). */
export function formatJson(cues: readonly Cue[]): string {
  const segments = cues.map(({ start, end, speaker, text }) => ({
    ...(speaker === undefined ? {} : { speaker }),
    startTime: start,
    endTime: end,
    body: text,
  }));
  return JSON.stringify({ version: '1.0.0', segments });
}

/** Returns what is said as a text to be read: a paragraph for each turn, with the speaker's name where it changes. */
export function formatPlainText(cues: readonly Cue[]): string {
  const turns = turnsOf(cues);
  return turns
    .map(({ speaker, cues: said }, index) => {
      const text = said.map((cue) => cue.text).join(' ');
      const isNew = speaker !== undefined && speaker !== turns[index - 1]?.speaker;
      return `${isNew ? `${speaker}: ` : ''}${text}\n`;
    })
    .join('\n');
}
