import { AV_CHANNEL_ORDER_UNSPEC, AV_SAMPLE_FMT_FLTP, type AVSampleFormat } from 'node-av/constants';
import { avChannelLayoutDefault, Frame, SoftwareResampleContext } from 'node-av/lib';
import { assertDone } from './ffmpeg-faults.ts';

/** The rate at which everything is measured and encoded (Hz). */
export const RATE = 44_100;

/** The samples of each channel, valid until the next piece. The planes are longer than `count`. */
export type Piece = { planes: Float32Array[]; count: number };

/** The smallest buffer (samples), so that it seldom has to grow. */
const LEAST_ROOM = 16_384;

/**
 * Makes decoded frames into planes at `RATE`. One output frame is used again and again, and seen through the same
 * arrays: a view of each decoded frame would cost more than the decoding.
 */
export class Resampling {
  readonly #channels: 1 | 2;
  #output = new Frame();
  #planes: Float32Array[] = [];
  #room = 0;
  #resampler: SoftwareResampleContext | undefined;
  #input = '';

  constructor(channels: 1 | 2) {
    this.#channels = channels;
  }

  *convert(frame: Frame, format: AVSampleFormat): Generator<Piece> {
    // Few containers say which speaker a channel is for.
    if (frame.channelLayout.order === AV_CHANNEL_ORDER_UNSPEC)
      frame.channelLayout = avChannelLayoutDefault(frame.channels);
    const input = `${format} ${frame.sampleRate} ${frame.channels} ${frame.channelLayout.mask}`;
    if (input !== this.#input) {
      // Joined recordings may change from one to the next.
      yield* this.rest();
      this.#resampler = this.#resamplerFor(frame, format);
      this.#input = input;
    }
    yield* this.#run(frame);
  }

  /** What the resampler still holds. */
  *rest(): Generator<Piece> {
    yield* this.#run(null);
    this.#resampler?.free();
    this.#resampler = undefined;
  }

  free(): void {
    this.#resampler?.free();
    this.#output.free();
  }

  *#run(frame: Frame | null): Generator<Piece> {
    if (!this.#resampler) return;
    this.#makeRoom(this.#resampler.getOutSamples(frame?.nbSamples ?? 0));
    this.#output.nbSamples = this.#room;
    assertDone(this.#resampler.convertFrame(this.#output, frame), 'the sound cannot be resampled');
    if (this.#output.nbSamples > 0) yield { planes: this.#planes, count: this.#output.nbSamples };
  }

  #makeRoom(samples: number): void {
    if (samples <= this.#room) return;
    this.#room = samples + LEAST_ROOM;
    this.#output.free();
    this.#output = new Frame();
    this.#output.alloc();
    this.#output.format = AV_SAMPLE_FMT_FLTP;
    this.#output.sampleRate = RATE;
    this.#output.channelLayout = avChannelLayoutDefault(this.#channels);
    this.#output.nbSamples = this.#room;
    assertDone(this.#output.getBuffer(0), 'there is no memory for samples');
    this.#planes = (this.#output.data ?? []).map(
      ({ buffer, byteOffset }) => new Float32Array(buffer, byteOffset, this.#room),
    );
  }

  #resamplerFor(frame: Frame, format: AVSampleFormat): SoftwareResampleContext {
    const made = new SoftwareResampleContext();
    const output = avChannelLayoutDefault(this.#channels);
    assertDone(
      made.allocSetOpts2(output, AV_SAMPLE_FMT_FLTP, RATE, frame.channelLayout, format, frame.sampleRate),
      'the sound cannot be resampled',
    );
    assertDone(made.init(), 'the sound cannot be resampled');
    return made;
  }
}
