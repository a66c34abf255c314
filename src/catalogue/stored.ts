/**
 * Returns what `JSON.stringify` was given when this text was stored.
 *
 * No schema is run here: the text comes from our own writer, which took it from values that had been validated, and a
 * catalogue of another version is never opened. A feed of 300 documents would pay for the check at every render.
 */
export function stored<T>(text: string): T {
  return JSON.parse(text);
}
