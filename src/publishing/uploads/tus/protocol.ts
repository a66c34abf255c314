import type { IncomingMessage } from 'node:http';
import { type Problem, type ProblemCode, Refused } from '../../../model/problem.ts';

// "tus: the resumable upload protocol" 1.0.0, with its extensions Creation, Termination and Expiration.
export const VERSION = '1.0.0';
export const EXTENSIONS = 'creation,termination,expiration';
export const BODY_TYPE = 'application/offset+octet-stream';

/** A request that is refused, with its status by tus or HTTP. */
export class TusRefused extends Refused {
  readonly status: number;
  readonly headers: Record<string, string>;
  constructor(status: number, { code, values }: Problem, headers: Record<string, string> = {}) {
    super(code, values);
    this.status = status;
    this.headers = headers;
  }
}

const STATUSES: Partial<Record<ProblemCode, number>> = {
  'not-allowed': 403,
  'not-found': 404,
  'upload-too-large': 413,
  'upload-length-wrong': 413,
  'upload-busy': 423,
  'upload-expired': 410,
  'too-many-uploads': 429,
  'upload-no-room': 507,
  'disk-full': 507,
};

/** Returns the status that a refusal is answered with: 400 for what is wrong in the request itself. */
export const refusalStatus = (refused: Refused): number =>
  refused instanceof TusRefused ? refused.status : (STATUSES[refused.problem.code] ?? 400);

/** Returns the refusal of a header that is missing or unusable. */
export const wrongHeader = (field: string, reason: string, status = 400): TusRefused =>
  new TusRefused(status, { code: 'value-wrong', values: { field, reason } });

/** Returns a header that is a number of bytes. Throws `TusRefused`. */
export function byteHeader(req: IncomingMessage, name: string): number {
  const value = req.headers[name.toLowerCase()];
  if (typeof value !== 'string' || !/^\d{1,15}$/.test(value))
    throw wrongHeader(name, value === undefined ? 'missing' : String(value).slice(0, 40));
  return Number(value);
}

/** Returns the announced length of the body; `undefined` for a body in chunks. */
export function bodyLength(req: IncomingMessage): number | undefined {
  const { 'content-length': length, 'transfer-encoding': encoding } = req.headers;
  if (encoding !== undefined) return undefined;
  return length === undefined ? 0 : Number(length);
}

const METADATA = 'Upload-Metadata';
const LONGEST_METADATA = 8_000;
/** Base64 by RFC 4648 §4, padding included. */
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/**
 * Returns the keys and values of an `Upload-Metadata` header: pairs of an ASCII key and Base64 of UTF-8,
 * between commas; a key alone has the value ''. Throws `TusRefused` for everything else.
 */
export function parseMetadata(header: string | undefined): Map<string, string> {
  const pairs = new Map<string, string>();
  if (header === undefined || header.trim() === '') return pairs;
  if (header.length > LONGEST_METADATA) throw wrongHeader(METADATA, `> ${LONGEST_METADATA}`);
  for (const pair of header.split(',')) {
    const [key, value = '', ...rest] = pair.trim().split(' ');
    if (
      key === undefined ||
      !/^[!-~]+$/.test(key) ||
      pairs.has(key) ||
      rest.length > 0 ||
      !BASE64.test(value)
    )
      throw wrongHeader(METADATA, pair.trim().slice(0, 40));
    pairs.set(key, textOf(value, key));
  }
  return pairs;
}

function textOf(base64: string, key: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(base64, 'base64'));
  } catch {
    throw wrongHeader(METADATA, key);
  }
}

/** Returns an `Upload-Metadata` header. */
export const metadataHeader = (pairs: Record<string, string>): string =>
  Object.entries(pairs)
    .map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`)
    .join(',');

/** Returns the address of all uploads and, if one is requested, its id: `/studio/uploads/<id>`. */
export function parseUploadAddress(req: IncomingMessage): { base: string; id: string | undefined } {
  // A router may have cut its own part off `url`.
  const asked = 'originalUrl' in req && typeof req.originalUrl === 'string' ? req.originalUrl : req.url;
  const path = (asked ?? '/').replace(/[?#].*$/s, '').replace(/\/+$/, '');
  const [, base, id] = /^(.*\/uploads)(?:\/([^/]+))?$/s.exec(path) ?? [];
  if (base === undefined) throw new Refused('not-found');
  return { base, id };
}
