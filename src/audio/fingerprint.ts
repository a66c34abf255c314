import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';

const SAMPLE = 64 * 1024;

/**
 * Returns ten hex digits that name a file's bytes: SHA-256 over its size and three samples of 64 KiB (start, middle,
 * end), or over all of it when it is no longer than they are. The same bytes have the same fingerprint under any
 * name, date and machine; a change outside the samples that keeps the size to the byte goes unseen.
 * Throws what `node:fs` throws.
 */
export async function fileFingerprint(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const samples: Uint8Array[] = [];
    for (const { start, end } of samplesOf(size)) {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(end - start), 0, end - start, start);
      samples.push(buffer.subarray(0, bytesRead));
    }
    return digest(size, samples);
  } finally {
    await file.close();
  }
}

/** Returns what `fileFingerprint` returns for a file of these bytes. */
export function fingerprintOfBytes(bytes: Uint8Array): string {
  const samples = samplesOf(bytes.length).map(({ start, end }) => bytes.subarray(start, end));
  return digest(bytes.length, samples);
}

function samplesOf(size: number): { start: number; end: number }[] {
  if (size <= 3 * SAMPLE) return [{ start: 0, end: size }];
  const middle = Math.floor((size - SAMPLE) / 2);
  return [0, middle, size - SAMPLE].map((start) => ({ start, end: start + SAMPLE }));
}

function digest(size: number, samples: Uint8Array[]): string {
  const hash = createHash('sha256').update(`${size}\n`);
  for (const sample of samples) hash.update(sample);
  return hash.digest('hex').slice(0, 10);
}
