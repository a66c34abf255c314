/** The bytes are not a readable picture, or in a format that is not accepted (SVG, PDF). */
export class NotPicture extends Error {
  override name = 'NotPicture';
}

/** The picture has more pixels than a small server can decode. `width` and `height` in px. */
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

/** Too many pictures are waiting to be made. */
export class PicturesBusy extends Error {
  override name = 'PicturesBusy';
}
