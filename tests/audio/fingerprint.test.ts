import { utimesSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { fileFingerprint, fingerprintOfBytes } from '../../src/audio/fingerprint.ts';
import { mp3 } from '../fixtures/audio.ts';
import { folder } from './files.ts';

const files = folder();
afterAll(() => files.remove());

describe('a fingerprint', () => {
  it('is ten hex digits that neither name nor date change', async () => {
    const bytes = mp3({ seconds: 90 });
    const first = files.put('gilberto.mp3', bytes);
    const second = files.put('altro.mp3', bytes);
    utimesSync(second, 1, 1);
    expect(await fileFingerprint(first)).toMatch(/^[0-9a-f]{10}$/);
    expect(await fileFingerprint(second)).toBe(await fileFingerprint(first));
  });

  it.each([0, 1, 4_000, 196_608, 196_609, 500_000])(
    'of a file of %d bytes is that of its bytes',
    async (size) => {
      const bytes = Buffer.alloc(size, 'scaletta');
      expect(await fileFingerprint(files.put('bytes', bytes))).toBe(fingerprintOfBytes(bytes));
    },
  );

  it('is the one that published addresses were made with', () => {
    expect(fingerprintOfBytes(Buffer.from('scaletta'))).toBe('108553160e');
    expect(fingerprintOfBytes(Buffer.alloc(500_000, 'scaletta'))).toBe('848cb4fa3a');
  });

  it.each([0, 250_000, 499_999])('changes with the byte at %d', (at) => {
    const bytes = Buffer.alloc(500_000, 'scaletta');
    const before = fingerprintOfBytes(bytes);
    bytes[at] = 0;
    expect(fingerprintOfBytes(bytes)).not.toBe(before);
  });

  it('changes with the length', () => {
    expect(fingerprintOfBytes(Buffer.alloc(300_000))).not.toBe(fingerprintOfBytes(Buffer.alloc(300_001)));
  });
});
