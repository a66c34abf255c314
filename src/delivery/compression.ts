import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Coding } from './negotiation.ts';

const deflate = promisify(gzip);
const brotli = promisify(brotliCompress);

/** Below it the answer fits one packet anyway, and the coding's own frame eats what it saves. */
const SMALLEST_WORTH_IT = 860;
const TEXT =
  /^(text\/|[a-z]+\/([a-z0-9.-]+\+)?(xml|json)\b|application\/(javascript|manifest)|image\/svg|font\/ttf)/i;

/** Whether bytes of this media type and length are worth compressing: text of some length. */
export function isCompressible(type: string, length: number): boolean {
  return length >= SMALLEST_WORTH_IT && TEXT.test(type);
}

/**
 * Returns the compressed form, made off the event loop. Brotli at 5 is faster than gzip at 7 and smaller; the levels
 * above it cost ten times as much for the last few percent, on a machine that may re-render all after each edit.
 */
export async function compress(body: Buffer, coding: Exclude<Coding, 'identity'>): Promise<Buffer> {
  if (coding === 'gzip') return deflate(body, { level: 7 });
  return brotli(body, {
    params: {
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_QUALITY]: 5,
      [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
    },
  });
}
