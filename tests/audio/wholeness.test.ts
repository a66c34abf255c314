import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { isWhole } from '../../src/audio/wholeness.ts';
import { encodedFixture, mp3, wav } from '../fixtures/audio.ts';
import { folder } from './files.ts';

const files = folder();
afterAll(() => files.remove());

const encoded = (name: Parameters<typeof encodedFixture>[0]) => readFileSync(encodedFixture(name));

const RECORDINGS: [string, Buffer][] = [
  ['an MP3 with a table', mp3({ seconds: 9, title: 'Titolo' })],
  ['an MP3 without one', mp3({ seconds: 9, info: false })],
  ['an MP3 of varying bit rate', encoded('vbr-no-header.mp3')],
  ['a WAV', wav()],
  ['an AIFF', encoded('pcm.aiff')],
  ['an M4A', encoded('aac-chapters.m4a')],
  ['an ADTS stream', encoded('adts.aac')],
  ['an Ogg with Opus', encoded('opus.opus')],
  ['an Ogg with Vorbis', encoded('vorbis-chapters.ogg')],
  ['a FLAC', encoded('flac.flac')],
];

describe('wholeness', () => {
  it.each(RECORDINGS)('%s is whole', async (_, bytes) => {
    expect(await isWhole(files.put('whole', bytes))).toBe('whole');
  });

  it.each(RECORDINGS)('%s is cut when its last byte, or its second half, is not there', async (_, bytes) => {
    expect(await isWhole(files.put('cut', bytes.subarray(0, -1)))).toBe('cut');
    expect(await isWhole(files.put('cut', bytes.subarray(0, bytes.length / 2 + 5)))).toBe('cut');
  });

  it('tags and zeros behind an MP3 do not make it cut', async () => {
    const plain = mp3({ seconds: 3, info: false, id3v1: true });
    const padded = Buffer.concat([mp3({ seconds: 3, info: false }), Buffer.alloc(1000)]);
    const ape = Buffer.alloc(32);
    ape.write('APETAGEX', 'latin1');
    ape.writeUInt32LE(32, 12);
    expect(await isWhole(files.put('tagged.mp3', plain))).toBe('whole');
    expect(await isWhole(files.put('padded.mp3', padded))).toBe('whole');
    expect(await isWhole(files.put('ape.mp3', Buffer.concat([mp3({ info: false }), ape])))).toBe('whole');
  });

  it('an MP3 whose room was only taken in advance is cut', async () => {
    const bytes = mp3({ seconds: 30 });
    bytes.fill(0, bytes.length / 2);
    expect(await isWhole(files.put('reserved.mp3', bytes))).toBe('cut');
  });

  it('an MP3 of which only the tag has arrived is cut', async () => {
    const bytes = mp3({ picture: { type: 'image/png', bytes: Buffer.alloc(50_000, 1) } });
    expect(await isWhole(files.put('tag.mp3', bytes.subarray(0, 20_000)))).toBe('cut');
  });

  it('is unknown for a WAV that is still being recorded, and for what is no audio', async () => {
    const recording = wav();
    recording.writeUInt32LE(0, 4);
    expect(await isWhole(files.put('recording.wav', recording))).toBe('unknown');
    expect(await isWhole(files.put('page.mp3', '<html>'))).toBe('unknown');
  });

  it('a file without bytes is cut', async () => {
    expect(await isWhole(files.put('zero.mp3', ''))).toBe('cut');
  });
});
