import { AV_CODEC_ID_MP3 } from 'node-av/constants';
import { Codec, CodecContext, Frame, Packet } from 'node-av/lib';
import { ProductionFailed } from '../failures.ts';
import { assertDone } from '../ffmpeg-faults.ts';
import { type Piece, Resampling } from '../resampling.ts';

/** Decodes MP3 frames that come from no file. The encoder's delay stays in. */
export class Mp3Decoder {
  readonly #context = new CodecContext();
  readonly #packet = new Packet();
  readonly #frame = new Frame();
  readonly #resampling: Resampling;

  constructor(channels: 1 | 2) {
    const codec = Codec.findDecoder(AV_CODEC_ID_MP3);
    if (!codec) throw new ProductionFailed('this FFmpeg has no MP3 decoder');
    this.#context.allocContext3(codec);
    assertDone(this.#context.open2Sync(codec, null), 'the decoder cannot be opened');
    this.#packet.alloc();
    this.#frame.alloc();
    this.#resampling = new Resampling(channels);
  }

  /** Yields the decoded samples of a frame; nothing when it cannot be decoded. */
  *pieces(bytes: Buffer): Generator<Piece> {
    this.#packet.data = bytes;
    this.#context.sendPacketSync(this.#packet);
    this.#packet.unref();
    while (this.#context.receiveFrameSync(this.#frame) >= 0) {
      yield* this.#resampling.convert(this.#frame, this.#context.sampleFormat);
      this.#frame.unref();
    }
  }

  /** What comes next does not follow what came before. */
  startPassage(): void {
    this.#context.flushBuffers();
  }

  close(): void {
    this.#resampling.free();
    this.#frame.free();
    this.#packet.free();
    this.#context.freeContext();
  }
}
