import sharp from 'sharp';
import type { PictureVariant } from '../model/addresses.ts';
import type { PictureSource } from './picture-source.ts';
import { scaledPicture, squarePicture } from './scaled-picture.ts';

/**
 * Returns a variant of a picture: square (except in articles), in sRGB, without metadata. A smaller source keeps its size; only
 * `feed.jpg` is enlarged. Throws `NotPicture`, `PictureTooLarge`, and what `node:fs` throws for a path.
 */
export async function makeVariant(source: PictureSource, variant: PictureVariant): Promise<Buffer> {
  if (variant === 'feed.jpg') return feedPicture(source);
  const size = Number(/\d+/.exec(variant)?.[0]);
  const picture = variant.startsWith('wide-')
    ? await scaledPicture(source, size)
    : (await squarePicture(source, size)).picture;
  if (variant.endsWith('avif')) return picture.avif({ quality: 58, effort: 2 }).toBuffer();
  if (variant.endsWith('webp'))
    return picture.webp({ quality: 78, effort: 2, smartSubsample: true }).toBuffer();
  return picture.jpeg({ quality: 80, chromaSubsampling: '4:4:4', progressive: true }).toBuffer();
}

// Apple Podcasts, "Artwork requirements": a square of 1400 to 3000 px, JPEG or PNG, RGB, 72 dpi, under 512 KB.
const FEED_SMALLEST = 1400;
const FEED_LARGEST = 3000;
const FEED_BYTES = 512_000;

async function feedPicture(source: PictureSource): Promise<Buffer> {
  const { picture, side } = await squarePicture(source, FEED_LARGEST);
  const full = Math.max(side, FEED_SMALLEST);
  const pixels = await picture.raw().toBuffer({ resolveWithObject: true });
  let smallest = Buffer.alloc(0);
  for (const { size, quality } of attempts(full)) {
    const { width, height } = pixels.info;
    smallest = await sharp(pixels.data, { raw: { width, height, channels: 3 } })
      .resize(size, size, { kernel: 'lanczos3' })
      .jpeg({ quality, chromaSubsampling: quality > 75 ? '4:4:4' : '4:2:0', progressive: false })
      .toBuffer();
    if (smallest.length < FEED_BYTES) break;
  }
  return smallest;
}

// A photograph that is too large at a fair quality is made smaller before its quality is lowered.
function attempts(full: number): { size: number; quality: number }[] {
  const smaller = new Set([1, 0.8, 0.64].map((part) => Math.max(FEED_SMALLEST, Math.round(full * part))));
  return [
    ...[88, 80, 70].map((quality) => ({ size: full, quality })),
    ...[...smaller].map((size) => ({ size, quality: 60 })),
    ...[50, 35, 20, 8].map((quality) => ({ size: FEED_SMALLEST, quality })),
  ];
}
