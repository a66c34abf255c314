import { readFile } from 'node:fs/promises';
import sharp, { type Metadata, type Sharp } from 'sharp';
import { NotPicture, PictureTooLarge } from './picture-errors.ts';
import { pictureId } from './picture-id.ts';

// One picture at a time in one thread: a server that sends audio has other work, and libvips would keep megabytes.
sharp.cache(false);
sharp.concurrency(1);

/** A picture's file, or its bytes. */
export type PictureSource = string | Uint8Array;

/** Width and height in px as they are seen, after the turn that EXIF asks for. `format`: `jpeg`, `png`, … */
export type PictureFacts = { width: number; height: number; format: string; id: string };

/**
 * Examines a picture without decoding it. Throws `NotPicture` (also for SVG and PDF, which could load what they
 * name), `PictureTooLarge`, and what `node:fs` throws for a path.
 */
export async function inspectPicture(source: PictureSource): Promise<PictureFacts> {
  const bytes = await pictureBytes(source);
  const { format, autoOrient } = await readHead(openPicture(bytes));
  return { ...autoOrient, format, id: pictureId(bytes) };
}

/** Opens a picture from outside for work on it, its first frame only. `readHead` must have passed it before decoding. */
export function openPicture(bytes: Uint8Array): Sharp {
  if (bytes.length === 0) throw new NotPicture('it holds no bytes');
  // sharp's own limit throws without the numbers; `readHead` compares them.
  return sharp(bytes, { limitInputPixels: false, pages: 1, sequentialRead: true });
}

/** Reads a picture's head and refuses what is not for us. Throws `NotPicture` and `PictureTooLarge`. */
export async function readHead(picture: Sharp): Promise<Metadata> {
  const metadata = await picture.metadata().catch((error: unknown) => {
    throw new NotPicture(`it is no picture (${error instanceof Error ? error.message : error})`);
  });
  if (!ACCEPTED.has(metadata.format)) throw new NotPicture(`${metadata.format} pictures are not taken`);
  const isStreamed = STREAMED.has(metadata.format) && metadata.isProgressive !== true;
  const most = isStreamed ? MOST_PIXELS_STREAMED : MOST_PIXELS_HELD;
  if (metadata.width * metadata.height > most)
    throw new PictureTooLarge(metadata.width, metadata.height, most);
  return metadata;
}

const ACCEPTED = new Set<string>(['jpeg', 'png', 'webp', 'avif', 'heif', 'gif', 'tiff']);

// Row by row, a picture of 20 000 × 20 000 px takes a few megabytes; interlaced, or of another kind, it is decoded
// into memory whole, four bytes a pixel.
const STREAMED = new Set<string>(['jpeg', 'png']);
const MOST_PIXELS_STREAMED = 20_000 * 20_000;
const MOST_PIXELS_HELD = 64_000_000;

/** Returns the bytes of a picture. Throws what `node:fs` throws. */
export async function pictureBytes(source: PictureSource): Promise<Uint8Array> {
  return typeof source === 'string' ? readFile(source) : source;
}
