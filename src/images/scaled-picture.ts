import sharp, { type Sharp } from 'sharp';
import { NotPicture } from './picture-errors.ts';
import { openPicture, type PictureSource, pictureBytes, readHead } from './picture-source.ts';

type Pixels = { data: Buffer; width: number; height: number; channels: 3 | 4 };

/**
 * Returns the picture as a square of RGB pixels, at most `side` px wide (smaller when the source is): rotated as EXIF says, in
 * sRGB, opaque, nothing cut off. The rest of the square has the colour of the picture's edge where that is one colour, else the
 * picture itself, enlarged and blurred.
 * Throws `NotPicture` and `PictureTooLarge`.
 */
export async function squarePicture(
  source: PictureSource,
  side: number,
): Promise<{ picture: Sharp; side: number }> {
  const { pixels, ground } = await flatten(await shrink(source, side));
  const { width, height } = pixels;
  const square = Math.max(width, height);
  if (width === height) return { picture: fromPixels(pixels), side: square };
  const top = Math.floor((square - height) / 2);
  const left = Math.floor((square - width) / 2);
  const fill = ground ?? edgeColour(pixels);
  const beneath = fill
    ? sharp({ create: { width: square, height: square, channels: 3, background: fill } })
    : await blurred(pixels, square);
  const { data, info } = await beneath
    .composite([{ input: pixels.data, raw: { width, height, channels: 3 }, top, left }])
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return {
    picture: sharp(data, { raw: { width: info.width, height: info.height, channels: 3 } }),
    side: square,
  };
}

/**
 * Returns the picture in its own shape, at most `width` px wide, in other ways like `squarePicture`.
 * Throws `NotPicture` and `PictureTooLarge`.
 */
export async function scaledPicture(source: PictureSource, width: number): Promise<Sharp> {
  // A picture in an article is not many screens high.
  const { pixels } = await flatten(await shrink(source, width, 4 * width));
  return fromPixels(pixels);
}

const fromPixels = ({ data, width, height, channels }: Pixels): Sharp =>
  sharp(data, { raw: { width, height, channels } });

// Rotated after shrinking, since libvips holds a whole picture in memory to rotate it.
async function shrink(source: PictureSource, width: number, height = width): Promise<Pixels> {
  const picture = openPicture(await pictureBytes(source));
  const { orientation } = await readHead(picture);
  const isLying = orientation !== undefined && orientation > 4;
  try {
    const small = picture
      .resize(isLying ? height : width, isLying ? width : height, { fit: 'inside', withoutEnlargement: true })
      .toColourspace('srgb')
      .raw({ depth: 'uchar' });
    const pixels = await pixelsOf(small);
    return orientation && orientation > 1 ? await pixelsOf(turned(fromPixels(pixels), orientation)) : pixels;
  } catch (error) {
    throw new NotPicture(`it cannot be read to its end (${error instanceof Error ? error.message : error})`);
  }
}

async function pixelsOf(picture: Sharp): Promise<Pixels> {
  const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  if (channels === 3 || channels === 4) return { data, width, height, channels };
  throw new NotPicture(`it has ${channels} channels`);
}

// EXIF 2.32, tag 274. Mirrored first, then rotated: the order of sharp when it does both.
function turned(picture: Sharp, orientation: number): Sharp {
  const mirrored = orientation === 2 || orientation === 4 || orientation === 5 || orientation === 7;
  const angle = [0, 0, 0, 180, 180, 270, 90, 90, 270][orientation] ?? 0;
  const first = mirrored ? picture.flop() : picture;
  return angle === 0 ? first : first.rotate(angle);
}

const PAPER = { r: 0xf5, g: 0xf2, b: 0xec };
const INK = { r: 0x14, g: 0x13, b: 0x0f };

// A picture with transparency (a logo) is put on paper, or on ink when it is light itself.
async function flatten(pixels: Pixels): Promise<{ pixels: Pixels; ground?: Colour }> {
  if (pixels.channels === 3) return { pixels };
  let weight = 0;
  let light = 0;
  for (let at = 0; at < pixels.data.length; at += 4) {
    const [red = 0, green = 0, blue = 0, alpha = 0] = pixels.data.subarray(at, at + 4);
    weight += alpha;
    light += alpha * (0.2126 * red + 0.7152 * green + 0.0722 * blue);
  }
  const isOpaque = weight === pixels.width * pixels.height * 255;
  const ground = weight > 0 && light / weight > 190 ? INK : PAPER;
  const flat = await pixelsOf(fromPixels(pixels).flatten({ background: ground }));
  return isOpaque ? { pixels: flat } : { pixels: flat, ground };
}

type Colour = { r: number; g: number; b: number };

/** Colours along an edge count as one colour when they differ from their mean by at most this (0…255). */
const ONE_COLOUR = 10;

/** Returns the colour of the two edges at which the square adds space; `undefined` when it is not one colour. */
function edgeColour({ data, width, height }: Pixels): Colour | undefined {
  const isWide = width > height;
  const length = isWide ? width : height;
  const offsets = Array.from({ length }, (_, along) => {
    const [near, far] = isWide
      ? [along, (height - 1) * width + along]
      : [along * width, along * width + width - 1];
    return [near * 3, far * 3];
  }).flat();
  const mean = [0, 1, 2].map((band) => average(offsets.map((at) => data[at + band] ?? 0)));
  const strays = [0, 1, 2].map((band) =>
    average(offsets.map((at) => ((data[at + band] ?? 0) - (mean[band] ?? 0)) ** 2)),
  );
  if (Math.sqrt(Math.max(...strays)) > ONE_COLOUR) return undefined;
  const [r = 0, g = 0, b = 0] = mean.map(Math.round);
  return { r, g, b };
}

const average = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

async function blurred(pixels: Pixels, square: number): Promise<Sharp> {
  // Blurring a thumbnail and enlarging it looks the same as blurring at full size and costs a hundredth.
  const thumbnail = await fromPixels(pixels)
    .resize(48, 48, { fit: 'fill' })
    .blur(4)
    .modulate({ brightness: 0.72, saturation: 0.85 })
    .raw()
    .toBuffer();
  return sharp(thumbnail, { raw: { width: 48, height: 48, channels: 3 } }).resize(square, square, {
    kernel: 'cubic',
  });
}
