import { describe, expect, it } from 'vitest';
import { episodeOf, NOW, segmentOf } from '../fixtures/episodes.ts';
import { catalogueWith } from './opened.ts';

describe('what the indexer remembers', () => {
  it('is every folder’s signature, until the folder is gone', async () => {
    const catalogue = await catalogueWith();
    await catalogue.write(async (writer) => {
      await writer.putFolder('', 'one', []);
      await writer.putFolder('no-tav', 'two', []);
      await writer.putFolder('no-tav/a', 'three', []);
      await writer.putFolder('no-tav-2/a', 'four', []);
    });
    await catalogue.write((writer) => writer.putFolder('no-tav', 'five', []));
    expect(await catalogue.signaturesBelow('')).toEqual(
      new Map([
        ['', 'one'],
        ['no-tav', 'five'],
      ]),
    );
    expect(await catalogue.signaturesBelow('no-tav')).toEqual(new Map([['no-tav/a', 'three']]));
    expect(await catalogue.keysBelow('no-tav')).toEqual(['no-tav/a']);
    await catalogue.write((writer) => writer.removeFolder('no-tav/a'));
    expect(await catalogue.keysBelow('no-tav')).toEqual([]);
    expect(await catalogue.signaturesOf(['no-tav', 'no-tav/a'])).toEqual(new Map([['no-tav', 'five']]));
  });

  it('is what a file held, for as long as it is the same file', async () => {
    const catalogue = await catalogueWith();
    const probe = { seconds: 12, tags: ['a'] };
    await catalogue.write((writer) => writer.putProbe('a/b/c.mp3', 'v1', probe));
    expect(await catalogue.probe('a/b/c.mp3', 'v1')).toEqual(probe);
    expect(await catalogue.probe('a/b/c.mp3', 'v2')).toBeUndefined();
    await catalogue.write((writer) => writer.putProbe('a/b/c.mp3', 'v2', 'other'));
    expect(await catalogue.probe('a/b/c.mp3', 'v1')).toBeUndefined();
  });

  it('is where each guid stands, an episode’s or a segment’s', async () => {
    const catalogue = await catalogueWith(
      episodeOf({ slug: 'a', guid: 'e', segments: [segmentOf({ file: 'x.mp3', guid: 's' })] }),
    );
    expect(await catalogue.keyOfGuid('e')).toBe('stacca-stacca/a');
    expect(await catalogue.keyOfGuid('s')).toBe('stacca-stacca/a');
    expect(await catalogue.keyOfGuid('x')).toBeUndefined();
  });

  it('is the faults of every folder', async () => {
    const catalogue = await catalogueWith();
    const fault = {
      folder: 'a/b',
      severity: 'error',
      code: 'title-missing',
      values: { k: 'v' },
      line: 3,
    } as const;
    await catalogue.write(async (writer) => {
      await writer.putFolder('a/b', 's', [fault]);
      await writer.putFolder('a/c', 's', []);
    });
    expect(await catalogue.faults()).toEqual([fault]);
    await catalogue.write((writer) => writer.putFolder('a/b', 's2', []));
    expect(await catalogue.faults()).toEqual([]);
  });

  it('is how a picture came about', async () => {
    const catalogue = await catalogueWith();
    await catalogue.write((writer) => writer.putPicture('id', { from: 'audio', fileKey: 'a/b/c.mp3' }));
    expect(await catalogue.picture('id')).toEqual({ origin: { from: 'audio', fileKey: 'a/b/c.mp3' } });
    expect(await catalogue.picture('other')).toBeUndefined();
  });

  it('is which segment a file’s name stands for', async () => {
    const catalogue = await catalogueWith(
      episodeOf({ slug: 'a', status: 'withdrawn', segments: [segmentOf({ file: 'perché no?.mp3' })] }),
    );
    const found = await catalogue.segmentFile('stacca-stacca', 'a', 'perche\u0301 no?.mp3');
    expect(found?.segment.file).toBe('perché no?.mp3');
    expect(found?.episode.status).toBe('withdrawn');
    expect(await catalogue.segmentFile('stacca-stacca', 'a', 'altro.mp3')).toBeUndefined();
    expect((await catalogue.cards({}, { limit: 1 }, NOW)).items).toEqual([]);
  });
});
