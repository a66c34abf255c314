import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { NotPicture, PictureTooLarge } from '../../src/images/picture-errors.ts';
import { pictureId } from '../../src/images/picture-id.ts';
import { inspectPicture } from '../../src/images/picture-source.ts';
import { plain } from './pictures.ts';

/** The head of a PNG that says it is so large; there is nothing behind it. */
function pngHead(width: number, height: number, interlaced: boolean): Buffer {
  const chunk = Buffer.alloc(25);
  chunk.writeUInt32BE(13, 0);
  chunk.write('IHDR', 4, 'latin1');
  chunk.writeUInt32BE(width, 8);
  chunk.writeUInt32BE(height, 12);
  chunk.set([8, 2, 0, 0, interlaced ? 1 : 0], 16);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 21)), 21);
  const data = Buffer.from('0000000049444154', 'hex');
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), chunk, data, Buffer.alloc(4)]);
}

describe('a picture from outside', () => {
  it('is measured, and named by its bytes', async () => {
    const bytes = await plain(30, 20, '#e8321a').png().toBuffer();
    expect(await inspectPicture(bytes)).toEqual({
      width: 30,
      height: 20,
      format: 'png',
      id: pictureId(bytes),
    });
    expect(pictureId(bytes)).toMatch(/^[0-9a-f]{20}$/);
    expect(pictureId(await plain(30, 20, '#e8321b').png().toBuffer())).not.toBe(pictureId(bytes));
  });

  it('is as wide and high as it is seen', async () => {
    const lying = await plain(30, 20, '#e8321a').withMetadata({ orientation: 6 }).jpeg().toBuffer();
    expect(await inspectPicture(lying)).toMatchObject({ width: 20, height: 30 });
  });

  it('may be 20 000 px wide and high when it can be read row by row', async () => {
    expect(await inspectPicture(pngHead(20_000, 20_000, false))).toMatchObject({
      width: 20_000,
      height: 20_000,
    });
  });

  it.each([
    [20_001, 20_000, false],
    [20_000, 20_000, true],
  ])('of %d × %d px, interlaced: %s, is refused with its numbers', async (width, height, interlaced) => {
    const refusal = inspectPicture(pngHead(width, height, interlaced));
    await expect(refusal).rejects.toBeInstanceOf(PictureTooLarge);
    await expect(refusal).rejects.toMatchObject({ width, height });
  });

  it('may have one pixel', async () => {
    const pixel = await plain(1, 1, '#e8321a').gif().toBuffer();
    expect(await inspectPicture(pixel)).toMatchObject({ width: 1, height: 1, format: 'gif' });
  });

  it.each([
    ['text', Buffer.from('cover')],
    ['nothing', Buffer.alloc(0)],
    ['SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')],
    ['a page', Buffer.from('<!doctype html><title>404</title>')],
  ])('that is %s is none', async (_, bytes) => {
    await expect(inspectPicture(bytes)).rejects.toBeInstanceOf(NotPicture);
  });
});

describe('an animation', () => {
  it('is its first frame', async () => {
    const frames = await Promise.all(
      ['#e8321a', '#1f4e8c'].map((colour) => plain(16, 16, colour).png().toBuffer()),
    );
    const animated = await sharp(frames, { join: { animated: true } })
      .gif()
      .toBuffer();
    expect(await inspectPicture(animated)).toMatchObject({ width: 16, height: 16 });
  });
});
