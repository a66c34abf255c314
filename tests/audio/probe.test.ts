import { appendFileSync, truncateSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { EmptyAudio, NotAudio, ProbeFailed } from '../../src/audio/failures.ts';
import { probeAudio, readEmbeddedPicture } from '../../src/audio/probe.ts';
import { type EncodedFixture, encodedFixture, mp3, wav } from '../fixtures/audio.ts';
import { folder } from './files.ts';

const files = folder();
afterAll(() => files.remove());

const PICTURE = { type: 'image/png', bytes: Buffer.from('not a picture, but bytes') };

describe('what a file is', () => {
  it.each<[EncodedFixture, string, number]>([
    ['aac-chapters.m4a', 'audio/x-m4a', 2],
    ['opus.opus', 'audio/ogg', 2],
    ['vorbis-chapters.ogg', 'audio/ogg', 2],
    ['flac.flac', 'audio/flac', 2],
    ['vbr.mp3', 'audio/mpeg', 2],
    ['vbr-no-header.mp3', 'audio/mpeg', 2.088],
    ['adts.aac', 'audio/aac', 2.112],
    ['pcm.aiff', 'audio/aiff', 2],
  ])('%s is %s of about %d s', async (name, type, seconds) => {
    const probe = await probeAudio(fileURLToPath(encodedFixture(name)));
    expect(probe.type).toBe(type);
    expect(Math.abs(probe.seconds - seconds)).toBeLessThan(0.07);
  });

  it('is told by the content, whatever the name says', async () => {
    expect((await probeAudio(files.put('really.mp3', wav({ seconds: 2 })))).type).toBe('audio/wav');
    expect((await probeAudio(files.put('really.wav', mp3({ seconds: 2 })))).type).toBe('audio/mpeg');
  });

  it.each([
    ['a page', '<!doctype html><title>404</title>'],
    ['text', 'non è audio'],
    ['nothing but a tag', mp3({ title: 'Vuoto' }).subarray(0, 26)],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')],
    ['random bytes', Buffer.from(Array.from({ length: 200_000 }, (_, at) => (at * 7919 * (at % 251)) % 256))],
  ])('%s named .mp3 is no audio', async (_, bytes) => {
    await expect(probeAudio(files.put('page.mp3', bytes))).rejects.toBeInstanceOf(NotAudio);
  });

  it('a film without sound is no audio', async () => {
    const path = fileURLToPath(encodedFixture('video-only.mp4'));
    await expect(probeAudio(path)).rejects.toBeInstanceOf(NotAudio);
  });

  it('a file without bytes, or without sound behind its header, is empty', async () => {
    await expect(probeAudio(files.put('zero.mp3', ''))).rejects.toBeInstanceOf(EmptyAudio);
    await expect(probeAudio(files.put('zero.wav', wav({ seconds: 0 })))).rejects.toBeInstanceOf(EmptyAudio);
  });

  it('what is not there, or is a folder, fails', async () => {
    await expect(probeAudio('/nowhere/at-all.mp3')).rejects.toBeInstanceOf(ProbeFailed);
    await expect(probeAudio(import.meta.dirname)).rejects.toBeInstanceOf(ProbeFailed);
  });
});

describe('the length of an MP3', () => {
  it('is the same with and without a table of its frames', async () => {
    const withTable = await probeAudio(files.put('with.mp3', mp3({ seconds: 12 })));
    const without = await probeAudio(files.put('without.mp3', mp3({ seconds: 12, info: false })));
    expect(withTable.seconds).toBe(12);
    expect(without.seconds).toBe(12);
    expect(without).toMatchObject({ channels: 1, sampleRate: 48_000, bitrate: 32_000 });
  });

  it('counts what is there when two recordings were joined, each with a table of its own', async () => {
    const joined = Buffer.concat([
      mp3({ seconds: 3, title: 'a', id3v1: true }),
      mp3({ seconds: 6, title: 'b' }),
    ]);
    expect((await probeAudio(files.put('joined.mp3', joined))).seconds).toBeCloseTo(9, 6);
  });

  it('is that of the sound alone, tags at both ends left out', async () => {
    const probe = await probeAudio(
      files.put('tags.mp3', mp3({ seconds: 3, info: false, id3v1: true, picture: PICTURE })),
    );
    expect(probe.seconds).toBe(3);
  });
});

describe('tags', () => {
  it('come as plain values', async () => {
    const bytes = mp3({
      title: 'Perché «Sputnik»?',
      artist: 'Gilberto',
      album: 'Stacca Stacca',
      date: '2025-01-30T18:00:00',
      comment: 'Dal vivo',
      language: 'ita',
    });
    expect((await probeAudio(files.put('tags.mp3', bytes))).tags).toEqual({
      title: 'Perché «Sputnik»?',
      artist: 'Gilberto',
      album: 'Stacca Stacca',
      date: '2025-01-30T18:00:00',
      comment: 'Dal vivo',
      language: 'it',
    });
  });

  it.each(['2025', '2025-13-01', 'ieri'])('"%s" dates nothing', async (date) => {
    expect((await probeAudio(files.put('dated.mp3', mp3({ date })))).tags.date).toBeUndefined();
  });

  it('that claim to be longer than the file do not spoil the sound', async () => {
    const broken = mp3({ seconds: 3, title: 'Titolo' });
    broken.writeUInt32BE(0x7f7f7f7f, 14);
    expect((await probeAudio(files.put('broken.mp3', broken))).seconds).toBe(3);
  });

  it('of a hundred megabytes are passed over', async () => {
    const size = 100 * 1024 * 1024;
    const head = Buffer.concat([Buffer.from('ID3\x04\0\0', 'latin1'), Buffer.of(50, 0, 0, 0)]);
    const path = files.put('huge.mp3', head);
    truncateSync(path, head.length + size);
    appendFileSync(path, mp3({ seconds: 3 }));
    expect(await probeAudio(path)).toMatchObject({ seconds: 3, tags: {} });
  });
});

describe('chapters', () => {
  const expected = [
    { start: 0, title: 'La notizia' },
    { start: 1, title: 'Aperto, ma quanto?' },
  ];

  it('are read from ID3, those past the end left out', async () => {
    const chapters = [
      { start: 1.5, title: 'Due', url: 'https://example.org/' },
      { start: 0, title: 'Uno' },
    ];
    const late = { start: 9, title: 'Mai' };
    const probe = await probeAudio(
      files.put('chapters.mp3', mp3({ seconds: 3, chapters: [...chapters, late] })),
    );
    expect(probe.chapters).toEqual([
      { start: 0, title: 'Uno' },
      { start: 1.5, title: 'Due', url: 'https://example.org/' },
    ]);
  });

  it.each<EncodedFixture>(['aac-chapters.m4a', 'vorbis-chapters.ogg'])('are read from %s', async (name) => {
    expect((await probeAudio(fileURLToPath(encodedFixture(name)))).chapters).toEqual(expected);
  });
});

describe('the picture inside', () => {
  it('is told of by the probe, and given by itself', async () => {
    const path = files.put('picture.mp3', mp3({ picture: PICTURE }));
    const { picture } = await probeAudio(path);
    expect(picture).toMatchObject({ type: 'image/png', bytes: PICTURE.bytes.length });
    expect(picture?.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(Buffer.from((await readEmbeddedPicture(path))?.bytes ?? [])).toEqual(PICTURE.bytes);
  });

  it('is undefined where there is none', async () => {
    expect(await readEmbeddedPicture(files.put('plain.mp3', mp3()))).toBeUndefined();
  });
});
