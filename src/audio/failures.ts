/** The file is not audio that podcast players can play, whatever its name says. */
export class NotAudio extends Error {
  override name = 'NotAudio';
}

/** The file holds no bytes, or no sound. */
export class EmptyAudio extends Error {
  override name = 'EmptyAudio';
}

/** The file could not be examined: it cannot be read, took too long, asked for too much, or broke the prober. */
export class ProbeFailed extends Error {
  override name = 'ProbeFailed';
}

/** A chapters file that cannot be used; the message says why. */
export class ChaptersBroken extends Error {
  override name = 'ChaptersBroken';
}
