import type { FoundArticle } from './importing.ts';

const SIGNATURES: readonly { type: string; ending: string; matches: (bytes: Buffer) => boolean }[] = [
  { type: 'image/jpeg', ending: 'jpg', matches: (bytes) => bytes.readUIntBE(0, 3) === 0xffd8ff },
  { type: 'image/png', ending: 'png', matches: (bytes) => bytes.readUInt32BE(0) === 0x89504e47 },
  { type: 'image/gif', ending: 'gif', matches: (bytes) => bytes.toString('latin1', 0, 4) === 'GIF8' },
  { type: 'image/webp', ending: 'webp', matches: (bytes) => bytes.toString('latin1', 8, 12) === 'WEBP' },
  { type: 'image/avif', ending: 'avif', matches: (bytes) => bytes.toString('latin1', 4, 12) === 'ftypavif' },
];
const LONGEST_NAME = 80;

/** Returns a fetched picture, its type by its first bytes and its name fit for a file; `undefined` when it is not a picture. */
export function coverPicture(bytes: Uint8Array, address: URL, alt: string): FoundArticle['cover'] {
  if (bytes.length < 12) return undefined;
  const kind = SIGNATURES.find(({ matches }) => matches(Buffer.from(bytes.buffer, bytes.byteOffset, 12)));
  return kind && { type: kind.type, bytes, alt, name: `${stemOf(address)}.${kind.ending}` };
}

function stemOf({ pathname }: URL): string {
  let name = pathname.slice(pathname.lastIndexOf('/') + 1);
  try {
    name = decodeURIComponent(name);
  } catch {
    // A name with a stray percent sign is taken as it is.
  }
  const stem = name.normalize('NFC').replace(/\.[^.]*$/, '');
  const plain = stem.replace(/[^\p{L}\p{N}_-]+/gu, '-').replace(/^[-_]+|[-_]+$/g, '');
  return plain.slice(0, LONGEST_NAME) || 'picture';
}
