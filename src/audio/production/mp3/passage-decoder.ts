import type { FileWindow } from '../../file-window.ts';
import type { Piece } from '../resampling.ts';
import { Mp3Decoder } from './mp3-decoder.ts';
import type { Mp3Frames } from './mp3-frames.ts';

/** How far back a frame's data may begin in those before it (bytes; ISO 11172-3 2.4.1.7, main_data_begin). */
const RESERVOIR = 511;
/** Bytes of a frame at most that are no such data: header, checksum, side information. */
const FRAME_HEAD = 38;

/** Decodes passages out of the middle of an MP3 without reading the rest. */
export class PassageDecoder {
  readonly #window: FileWindow;
  readonly #frames: Mp3Frames;
  readonly #decoder: Mp3Decoder;

  constructor(window: FileWindow, frames: Mp3Frames) {
    this.#window = window;
    this.#frames = frames;
    this.#decoder = new Mp3Decoder(frames.channels);
  }

  /** Yields the decoded samples of frames `first` to `end` (exclusive). */
  *pieces(first: number, end: number): Generator<Piece> {
    this.#decoder.startPassage();
    for (let index = this.#runUp(first); index < end; index++) {
      const start = this.#start(index);
      const bytes = this.#window.bytes(start, this.#start(index + 1) - start);
      for (const piece of this.#decoder.pieces(bytes)) if (index >= first) yield piece;
    }
  }

  close(): void {
    this.#decoder.close();
  }

  /** Returns the frame to begin decoding with: the data of `first` begins in it, and waves overlap. */
  #runUp(first: number): number {
    let index = first;
    for (let bytes = 0; index > 0 && bytes < RESERVOIR; index--) {
      bytes += this.#start(index) - this.#start(index - 1) - FRAME_HEAD;
    }
    return Math.max(0, index - 1);
  }

  #start(index: number): number {
    return this.#frames.starts[index] ?? 0;
  }
}
