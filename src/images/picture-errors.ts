/** The bytes are no picture that we can read, or of a kind that is not taken from outside (SVG, PDF). */
export class NotPicture extends Error {
  override name = 'NotPicture';
}

/** More pixels than a small server can hold; `width` and `height` in px. */
export class PictureTooLarge extends Error {
  override name = 'PictureTooLarge';
  readonly width: number;
  readonly height: number;

  constructor(width: number, height: number, most: number) {
    super(
      `the picture has ${width} × ${height} px; at most ${most / 1_000_000} megapixels of its kind can be read`,
    );
    this.width = width;
    this.height = height;
  }
}

/** The picture store has as many pictures waiting as it takes. */
export class PicturesBusy extends Error {
  override name = 'PicturesBusy';
}
