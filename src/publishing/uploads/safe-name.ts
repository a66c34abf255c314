import { extensionOf, stemOf } from '../../model/file-kinds.ts';
import type { UploadKind } from './upload.ts';

const LONGEST_NAME = 120;
const LONGEST_STEM = 80;
/** Names that Windows keeps for devices, whatever comes behind the dot ("Naming Files, Paths, and Namespaces"). */
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/**
 * Returns a name as people call their file, in NFC, without what could lead out of a folder or deceive the eye: path parts, control
 * characters, marks that turn the direction of writing; at most 120 bytes of UTF-8, its extension kept.
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

/** The longest beginning of whole characters that has so many bytes. */
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
 * Returns the name for what is published of a file: `Intervista à Gilberto.WAV` → `intervista-a-gilberto.mp3`, or
 * `intervista-a-gilberto-2.mp3` where that is `taken`. `extension` is what its bytes are (`jpg`); its own where not given.
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

/** Letters that do not fall apart into a plain one and its marks. */
const LETTERS: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ı: 'i',
};

/** Returns a name's stem in plain letters, digits and dashes, at most so long; '' where nothing of it is left. */
export function plainStem(text: string, longest: number = LONGEST_STEM): string {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[ßæœøđðþłı]/g, (letter) => LETTERS[letter] ?? '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, longest)
    .replace(/^-+|-+$/g, '');
  return RESERVED.test(plain) ? `file-${plain}` : plain;
}

/** Returns the name, with a number where it is taken; upper and lower case are the same. */
export function freeName(stem: string, ending: string, taken: readonly string[]): string {
  const names = new Set(taken.map((one) => one.normalize('NFC').toLowerCase()));
  for (let count = 1; ; count += 1) {
    const name = `${stem}${count === 1 ? '' : `-${count}`}${ending}`;
    if (!names.has(name)) return name;
  }
}
