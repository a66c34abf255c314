/**
 * Something in a folder that keeps an episode out (`error`) or that its makers should know (`warning`).
 * `values` fill the sentence that each language has for the code (`texts/it/faults.json`).
 */
export type Fault = {
  /** The bundle's key: `stacca-stacca/2025-01-30-sputnik-moment`. */
  folder: string;
  /** The file in it, where one is to blame. */
  file?: string;
  /** Counted from 1. */
  line?: number;
  severity: 'error' | 'warning';
  code: FaultCode;
  values: Record<string, string>;
};

export const FAULT_CODES = [
  'yaml-broken',
  'title-missing',
  'key-unknown',
  'value-invalid',
  'date-invalid',
  'date-missing',
  'date-from-file',
  'article-too-long',
  'text-not-utf8',
  'audio-missing',
  'audio-not-audio',
  'audio-empty',
  'audio-incomplete',
  'audio-being-copied',
  'segment-not-found',
  'segment-renamed',
  'link-leads-out',
  'link-not-found',
  'link-unsafe',
  'moment-past-end',
  'cover-not-found',
  'cover-not-picture',
  'cover-small',
  'chapters-broken',
  'chapter-past-end',
  'transcript-broken',
  'transcript-empty',
  'transcript-too-long',
  'cue-invalid',
  'cue-untimed',
  'cue-empty',
  'cue-order',
  'cue-backwards',
  'cue-past-end',
  'cue-too-many',
  'guid-unpinned',
  'guid-twice',
  'name-twice',
  'folder-unreadable',
  'file-unreadable',
  'show-missing',
  'station-missing',
] as const;
export type FaultCode = (typeof FAULT_CODES)[number];

/** Returns where the fault is: `stacca-stacca/2025-01-30-sputnik-moment/episode.md:3`. */
export function faultPlace(fault: Fault): string {
  const path = [fault.folder, fault.file].filter(Boolean).join('/') || '.';
  return fault.line === undefined ? path : `${path}:${fault.line}`;
}
