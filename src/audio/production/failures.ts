/** The file plays from end to end, and nothing can be heard: no part of it is above -70 LUFS. */
export class SilentAudio extends Error {
  override name = 'SilentAudio';
}

/** The file ends in the middle of its sound. `seconds`: as much of it as there is. */
export class CutAudio extends Error {
  override name = 'CutAudio';
  readonly seconds: number;
  constructor(seconds: number) {
    super(`it ends in the middle, after ${seconds.toFixed(1)} s`);
    this.seconds = seconds;
  }
}

/** The file lasts longer than a sound may. Both in seconds. */
export class AudioTooLong extends Error {
  override name = 'AudioTooLong';
  readonly seconds: number;
  readonly most: number;
  constructor(seconds: number, most: number) {
    super(`it lasts ${Math.round(seconds)} s, more than ${Math.round(most)} s`);
    this.seconds = seconds;
    this.most = most;
  }
}

/** No fault of the file was found: the process crashed, went beyond its limits, or a library failed. */
export class ProductionFailed extends Error {
  override name = 'ProductionFailed';
}

/** There is no room for the result. */
export class DiskFull extends Error {
  override name = 'DiskFull';
}
