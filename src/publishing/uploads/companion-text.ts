import { parseChaptersFile } from '../../audio/chapters-file.ts';
import { decodedText, parseTranscript } from '../../transcripts/transcripts.ts';

/** A text that belongs to a segment, as it is published: in UTF-8, with line feeds. */
export type CompanionText = {
  kind: 'transcript' | 'chapters';
  extension: 'vtt' | 'srt' | 'json';
  text: string;
};

/**
 * A transcript or chapters file that cannot be used; `reason` names the place, in words that need no
 * translation.
 */
export class CompanionBroken extends Error {
  override name = 'CompanionBroken';
  readonly reason: string;
  constructor(reason: string) {
    super(`a transcript or chapters file is broken: ${reason}`);
    this.reason = reason;
  }
}

const FORMATS = { vtt: 'WebVTT', srt: 'SRT', json: 'JSON' };

/**
 * Returns which companion of a segment a text file is: WebVTT, SubRip, a JSON transcript or JSON chapters
 * (Podcasting 2.0 namespace); `undefined` for any other file. Throws `CompanionBroken`, and `ChaptersBroken`
 * for chapters.
 */
export function companionText(bytes: Uint8Array): CompanionText | undefined {
  const text = decodedText(bytes);
  if (isChapters(text)) {
    if (parseChaptersFile(text).length === 0) throw new CompanionBroken('JSON: chapters = 0');
    return { kind: 'chapters', extension: 'json', text };
  }
  const { format, cues, faults } = parseTranscript(bytes);
  if (format === undefined) return undefined;
  for (const { code, line, values } of faults) {
    if (code === 'transcript-broken') throw new CompanionBroken(values.reason ?? FORMATS[format]);
    // An uploader can still correct the file. A file in a folder is used as far as it can be read.
    if (code === 'cue-invalid') throw new CompanionBroken(`${FORMATS[format]}, ${line}: ${values.value}`);
  }
  if (cues.length === 0) throw new CompanionBroken(`${FORMATS[format]}: 0 -->`);
  return { kind: 'transcript', extension: format, text };
}

function isChapters(text: string): boolean {
  if (!/^\s*\{/.test(text)) return false;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && 'chapters' in value;
  } catch {
    return false;
  }
}
