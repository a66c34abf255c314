/** What is said between two moments (seconds from the beginning of the segment). `text`: plain, one line. */
export type Cue = { start: number; end: number; speaker?: string; text: string };

/** The forms in which every transcript is served, whatever came in; the names are the endings of their addresses. */
export const TRANSCRIPT_FORMS = ['vtt', 'srt', 'json', 'txt'] as const;
export type TranscriptForm = (typeof TRANSCRIPT_FORMS)[number];

/** Media types as podcast:transcript names them (Podcasting 2.0 namespace, tag "transcript"). */
export const TRANSCRIPT_TYPES: Readonly<Record<TranscriptForm, string>> = {
  vtt: 'text/vtt',
  srt: 'application/x-subrip',
  json: 'application/json',
  txt: 'text/plain',
};
