import sharp, { type Sharp } from 'sharp';

/** A picture of one colour, px; the left third of it in another when `left` is given. */
export function plain(width: number, height: number, colour: string, left?: string): Sharp {
  const picture = sharp({ create: { width, height, channels: 3, background: colour } });
  if (left === undefined) return picture;
  const stripe = { create: { width: Math.ceil(width / 3), height, channels: 3 as const, background: left } };
  return picture.composite([{ input: stripe, left: 0, top: 0 }]);
}

/** The colour at a place of an encoded picture, as `[red, green, blue]`. */
export async function colourAt(bytes: Uint8Array, x: number, y: number): Promise<number[]> {
  const { data, info } = await sharp(bytes).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const at = (y * info.width + x) * info.channels;
  return [...data.subarray(at, at + 3)];
}

/** Whether two colours look the same, lossy formats allowed for. */
export const isLike = (one: number[], other: number[]): boolean =>
  one.every((part, band) => Math.abs(part - (other[band] ?? 0)) <= 14);
