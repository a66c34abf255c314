/** The room's face: a transcript's file into cues and faults, and cues into every form in which they are served. */
export { decodedText } from './decoded-text.ts';
export { jsonOf, plainTextOf, srtOf, vttOf } from './forms.ts';
export { MOST_CUES, TRANSCRIPT_LIMIT_BYTES } from './limits.ts';
export { parseTranscript, type ReadTranscript } from './parse-transcript.ts';
export { type Turn, turnsOf, wordsIn } from './turns.ts';
