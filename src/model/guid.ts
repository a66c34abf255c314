import { createHash } from 'node:crypto';

/** The namespace of `podcast:guid` (Podcasting 2.0 namespace, tag "guid"). */
export const PODCAST_NAMESPACE = 'ead4c236-bf58-58c6-a2c6-a6b28d128cb6';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

/** Returns whether the text is a UUID that can be the namespace of others. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}

/** Returns the UUIDv5 of a name within a namespace (RFC 9562, section 5.5). `namespace` must be a UUID. */
export function uuidV5(namespace: string, name: string): string {
  const hash = createHash('sha1')
    .update(Buffer.from(namespace.replaceAll('-', ''), 'hex'))
    .update(name.normalize('NFC'))
    .digest();
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x50, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = hash.toString('hex', 0, 16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** Returns the derived guid of an object that has none, from its name within its parent. */
export function guidWithin(holder: string, name: string): string {
  return uuidV5(isUuid(holder) ? holder : uuidV5(PODCAST_NAMESPACE, holder), name);
}
