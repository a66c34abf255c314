import {
  AV_DISPOSITION_ATTACHED_PIC,
  AV_DISPOSITION_TIMED_THUMBNAILS,
  AVDISCARD_ALL,
  AVERROR_EAGAIN,
  AVERROR_EOF,
  AVMEDIA_TYPE_AUDIO,
  AVMEDIA_TYPE_VIDEO,
} from 'node-av/constants';
import {
  Codec,
  CodecContext,
  Dictionary,
  FormatContext,
  Frame,
  InputFormat,
  Packet,
  type Stream,
} from 'node-av/lib';
import type { Container } from '../container.ts';
import { EmptyAudio, NotAudio } from '../failures.ts';
import { assertDone, ffmpegReason } from './ffmpeg-faults.ts';
import { type Piece, Resampling } from './resampling.ts';

/** A file as it is to be read. The sound lies in `start`…`end` (bytes, `end` exclusive). */
export type SourceFile = { path: string; container: Container; start: number; end: number };

// Named, so that no other reader of FFmpeg's (a playlist's, say) ever sees a file from outside.
const FORMATS: Record<Container, string> = {
  mp3: 'mp3',
  aac: 'aac',
  mp4: 'mov',
  ogg: 'ogg',
  flac: 'flac',
  wav: 'wav',
  aiff: 'aiff',
  webm: 'matroska',
};

// These are read without what stands before and behind their sound; others count positions from the file's first byte.
const IS_CUT_OUT: ReadonlySet<Container> = new Set(['mp3', 'aac', 'flac']);

/** The file cannot be opened as the format that it begins like; it may be a piece of one. */
export class Unopenable extends NotAudio {}

/**
 * A file opened for decoding its first sound. Other streams are skipped and never decoded: FFmpeg's `find_stream_info` is not
 * called, since it would decode a cover to learn its size.
 */
export class OpenSound {
  /** Of the first frame that could be decoded. */
  readonly channels: 1 | 2;
  /** As the container tells; `undefined` when it does not. */
  readonly toldSeconds: number | undefined;
  /** How far the decoded samples go on the file's own clock (seconds). */
  reached = 0;
  readonly #format: FormatContext;
  readonly #stream: Stream;
  readonly #decoder: CodecContext;
  readonly #packet = new Packet();
  readonly #frame = new Frame();
  #hasPackets = false;
  #isAtEnd = false;

  /**
   * Decodes up to the first samples. Throws `NotAudio` when the file cannot be opened, is a film, or has no sound that
   * can be decoded, and `EmptyAudio` when its sound has no length.
   */
  static open(file: SourceFile): OpenSound {
    const format = openFormat(file);
    try {
      const stream = chooseSound(format);
      const decoder = openDecoder(stream);
      return new OpenSound(format, stream, decoder);
    } catch (error) {
      format.closeInputSync();
      throw error;
    }
  }

  private constructor(format: FormatContext, stream: Stream, decoder: CodecContext) {
    this.#format = format;
    this.#stream = stream;
    this.#decoder = decoder;
    this.#packet.alloc();
    this.#frame.alloc();
    const { duration, timeBase } = this.#stream;
    this.toldSeconds = duration > 0n ? (Number(duration) * timeBase.num) / timeBase.den : undefined;
    if (!this.#nextFrame())
      throw this.#hasPackets
        ? new NotAudio('nothing in it can be decoded')
        : new EmptyAudio('there is no sound behind its header');
    this.channels = this.#frame.channels === 1 ? 1 : 2;
  }

  /** Yields the whole sound once, at `RATE`, with at most two channels. Frames that cannot be decoded are left out. */
  *pieces(): Generator<Piece> {
    const resampling = new Resampling(this.channels);
    try {
      do yield* resampling.convert(this.#frame, this.#decoder.sampleFormat);
      while (this.#nextFrame());
      yield* resampling.rest();
    } finally {
      resampling.free();
    }
  }

  close(): void {
    this.#frame.free();
    this.#packet.free();
    this.#decoder.freeContext();
    this.#format.closeInputSync();
  }

  #nextFrame(): boolean {
    for (;;) {
      this.#frame.unref();
      const received = this.#decoder.receiveFrameSync(this.#frame);
      if (received >= 0) {
        const { pts, nbSamples, sampleRate } = this.#frame;
        const { num, den } = this.#stream.timeBase;
        if (pts >= 0n && sampleRate > 0) this.reached = (Number(pts) * num) / den + nbSamples / sampleRate;
        return true;
      }
      if (received === AVERROR_EOF) return false;
      // Any other fault is a broken frame, behind which whole ones may follow.
      if (received === AVERROR_EAGAIN) this.#sendPacket();
    }
  }

  #sendPacket(): void {
    do {
      this.#packet.unref();
      // Whatever ends the reading, what was read is to be decoded.
      this.#isAtEnd = this.#isAtEnd || this.#format.readFrameSync(this.#packet) < 0;
    } while (!this.#isAtEnd && this.#packet.streamIndex !== this.#stream.index);
    this.#hasPackets ||= !this.#isAtEnd;
    this.#decoder.sendPacketSync(this.#isAtEnd ? null : this.#packet);
  }
}

function openFormat({ path, container, start, end }: SourceFile): FormatContext {
  const options = new Dictionary();
  options.set('protocol_whitelist', 'file,subfile');
  if (container === 'wav') options.set('max_size', '65536');
  const format = new FormatContext();
  format.allocContext();
  const address = IS_CUT_OUT.has(container)
    ? `subfile,,start,${start},end,${end},,:file:${path}`
    : `file:${path}`;
  const opened = format.openInputSync(address, InputFormat.findInputFormat(FORMATS[container]), options);
  if (opened < 0)
    throw new Unopenable(`it begins like ${container} and does not go on like it (${ffmpegReason(opened)})`);
  return format;
}

function chooseSound(format: FormatContext): Stream {
  let sound: Stream | undefined;
  for (const stream of format.streams) {
    const { codecType } = stream.codecpar;
    const isPicture =
      stream.hasDisposition(AV_DISPOSITION_ATTACHED_PIC) ||
      stream.hasDisposition(AV_DISPOSITION_TIMED_THUMBNAILS);
    if (codecType === AVMEDIA_TYPE_VIDEO && !isPicture) throw new NotAudio('it is a video');
    if (codecType === AVMEDIA_TYPE_AUDIO && !sound) sound = stream;
    else stream.discard = AVDISCARD_ALL;
  }
  if (!sound) throw new NotAudio('it has no sound in it');
  return sound;
}

function openDecoder(stream: Stream): CodecContext {
  const codec = Codec.findDecoder(stream.codecpar.codecId);
  if (!codec) throw new NotAudio('its sound is coded in a way that is not known here');
  const decoder = new CodecContext();
  decoder.allocContext3(codec);
  assertDone(decoder.parametersToContext(stream.codecpar), 'the sound cannot be decoded');
  decoder.pktTimebase = stream.timeBase;
  const opened = decoder.open2Sync(codec, null);
  if (opened < 0) throw new NotAudio(`its sound cannot be decoded (${ffmpegReason(opened)})`);
  return decoder;
}
