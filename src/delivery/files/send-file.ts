import type { IncomingMessage, ServerResponse } from 'node:http';
import { evaluateConditions, isConditional, rangeApplies } from '../conditional-requests.ts';
import type { HeaderList } from '../headers.ts';
import { contentRange, layOutMultipart } from '../multipart-ranges.ts';
import { type PreparedHead, writePreparedHead } from '../prepared-head.ts';
import { type ByteRange, parseRanges } from '../ranges.ts';
import { sendWithoutBody, writeHead } from '../write-head.ts';
import { CHUNK, giveBack, readChunk, takeBuffer } from './file-chunks.ts';
import { streamFile } from './file-stream.ts';
import type { OpenFile, OpenFiles } from './open-files.ts';
import type { PreparedFile } from './prepared-file.ts';

/** Answers a GET or HEAD with an open file, to which the caller has a reference; it is given back when all is sent. */
export function sendFile(
  req: IncomingMessage,
  res: ServerResponse,
  ready: PreparedFile,
  open: OpenFile,
  files: OpenFiles,
): void {
  const { headers } = req;
  const validators = { etags: [open.etag], modifiedAt: open.modifiedAt };
  const verdict = isConditional(headers) ? evaluateConditions(headers, validators) : undefined;
  if (verdict !== undefined) {
    files.release(open);
    if (verdict.status === 412) {
      sendWithoutBody(res, 412);
      return;
    }
    writePreparedHead(res, ready.head(304, open));
    res.end();
    return;
  }
  const ranges =
    req.method === 'GET' &&
    headers.range !== undefined &&
    rangeApplies(headers['if-range'], validators, Date.now())
      ? parseRanges(headers.range, open.size)
      : undefined;
  if (ranges === 'unsatisfiable') {
    files.release(open);
    writeHead(res, 416, [
      ...ready.validatorHeaders(open),
      'Content-Range',
      `bytes */${open.size}`,
      'Content-Length',
      '0',
    ]);
    res.end();
    return;
  }
  if (ranges === undefined || ranges.length === 0) sendWhole(req, res, ready, open, files);
  else sendRanges(res, ready, open, files, ranges);
}

function sendWhole(
  req: IncomingMessage,
  res: ServerResponse,
  ready: PreparedFile,
  open: OpenFile,
  files: OpenFiles,
): void {
  writePreparedHead(res, ready.head(200, open));
  if (req.method === 'HEAD' || open.size === 0) {
    files.release(open);
    res.end();
    return;
  }
  streamFile(res, files, open, [{ start: 0, end: open.size - 1 }]);
}

function sendRanges(
  res: ServerResponse,
  ready: PreparedFile,
  open: OpenFile,
  files: OpenFiles,
  ranges: ByteRange[],
): void {
  const [range, ...more] = ranges;
  if (range !== undefined && more.length === 0) {
    const length = range.end - range.start + 1;
    const head = ready.head(206, open);
    const about = ['Content-Range', contentRange(range, open.size), 'Content-Length', String(length)];
    if (length <= CHUNK) {
      sendAtOnce(res, head, about, open, files, range);
      return;
    }
    writePreparedHead(res, head, about);
    streamFile(res, files, open, [range]);
    return;
  }
  const { type, length, parts, tail } = layOutMultipart(ready.file.type, open.size, ranges);
  writeHead(res, 206, [
    ...ready.multipartHeaders(open),
    'Content-Type',
    type,
    'Content-Length',
    String(length),
  ]);
  streamFile(res, files, open, [...parts.flatMap(({ head, range: part }) => [head, part]), tail]);
}

/** What fits one chunk is read before the head is written, and both leave in one write. */
function sendAtOnce(
  res: ServerResponse,
  head: PreparedHead,
  about: HeaderList,
  open: OpenFile,
  files: OpenFiles,
  { start, end }: ByteRange,
): void {
  const buffer = takeBuffer();
  const length = end - start + 1;
  readChunk(open, buffer, start, length, (whole) => {
    if (!whole) files.forget(open);
    files.release(open);
    if (!whole || res.destroyed) {
      giveBack(buffer);
      res.destroy();
      return;
    }
    writePreparedHead(res, head, about);
    res.end(buffer.subarray(0, length), () => giveBack(buffer));
  });
}
