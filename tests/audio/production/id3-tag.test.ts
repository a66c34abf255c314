import { parseBuffer } from 'music-metadata';
import { afterAll, describe, expect, it } from 'vitest';
import { soundTag, withTag } from '../../../src/audio/production/mp3/id3-tag.ts';
import type { SoundTag } from '../../../src/audio/production/production.ts';
import { mp3 } from '../../fixtures/audio.ts';
import { folder } from '../files.ts';

const files = folder();
afterAll(() => files.remove());

const TAG: SoundTag = {
  title: 'Perché «Sputnik»? 🛰',
  show: 'Stacca Stacca',
  station: 'Radio Blackout',
  date: '2025-01-30T18:00:00+01:00',
  language: 'it-IT',
  address: 'https://radio.example/shows/stacca-stacca/perché',
  cover: { type: 'image/png', bytes: Buffer.alloc(70_000, 9) },
  chapters: [
    { start: 0, title: 'La notizia' },
    { start: 1.25, title: 'Aperto, ma quanto?' },
  ],
  seconds: 3,
};

const tagged = async (tag: SoundTag, bytes: Uint8Array): Promise<Buffer> =>
  Buffer.concat(await Array.fromAsync(withTag(tag, files.put('sound.mp3', bytes))));

describe('the tag of a sound', () => {
  it('says all that is known of it to who reads it', async () => {
    const { common, format, native, quality } = await parseBuffer(
      await tagged(TAG, mp3({ seconds: 3 })),
      undefined,
      {
        includeChapters: true,
      },
    );
    expect(quality.warnings).toEqual([]);
    expect(common).toMatchObject({
      title: TAG.title,
      album: 'Stacca Stacca',
      artist: 'Radio Blackout',
      label: ['Radio Blackout'],
      date: '2025-01-30T17:00:00',
      language: 'ita',
    });
    expect(common.picture).toMatchObject([{ format: 'image/png', type: 'Cover (front)' }]);
    expect(common.picture?.[0]?.data.length).toBe(70_000);
    expect(format.chapters).toMatchObject([
      { title: 'La notizia', start: 0, end: 1.25 },
      { title: 'Aperto, ma quanto?', start: 1.25, end: 3 },
    ]);
    const frames = new Map(native['ID3v2.4']?.map(({ id, value }) => [id, value]));
    expect(frames.get('TLEN')).toBe('3000');
    expect(JSON.stringify(frames.get('WOAF'))).toContain(
      'https://radio.example/shows/stacca-stacca/perch%C3%A9',
    );
  });

  it('takes the place of the tags that were there, and leaves the sound as it is', async () => {
    const sound = mp3({ seconds: 1 });
    const before = mp3({ seconds: 1, title: 'Vecchio', comment: 'via', id3v1: true });
    const after = await tagged({ ...TAG, chapters: [] }, before);
    expect(after.subarray(soundTag({ ...TAG, chapters: [] }).length).equals(sound)).toBe(true);
    expect(after.includes('Vecchio')).toBe(false);
  });

  it('leaves out what is not known', async () => {
    const bare = {
      title: 'Titolo',
      show: 'Trasmissione',
      station: '',
      date: 'boh',
      chapters: [],
      seconds: 1,
    };
    const { native, quality } = await parseBuffer(await tagged(bare, mp3()));
    expect(native['ID3v2.4']?.map(({ id }) => id)).toEqual(['TIT2', 'TALB', 'TPE1', 'TLEN']);
    expect(quality.warnings).toEqual([]);
  });

  it.each([
    ['2025-01-30', '2025-01-30'],
    ['2025-01-30T18:00', '2025-01-30T18:00'],
    ['2025-07-01T00:30:00.000+02:00', '2025-06-30T22:30:00'],
  ])('dates %s as %s', async (date, written) => {
    const { native } = await parseBuffer(await tagged({ ...TAG, date }, mp3()));
    expect(native['ID3v2.4']?.find(({ id }) => id === 'TDRC')?.value).toBe(written);
  });

  it('lists as many chapters as a table of contents can', async () => {
    const chapters = Array.from({ length: 300 }, (_, at) => ({ start: at, title: `Capitolo ${at}` }));
    const bytes = await tagged({ ...TAG, chapters, seconds: 300 }, mp3());
    const { format } = await parseBuffer(bytes, undefined, { includeChapters: true });
    expect(format.chapters?.length).toBe(255);
  });
});
