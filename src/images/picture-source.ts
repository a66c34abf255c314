import { readFile } from 'node:fs/promises';
import sharp, { type Metadata, type Sharp } from 'sharp';
import { NotPicture, PictureTooLarge } from './picture-errors.ts';
import { pictureId } from './picture-id.ts';

// One picture at a time, in one thread, without a cache: the server has audio to send, and libvips would keep megabytes.
sharp.cache(false);
sharp.concurrency(1);

/** A picture's file, or its bytes. */
export type PictureSource = string | Uint8Array;

/** Width and height in px, after the rotation in EXIF. `format`: `jpeg`, `png`, … */
export type PictureFacts = { width: number; height: number; format: string; id: string };

/**
 * Examines a picture without decoding it. Throws `NotPicture` (also for SVG and PDF, which could load other files),
 * `PictureTooLarge`, and what `node:fs` throws for a path.
 */
export async function inspectPicture(source: PictureSource): Promise<PictureFacts> {
  const bytes = await pictureBytes(source);
  const { format, autoOrient } = await readHead(openPicture(bytes));
  return { ...autoOrient, format, id: pictureId(bytes) };
}

/** Opens the first frame of a picture of unknown origin. `readHead` must accept it before it is decoded. */
export function openPicture(bytes: Uint8Array): Sharp {
  if (bytes.length === 0) throw new NotPicture('it holds no bytes');
  // `readHead` compares the size, since the error of sharp's own limit does not name it.
  return sharp(bytes, { limitInputPixels: false, pages: 1, sequentialRead: true });
}

/** Returns a picture's metadata. Throws `NotPicture` for a format that is not accepted, and `PictureTooLarge`. */
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

// Decoded row by row, a picture of 20 000 × 20 000 px takes a few megabytes. An interlaced one, or one in another format, is
// decoded into memory as a whole, with four bytes a pixel.
const STREAMED = new Set<string>(['jpeg', 'png']);
const MOST_PIXELS_STREAMED = 20_000 * 20_000;
const MOST_PIXELS_HELD = 64_000_000;

/** Returns the bytes of a picture. Throws what `node:fs` throws. */
export async function pictureBytes(source: PictureSource): Promise<Uint8Array> {
  return typeof source === 'string' ? readFile(source) : source;
}
