/** Some million and a half words: no transcript, but something put there by mistake. What is longer is not read at all. */
export const TRANSCRIPT_LIMIT_BYTES = 10_000_000;

/** A whole day with a cue each two seconds. Those behind are left out. */
export const MOST_CUES = 50_000;
