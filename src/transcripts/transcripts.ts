/** The room's face: a transcript's file into cues and faults, and cues into every form in which they are served. */
export { decodedText } from './decoded-text.ts';
export { formatJson, formatPlainText, formatSrt, formatVtt } from './forms.ts';
export { parseTranscript, type ReadTranscript, TRANSCRIPT_LIMIT_BYTES } from './parse-transcript.ts';
export { MOST_CUES } from './shown-cues.ts';
export { type Turn, turnsOf, wordsIn } from './turns.ts';
