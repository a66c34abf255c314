import { randomBytes } from 'node:crypto';
import type { ByteRange } from './ranges.ts';

/** The body of a 206 with several ranges (RFC 9110, 14.6): what stands before each part's bytes, and at the end. */
export type Multipart = {
  /** Media type with its boundary. */
  type: string;
  /** Of the whole body, in bytes. */
  length: number;
  parts: { head: Buffer; range: ByteRange }[];
  tail: Buffer;
};

/** Lays out a multipart/byteranges body for ranges of a representation of `size` bytes and media type `type`. */
export function layOutMultipart(type: string, size: number, ranges: readonly ByteRange[]): Multipart {
  // Random, so that no content can hold it on purpose.
  const boundary = randomBytes(15).toString('base64url');
  const parts = ranges.map((range) => ({
    head: Buffer.from(
      `\r\n--${boundary}\r\nContent-Type: ${type}\r\nContent-Range: ${contentRange(range, size)}\r\n\r\n`,
      'latin1',
    ),
    range,
  }));
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`, 'latin1');
  const length = parts.reduce(
    (sum, { head, range }) => sum + head.length + range.end - range.start + 1,
    tail.length,
  );
  return { type: `multipart/byteranges; boundary=${boundary}`, length, parts, tail };
}

export const contentRange = ({ start, end }: ByteRange, size: number): string =>
  `bytes ${start}-${end}/${size}`;
