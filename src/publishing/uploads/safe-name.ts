import { extensionOf, stemOf } from '../../model/file-kinds.ts';
import { freeName, plainStem, RESERVED } from '../../model/file-names.ts';
import type { UploadKind } from './upload.ts';

const LONGEST_NAME = 120;

/**
 * Returns the name of somebody's file made safe: in NFC, without path parts, control characters and marks
 * that change the direction of writing, with at most 120 bytes of UTF-8. The extension is kept.
 */
export function safeName(raw: string): string {
  const last = raw.split(/[/\\]/).findLast((part) => part.trim() !== '') ?? '';
  const name = last
    .toWellFormed()
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\t]+/gu, ' ')
    // Cf: bidi marks, zero-width joiners, the BOM; Co, Cn: what no font can show.
    .replace(/[\p{Cf}\p{Co}\p{Cn}\uFFFD]/gu, '')
    .replace(/\s+/gu, ' ')
    .replace(/^[\s.]+|[\s.]+$/gu, '');
  const safe = RESERVED.test(name) ? `_${name}` : name;
  return safe === '' ? 'file' : shortened(safe);
}

function shortened(name: string): string {
  if (Buffer.byteLength(name) <= LONGEST_NAME) return name;
  const extension = Buffer.byteLength(extensionOf(name)) <= 10 ? name.slice(stemOf(name).length) : '';
  const stem = extension === '' ? name : stemOf(name);
  return cut(stem, LONGEST_NAME - Buffer.byteLength(extension)).trimEnd() + extension;
}

/** Returns the longest beginning of whole characters that has at most so many bytes. */
function cut(text: string, most: number): string {
  let bytes = 0;
  let end = 0;
  for (const character of text) {
    bytes += Buffer.byteLength(character);
    if (bytes > most) break;
    end += character.length;
  }
  return text.slice(0, end);
}

const EXTENSIONS: Partial<Record<UploadKind, string>> = { audio: '.mp3', chapters: '.chapters.json' };
const NAMELESS: Record<UploadKind, string> = {
  audio: 'audio',
  picture: 'picture',
  transcript: 'transcript',
  chapters: 'audio',
  unknown: 'file',
};

/**
 * Returns the name under which a file is published: `Intervista à Gilberto.WAV` →
 * `intervista-a-gilberto.mp3`, or `intervista-a-gilberto-2.mp3` where that is `taken`. `extension` is that of
 * its content (`jpg`); the name's own if not given.
 */
export function publishedName(
  name: string,
  kind: UploadKind,
  taken: readonly string[],
  extension: string = extensionOf(name),
): string {
  const bare = stemOf(name).replace(/\.chapters$/i, '');
  const own = /^[a-z0-9]{1,5}$/.test(extension) ? `.${extension}` : '';
  return freeName(plainStem(bare) || NAMELESS[kind], EXTENSIONS[kind] ?? own, taken);
}
