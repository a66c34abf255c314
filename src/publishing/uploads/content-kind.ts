/**
 * The kind of a file by its first bytes, as far as that needs no decoding. `name`: what people call the
 * format.
 */
export type ContentKind =
  | { is: 'picture'; extension: string }
  | { is: 'text'; name?: string }
  /** Sound, or a file that only a decoder can tell from sound. */
  | { is: 'other'; name?: string };

const ascii = (text: string): number[] => [...text].map((character) => character.charCodeAt(0));

const PICTURES: { at?: number; bytes: number[]; extension: string }[] = [
  { bytes: [0xff, 0xd8, 0xff], extension: 'jpg' },
  { bytes: [0x89, ...ascii('PNG\r\n'), 0x1a, 0x0a], extension: 'png' },
  { bytes: ascii('GIF8'), extension: 'gif' },
  { at: 8, bytes: ascii('WEBP'), extension: 'webp' },
  { bytes: [...ascii('II'), 42, 0], extension: 'tif' },
  { bytes: [...ascii('MM'), 0, 42], extension: 'tif' },
  // ISO 23000-22 (MIAF): an AV1 picture.
  { at: 4, bytes: ascii('ftypavif'), extension: 'avif' },
];

const OTHERS: { at?: number; bytes: number[]; name: string }[] = [
  { bytes: ascii('%PDF'), name: 'PDF' },
  { bytes: [...ascii('PK'), 3, 4], name: 'ZIP' },
  { bytes: ascii('Rar!'), name: 'RAR' },
  { bytes: [0x1f, 0x8b], name: 'GZIP' },
  { bytes: ascii('7z\xbc\xaf'), name: '7z' },
  { bytes: ascii('MZ'), name: 'EXE' },
  { bytes: [0x7f, ...ascii('ELF')], name: 'ELF' },
  { at: 8, bytes: ascii('AVI '), name: 'AVI' },
  { at: 4, bytes: ascii('ftyphei'), name: 'HEIC' },
  { at: 4, bytes: ascii('ftypmif1'), name: 'HEIC' },
  // These may hold sound; the name is used when they hold none.
  { at: 4, bytes: ascii('ftyp'), name: 'MP4' },
  { bytes: [0x1a, 0x45, 0xdf, 0xa3], name: 'WebM' },
  { bytes: [0xd0, 0xcf, 0x11, 0xe0], name: 'Microsoft Office' },
];

/** Returns the kind of a file. `head`: its first 4 KiB, or the whole of a shorter file. */
export function contentKind(head: Uint8Array): ContentKind {
  const picture = PICTURES.find((one) => holds(head, one));
  if (picture) return { is: 'picture', extension: picture.extension };
  const other = OTHERS.find((one) => holds(head, one));
  if (other) return { is: 'other', name: other.name };
  return isText(head) ? { is: 'text', ...markup(head) } : { is: 'other' };
}

const holds = (head: Uint8Array, { at = 0, bytes }: { at?: number; bytes: number[] }): boolean =>
  bytes.every((byte, position) => head[at + position] === byte);

const BOMS = [
  [0xef, 0xbb, 0xbf],
  [0xff, 0xfe],
  [0xfe, 0xff],
];

/**
 * Returns whether these bytes are text: no control characters but tabs and line ends. UTF-16 is known by its
 * byte order mark alone.
 */
function isText(head: Uint8Array): boolean {
  if (head.length === 0) return false;
  if (BOMS.some((bytes) => holds(head, { bytes }))) return true;
  return head.every((byte) => byte >= 0x20 || (byte >= 0x09 && byte <= 0x0d));
}

function markup(head: Uint8Array): { name?: string } {
  const beginning = Buffer.from(head.subarray(0, 1024)).toString('latin1').toLowerCase();
  if (/<!doctype html|<html|<head|<body/.test(beginning)) return { name: 'HTML' };
  if (beginning.includes('<svg')) return { name: 'SVG' };
  return beginning.trimStart().startsWith('<?xml') ? { name: 'XML' } : {};
}
