import { createHash } from 'node:crypto';
import type { Edition } from '../resource.ts';

export type EditionContent = {
  /** 200 where not given. */
  status?: number;
  type: string;
  /** Text becomes UTF-8. */
  body: string | Buffer;
  cacheControl: string;
  crossOrigin?: boolean;
  headers?: Record<string, string>;
};

/**
 * Returns bytes ready to send. The ETag is made from the bytes alone, so that the same content has the same
 * validator in every process, after every restart and on every day.
 *
 * @example
 * makeEdition({ type: 'application/rss+xml; charset=utf-8', body: xml, cacheControl: 'public, max-age=60', crossOrigin: true })
 */
export function makeEdition(content: EditionContent): Edition {
  const body = typeof content.body === 'string' ? Buffer.from(content.body) : content.body;
  return {
    kind: 'edition',
    status: content.status ?? 200,
    type: content.type,
    body,
    etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
    cacheControl: content.cacheControl,
    crossOrigin: content.crossOrigin ?? false,
    headers: content.headers ?? {},
  };
}
