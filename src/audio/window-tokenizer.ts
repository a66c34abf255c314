import { AbstractTokenizer, EndOfStreamError, type IReadChunkOptions } from 'strtok3';
import { ProbeFailed } from './failures.ts';
import type { FileWindow } from './file-window.ts';

/** No tag or table of an honest recording is longer than this (bytes), its cover counted in. */
const LONGEST_PIECE = 24 * 1024 * 1024;

/**
 * Gives music-metadata a file to read without its name, so that it goes by the content alone, and stops a file that
 * asks for absurd lengths or to be read again and again. Reads throw `ProbeFailed` past a limit.
 */
export class WindowTokenizer extends AbstractTokenizer {
  override readonly fileInfo: { size: number; mimeType: string };
  readonly #window: FileWindow;
  #bytesLeft: number;

  constructor(window: FileWindow, mimeType: string) {
    super({ maxBufferSize: LONGEST_PIECE });
    this.#window = window;
    this.fileInfo = { size: window.size, mimeType };
    this.#bytesLeft = window.size * 4 + LONGEST_PIECE;
  }

  override supportsRandomAccess(): boolean {
    return true;
  }

  setPosition(position: number): void {
    this.validateLength(position, 'position');
    this.position = position;
  }

  override async readBuffer(target: Uint8Array, options?: IReadChunkOptions): Promise<number> {
    const { position } = this.normalizeOptions(target, options);
    const count = await this.peekBuffer(target, options);
    this.position = position + count;
    return count;
  }

  override async peekBuffer(target: Uint8Array, options?: IReadChunkOptions): Promise<number> {
    const { length, position, mayBeLess } = this.normalizeOptions(target, options);
    this.#bytesLeft -= length;
    if (length > LONGEST_PIECE || this.#bytesLeft < 0)
      throw new ProbeFailed('it asks for too much to be read');
    const bytes = this.#window.bytes(position, length);
    if (bytes.length < length && !mayBeLess) throw new EndOfStreamError();
    target.set(bytes);
    return bytes.length;
  }
}
