import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { NotPicture } from '../../src/images/picture-errors.ts';
import { makeVariant } from '../../src/images/variants.ts';
import { isPictureVariant, PICTURE_VARIANTS } from '../../src/model/addresses.ts';
import { colourAt, isLike, plain } from './pictures.ts';

const RED = [0xe8, 0x32, 0x1a];
const BLUE = [0x1f, 0x4e, 0x8c];

describe('a variant', () => {
  it.each(['avif', 'webp', 'jpg'] as const)(
    'in %s is a square of its size, without metadata',
    async (format) => {
      const source = await plain(300, 200, '#e8321a').withMetadata({ density: 300 }).jpeg().toBuffer();
      const made = await sharp(await makeVariant(source, `96.${format}`)).metadata();
      expect(made).toMatchObject({ width: 96, height: 96, space: 'srgb', hasAlpha: false });
      expect(made.exif ?? made.icc ?? made.xmp).toBeUndefined();
      expect(made.format).toBe({ avif: 'heif', webp: 'webp', jpg: 'jpeg' }[format]);
    },
  );

  it('for an article keeps the picture’s shape, also one that EXIF turns', async () => {
    const lying = await plain(2000, 500, '#e8321a').jpeg().toBuffer();
    const turned = await plain(2000, 500, '#e8321a').withMetadata({ orientation: 6 }).jpeg().toBuffer();
    const sizes = [lying, turned].map(async (source) => {
      const { width, height } = await sharp(await makeVariant(source, 'wide-640.webp')).metadata();
      return [width, height];
    });
    expect(await Promise.all(sizes)).toEqual([
      [640, 160],
      [500, 2000],
    ]);
  });

  it('keeps all of the picture, and fills the square with the colour of its edge', async () => {
    const poster = await plain(90, 30, '#e8321a', '#e8321a').png().toBuffer();
    const framed = await sharp(poster)
      .composite([{ input: { create: { width: 60, height: 10, channels: 3, background: '#1f4e8c' } } }])
      .png()
      .toBuffer();
    const made = await makeVariant(framed, '320.webp');
    expect((await sharp(made).metadata()).width).toBe(90);
    expect(isLike(await colourAt(made, 45, 45), BLUE)).toBe(true);
    expect(isLike(await colourAt(made, 45, 3), RED)).toBe(true);
    expect(isLike(await colourAt(made, 45, 86), RED)).toBe(true);
    expect(isLike(await colourAt(made, 3, 45), RED)).toBe(true);
  });

  it('fills a square around many colours with a dimmed picture of them', async () => {
    const wide = await plain(120, 40, '#f0f0f0', '#e8321a').png().toBuffer();
    const made = await makeVariant(wide, '320.webp');
    const [red = 0, green = 0] = await colourAt(made, 8, 8);
    expect(red).toBeGreaterThan(green + 40);
    const [light = 0] = await colourAt(made, 112, 8);
    expect(light).toBeGreaterThan(100);
    expect(light).toBeLessThan(220);
  });

  it('does not enlarge a small source', async () => {
    const made = await makeVariant(await plain(50, 40, '#e8321a').png().toBuffer(), '640.jpg');
    expect(await sharp(made).metadata()).toMatchObject({ width: 50, height: 50 });
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('is turned as EXIF orientation %d asks', async (orientation) => {
    const quarters = plain(64, 64, '#ffffff').composite([
      { input: { create: { width: 32, height: 32, channels: 3, background: '#e8321a' } }, left: 0, top: 0 },
      { input: { create: { width: 32, height: 32, channels: 3, background: '#1f4e8c' } }, left: 32, top: 0 },
    ]);
    const source = await quarters.withMetadata({ orientation }).png().toBuffer();
    const made = await makeVariant(source, '96.webp');
    // EXIF 2.32, tag 274: where the stored picture's first row (red, blue) is seen.
    const places: Record<number, [number[], number[]]> = {
      1: [
        [16, 16],
        [48, 16],
      ],
      2: [
        [48, 16],
        [16, 16],
      ],
      3: [
        [48, 48],
        [16, 48],
      ],
      4: [
        [16, 48],
        [48, 48],
      ],
      5: [
        [16, 16],
        [16, 48],
      ],
      6: [
        [48, 16],
        [48, 48],
      ],
      7: [
        [48, 48],
        [48, 16],
      ],
      8: [
        [16, 48],
        [16, 16],
      ],
    };
    const [[redX = 0, redY = 0], [blueX = 0, blueY = 0]] = places[orientation] ?? [[], []];
    expect(isLike(await colourAt(made, redX, redY), RED)).toBe(true);
    expect(isLike(await colourAt(made, blueX, blueY), BLUE)).toBe(true);
  });

  it.each([
    ['CMYK', plain(40, 20, '#1f4e8c').toColourspace('cmyk').jpeg()],
    ['16 bits', plain(40, 20, '#1f4e8c').toColourspace('rgb16').png()],
    ['TIFF', plain(40, 20, '#1f4e8c').tiff()],
    ['alpha', plain(40, 20, '#1f4e8c').ensureAlpha().webp({ lossless: true })],
  ])('of a source in %s has its colours', async (kind, source) => {
    const made = await makeVariant(await source.toBuffer(), '96.jpg');
    const [red = 0, green = 0, blue = 0] = await colourAt(made, 20, 20);
    if (kind === 'CMYK') expect(blue).toBeGreaterThan(Math.max(red, green));
    else expect(isLike([red, green, blue], BLUE)).toBe(true);
  });

  it('of a grey source with 16 bits is grey', async () => {
    const grey = await plain(40, 20, '#808080').toColourspace('grey16').png().toBuffer();
    expect(isLike(await colourAt(await makeVariant(grey, '96.jpg'), 20, 20), [128, 128, 128])).toBe(true);
  });

  it.each([
    ['dark', '#000000', [0xf5, 0xf2, 0xec]],
    ['light', '#ffffff', [0x14, 0x13, 0x0f]],
  ])('of a %s sign without a ground has one it stands out from', async (_, colour, ground) => {
    const sign = {
      input: { create: { width: 20, height: 20, channels: 3 as const, background: colour } },
      left: 20,
      top: 0,
    };
    const clear = sharp({
      create: { width: 60, height: 20, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
    });
    const made = await makeVariant(await clear.composite([sign]).png().toBuffer(), '96.webp');
    expect(isLike(await colourAt(made, 5, 30), ground)).toBe(true);
    expect(isLike(await colourAt(made, 5, 5), ground)).toBe(true);
  });

  it('of a picture that ends too early is refused', async () => {
    const whole = await plain(400, 400, '#e8321a', '#1f4e8c').png({ compressionLevel: 0 }).toBuffer();
    await expect(makeVariant(whole.subarray(0, 9_000), '96.jpg')).rejects.toBeInstanceOf(NotPicture);
  });
});

describe('the picture for feeds', () => {
  it.each([
    [30, 20, 1400],
    [1500, 700, 1500],
    [3200, 1, 3000],
  ])('of %d × %d px is a square of %d px as Apple asks', async (width, height, side) => {
    const source = await plain(width, height, '#e8321a').png().toBuffer();
    const feed = await makeVariant(source, 'feed.jpg');
    const made = await sharp(feed).metadata();
    expect(made).toMatchObject({ width: side, height: side, format: 'jpeg', space: 'srgb', density: 72 });
    expect(feed.length).toBeLessThan(512_000);
  });

  it('of one pixel has its colour all over', async () => {
    const feed = await makeVariant(await plain(1, 1, '#e8321a').png().toBuffer(), 'feed.jpg');
    expect(isLike(await colourAt(feed, 10, 10), RED)).toBe(true);
  });

  it('stays under 512 KB whatever is on it', async () => {
    const noise = { type: 'gaussian' as const, mean: 128, sigma: 90 };
    const grain = await sharp({
      create: { width: 1400, height: 1400, channels: 3, background: '#000', noise },
    })
      .jpeg({ quality: 95 })
      .toBuffer();
    const feed = await makeVariant(grain, 'feed.jpg');
    expect(feed.length).toBeLessThan(512_000);
    expect((await sharp(feed).metadata()).width).toBe(1400);
  });
});

describe('the variants', () => {
  it('are fifteen, and no other name is one', () => {
    expect(PICTURE_VARIANTS).toHaveLength(15);
    expect(PICTURE_VARIANTS.every(isPictureVariant)).toBe(true);
    expect(['97.jpg', '96.png', 'feed.png', '../96.jpg', '', '96.jpg '].some(isPictureVariant)).toBe(false);
  });
});
