import type { Person } from './station.ts';

/** A named moment. `start` in seconds from the beginning of the segment. */
export type Chapter = { start: number; title: string; url?: string; img?: string };

/**
 * The transcript of a segment. `file`: the one beside the audio that it was read from; `fingerprint`: of its cues,
 * from which every form is made; `cues`: how many there are, at least one.
 */
export type Transcript = { file: string; fingerprint: string; language: string; cues: number };

/** One audio file of an episode; one item of a feed. */
export type Segment = {
  /** Never changes, whatever becomes of title, file name, audio or address. */
  guid: string;
  /** The file's name inside the episode's folder, NFC. */
  file: string;
  title: string;
  /** Ten hex digits made from the audio's bytes: another recording under the same name has another address. */
  fingerprint: string;
  /** Media type, e.g. `audio/mpeg`. */
  type: string;
  bytes: number;
  seconds: number;
  people: Person[];
  chapters: Chapter[];
  /** Where the chapters were found; `none` when there are none. */
  chaptersFrom: 'file' | 'audio' | 'article' | 'none';
  transcript?: Transcript;
};
