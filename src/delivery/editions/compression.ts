import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Coding } from './negotiation.ts';

const deflate = promisify(gzip);
const brotli = promisify(brotliCompress);

/** Below it the answer fits one packet anyway, and the coding's own frame eats what it saves. */
const SMALLEST_WORTH_IT = 860;
const TEXT =
  /^(text\/|[a-z]+\/([a-z0-9.-]+\+)?(xml|json)\b|application\/(javascript|manifest|x-subrip)|image\/svg|font\/ttf)/i;

/** Whether bytes of this media type and length are worth compressing: text of some length. */
export function isCompressible(type: string, length: number): boolean {
  return length >= SMALLEST_WORTH_IT && TEXT.test(type);
}

/** From this length on (bytes) the time that compressing takes is felt by whoever waits for it. */
const LONG = 256 * 1024;

/**
 * Returns the compressed form, made off the event loop. Of a page, brotli at 5 is faster than gzip at 7 and smaller; the
 * levels above it cost ten times as much for the last few percent, on a machine that may re-render all after each edit.
 * A long feed goes faster: gzip at 4 takes half the time of 7 (17 ms and 38 ms for 1 MB) for 8 % more bytes. What stays
 * the same for ever (`isLasting`) is compressed once: there the last percent are worth it.
 */
export async function compress(
  body: Buffer,
  coding: Exclude<Coding, 'identity'>,
  isLasting = false,
): Promise<Buffer> {
  const isLong = body.length > LONG;
  // Room for all that comes out of most: each further piece is another trip between the loop and its threads.
  const chunkSize = isLong ? 512 * 1024 : 32 * 1024;
  if (coding === 'gzip') return deflate(body, { level: isLong ? 4 : 7, chunkSize });
  return brotli(body, {
    chunkSize,
    params: {
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_QUALITY]: isLong ? 1 : isLasting ? 11 : 5,
      [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
      // 256 KB: articles repeat within that, and a larger window takes megabytes for each answer under way.
      [constants.BROTLI_PARAM_LGWIN]: 18,
    },
  });
}
