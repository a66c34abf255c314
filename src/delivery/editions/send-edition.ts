import type { IncomingMessage, ServerResponse } from 'node:http';
import { sendBatched } from '../batched-send.ts';
import { evaluateConditions, isConditional, rangeApplies } from '../conditional-requests.ts';
import { contentRange, layOutMultipart } from '../multipart-ranges.ts';
import { type ByteRange, parseRanges } from '../ranges.ts';
import { sendWithoutBody, writeHead } from '../write-head.ts';
import { negotiateCoding } from './negotiation.ts';
import type { Form, PreparedEdition } from './prepared-edition.ts';

/**
 * Answers a GET or HEAD with an edition. Returns `undefined` when that is done, or a promise when the form that
 * the client wants has to be made first.
 */
export function sendEdition(
  req: IncomingMessage,
  res: ServerResponse,
  ready: PreparedEdition,
): Promise<void> | undefined {
  const { headers } = req;
  const { edition } = ready;
  const coding = ready.negotiable ? negotiateCoding(headers['accept-encoding']) : 'identity';
  // Preconditions are about a representation; a 404 page has none (RFC 9110, 13.2.1).
  if (edition.status === 200) {
    const verdict = isConditional(headers)
      ? evaluateConditions(headers, { etags: ready.etags(coding) })
      : undefined;
    if (verdict?.status === 304) {
      sendBatched(res, ready.unchangedHead(verdict.etag));
      return undefined;
    }
    if (verdict?.status === 412) {
      sendWithoutBody(res, 412);
      return undefined;
    }
    if (headers.range !== undefined && coding === 'identity' && req.method === 'GET') {
      const { length } = edition.body;
      const ranges = rangeApplies(headers['if-range'], { etags: [edition.etag] }, Date.now())
        ? parseRanges(headers.range, length)
        : undefined;
      if (ranges !== undefined) {
        sendRanges(res, ready, ranges);
        return undefined;
      }
    }
  }
  const form = ready.form(coding);
  if (form !== undefined) {
    sendForm(res, form);
    return undefined;
  }
  return coding === 'identity' ? undefined : sendOnceMade(res, ready, coding);
}

async function sendOnceMade(
  res: ServerResponse,
  ready: PreparedEdition,
  coding: 'br' | 'gzip',
): Promise<void> {
  const form = await ready.make(coding);
  sendForm(res, form);
}

function sendForm(res: ServerResponse, { head, body }: Form): void {
  // To HEAD, node:http sends the head alone. Every connection shares the one body: slow readers cost no copy of it.
  sendBatched(res, head, body);
}

function sendRanges(
  res: ServerResponse,
  ready: PreparedEdition,
  ranges: ByteRange[] | 'unsatisfiable',
): void {
  const { body, type } = ready.edition;
  if (ranges === 'unsatisfiable') {
    const headers = ready.partHeaders(false);
    writeHead(res, 416, [...headers, 'Content-Range', `bytes */${body.length}`, 'Content-Length', '0']);
    res.end();
    return;
  }
  const [only, ...more] = ranges;
  if (only !== undefined && more.length === 0) {
    writeHead(res, 206, [
      ...ready.partHeaders(true),
      'Content-Range',
      contentRange(only, body.length),
      'Content-Length',
      String(only.end - only.start + 1),
    ]);
    res.end(body.subarray(only.start, only.end + 1));
    return;
  }
  const { type: multipartType, length, parts, tail } = layOutMultipart(type, body.length, ranges);
  const headers = ready.partHeaders(false);
  writeHead(res, 206, [...headers, 'Content-Type', multipartType, 'Content-Length', String(length)]);
  res.cork();
  for (const { head, range } of parts) {
    res.write(head);
    res.write(body.subarray(range.start, range.end + 1));
  }
  res.end(tail);
  res.uncork();
}
