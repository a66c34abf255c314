import { AV_SAMPLE_FMT_FLTP, AVERROR_EAGAIN, AVERROR_EOF, FF_ENCODER_LIBMP3LAME } from 'node-av/constants';
import {
  avChannelLayoutDefault,
  Codec,
  CodecContext,
  Dictionary,
  FormatContext,
  Frame,
  Packet,
  Rational,
  type Stream,
} from 'node-av/lib';
import { ProductionFailed } from '../failures.ts';
import { assertDone } from '../ffmpeg-faults.ts';
import { type Piece, RATE } from '../resampling.ts';
import { FRAME_SAMPLES } from './mp3-frames.ts';

const NOTHING = Buffer.alloc(0);

/** Codes a sound as MP3 of a constant bitrate, with LAME. */
export class Mp3Encoder {
  readonly context: CodecContext;
  readonly #take: (packet: Packet, bytes: Buffer) => void;
  readonly #packet = new Packet();
  readonly #frame = new Frame();
  readonly #planes: Float32Array[];
  #filled = 0;
  #samples = 0n;

  /** `bitrate` in kbit/s. `take` gets each packet and its bytes, which are no longer valid when it returns. */
  constructor(channels: number, bitrate: number, take: (packet: Packet, bytes: Buffer) => void) {
    this.context = openEncoder(channels, bitrate);
    this.#take = take;
    this.#packet.alloc();
    this.#frame.alloc();
    this.#frame.format = AV_SAMPLE_FMT_FLTP;
    this.#frame.sampleRate = RATE;
    this.#frame.channelLayout = this.context.channelLayout;
    this.#frame.nbSamples = FRAME_SAMPLES;
    assertDone(this.#frame.getBuffer(0), 'there is no memory for samples');
    this.#planes = (this.#frame.data ?? []).map(
      ({ buffer, byteOffset }) => new Float32Array(buffer, byteOffset, FRAME_SAMPLES),
    );
  }

  add({ planes, count }: Piece): void {
    for (let at = 0; at < count; ) {
      const end = Math.min(count, at + FRAME_SAMPLES - this.#filled);
      for (const [channel, plane] of this.#planes.entries()) {
        const samples = planes[channel];
        if (samples) plane.set(samples.subarray(at, end), this.#filled);
      }
      this.#filled += end - at;
      at = end;
      if (this.#filled === FRAME_SAMPLES) this.#sendFrame();
    }
  }

  /** Codes what is left. */
  finish(): void {
    if (this.#filled > 0) this.#sendFrame();
    assertDone(this.context.sendFrameSync(null), 'the encoder cannot end');
    this.#receive();
  }

  close(): void {
    this.#packet.free();
    this.#frame.free();
    this.context.freeContext();
  }

  #sendFrame(): void {
    this.#frame.nbSamples = this.#filled;
    this.#frame.pts = this.#samples;
    this.#samples += BigInt(this.#filled);
    this.#filled = 0;
    assertDone(this.context.sendFrameSync(this.#frame), 'a frame cannot be encoded');
    this.#receive();
  }

  #receive(): void {
    for (;;) {
      const received = this.context.receivePacketSync(this.#packet);
      if (received === AVERROR_EAGAIN || received === AVERROR_EOF) return;
      assertDone(received, 'a frame cannot be encoded');
      this.#take(this.#packet, this.#packet.data ?? NOTHING);
      this.#packet.unref();
    }
  }
}

function openEncoder(channels: number, bitrate: number): CodecContext {
  const codec = Codec.findEncoderByName(FF_ENCODER_LIBMP3LAME);
  if (!codec) throw new ProductionFailed('this FFmpeg has no MP3 encoder');
  const context = new CodecContext();
  context.allocContext3(codec);
  context.sampleRate = RATE;
  context.channelLayout = avChannelLayoutDefault(channels);
  context.sampleFormat = AV_SAMPLE_FMT_FLTP;
  context.bitRate = BigInt(bitrate * 1000);
  context.timeBase = new Rational(1, RATE);
  assertDone(context.open2Sync(codec, null), 'the encoder cannot be opened');
  return context;
}

/**
 * An MP3 file that is being written: without tags, its first frame the Info table with the delay and padding that gapless
 * players leave out.
 */
export class Mp3File {
  readonly #encoder: Mp3Encoder;
  readonly #format = new FormatContext();
  readonly #stream: Stream;

  /** `heard` gets the bytes of each frame too. Throws `DiskFull` and `ProductionFailed`, as `add` and `finish` do. */
  constructor(path: string, channels: number, bitrate: number, heard: (frame: Buffer) => void) {
    this.#encoder = new Mp3Encoder(channels, bitrate, (packet, bytes) => {
      heard(bytes);
      this.#write(packet);
    });
    assertDone(this.#format.allocOutputContext2(null, 'mp3', `file:${path}`), 'no file can be made');
    this.#stream = this.#format.newStream(null);
    assertDone(this.#stream.codecpar.fromContext(this.#encoder.context), 'no file can be made');
    this.#stream.timeBase = new Rational(1, RATE);
    assertDone(this.#format.openOutputSync(), 'the file cannot be opened');
    const options = new Dictionary();
    options.set('id3v2_version', '0');
    options.set('write_xing', '1');
    assertDone(this.#format.writeHeaderSync(options), 'the file cannot be written');
  }

  add(piece: Piece): void {
    this.#encoder.add(piece);
  }

  finish(): void {
    this.#encoder.finish();
    assertDone(this.#format.writeTrailerSync(), 'the file cannot be written');
    // Buffered writes tell of their fault here.
    assertDone(this.#format.pb?.error ?? 0, 'the file cannot be written');
  }

  close(): void {
    this.#encoder.close();
    this.#format.closeOutputSync();
    this.#format.freeContext();
  }

  #write(packet: Packet): void {
    packet.streamIndex = this.#stream.index;
    packet.rescaleTs(this.#encoder.context.timeBase, this.#stream.timeBase);
    assertDone(this.#format.writeFrameSync(packet), 'the file cannot be written');
  }
}
