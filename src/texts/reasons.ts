import { readTranslation } from './catalogue.ts';
import reasons from './it/reasons.json' with { type: 'json' };
import type { Language } from './languages.ts';
import { formatMessage } from './message.ts';

/**
 * What is found out about files is said in English where it is found; what stands in brackets is for whoever looks into it. Each
 * with its key among the sentences.
 */
const FOUND: readonly [english: RegExp, key: keyof typeof reasons.found][] = [
  [/^it is a video$/, 'is-video'],
  [/^it has no sound in it$/, 'no-sound'],
  [/^nothing in it can be decoded$/, 'nothing-decodes'],
  [/^its sound (?:is coded in a way that is not known here|cannot be decoded).*$/, 'coding-unknown'],
  [/^its bytes are not those of an audio file$/, 'no-audio-bytes'],
  [/^it holds no bytes$/, 'no-bytes'],
  [/^(?:Malformed part header|Unexpected end of form|Multipart: Boundary not found)$/, 'form-broken'],
  [/^it is no picture.*$/s, 'no-picture'],
  [/^(\S+) pictures are not taken$/, 'picture-kind'],
  [/^it cannot be read to its end.*$/s, 'unreadable'],
  [/^it has (\d+) channels$/, 'channels'],
  [/^it has no list of chapters.*$/, 'no-chapters'],
  [/^it is not JSON.*$/s, 'no-json'],
  [/^the process that makes sounds ready is gone.*$/s, 'process-gone'],
];

/** Returns what a value must be, in words, by the code that its schema gives; `undefined` for what is no such code. */
export function expectedWords(code: string, language: Language): string | undefined {
  const words: Record<string, string | undefined> = readReasons(language).expectations;
  return Object.hasOwn(words, code) ? words[code] : undefined;
}

/** Returns why something will not do, in words: of a code, of what was found out about a file, or as it stands. */
export function reasonWords(reason: string | undefined, language: Language): string {
  if (reason === undefined || reason === '') return '—';
  const { expected, codes, found } = readReasons(language);
  const what = expectedWords(reason, language);
  if (what !== undefined) return formatMessage(expected, { expected: what }, { language });
  const words: Record<string, string | undefined> = codes;
  const known = Object.hasOwn(words, reason) ? words[reason] : undefined;
  if (known !== undefined) return known;
  for (const [english, key] of FOUND) {
    const parts = english.exec(reason);
    if (parts !== null) return formatMessage(found[key], { reason, 1: parts[1] }, { language });
  }
  return reason;
}

const read = new Map<Language, typeof reasons>();

function readReasons(language: Language): typeof reasons {
  const known = read.get(language) ?? readTranslation(language, 'reasons', reasons);
  read.set(language, known);
  return known;
}
