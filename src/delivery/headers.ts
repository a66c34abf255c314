import type { Edition, FileOnDisk } from './resource.ts';

/** Name, value, name, value, …: the shape that node:http writes out without building an object first. */
export type HeaderList = string[];

const NO_SNIFFING: HeaderList = ['X-Content-Type-Options', 'nosniff'];

/** What a script of another site needs to read an answer, and to see the fields that ranges are about. */
const OPEN_TO_ALL: HeaderList = ['Access-Control-Allow-Origin', '*'];
const SHOWN_TO_ALL: HeaderList = [
  'Access-Control-Expose-Headers',
  'Accept-Ranges, Content-Encoding, Content-Length, Content-Range, ETag, Last-Modified',
  // Without it a page that isolates itself may not even play the audio.
  'Cross-Origin-Resource-Policy',
  'cross-origin',
];

/** The answer to a preflight: what a player may send. A day is as long as any browser remembers it. */
const PREFLIGHT: HeaderList = [
  'Access-Control-Allow-Origin',
  '*',
  'Access-Control-Allow-Methods',
  'GET, HEAD, OPTIONS',
  'Access-Control-Allow-Headers',
  'Range, If-Range, If-None-Match, If-Modified-Since, If-Match, If-Unmodified-Since',
  'Access-Control-Max-Age',
  '86400',
];

export const ALLOWED_METHODS: HeaderList = ['Allow', 'GET, HEAD, OPTIONS'];

/** Headers of an answer that has no representation behind it: 4xx, redirects. */
export const bareHeaders = (...more: string[]): HeaderList => [
  ...NO_SNIFFING,
  'Content-Length',
  '0',
  ...more,
];

/** Headers of the answer to OPTIONS. */
export function optionsHeaders(crossOrigin: boolean): HeaderList {
  return [...NO_SNIFFING, ...ALLOWED_METHODS, ...(crossOrigin ? PREFLIGHT : [])];
}

/** Headers that a representation has in every one of its answers, a 304 included. */
export function validatorHeaders(resource: Edition | FileOnDisk, etag: string): string[] {
  return [
    'ETag',
    etag,
    'Cache-Control',
    resource.cacheControl,
    ...NO_SNIFFING,
    ...(resource.crossOrigin ? OPEN_TO_ALL : []),
  ];
}

/** Headers that describe a representation; not sent with a 304 (RFC 9110, 15.4.5). */
export function contentHeaders(resource: Edition | FileOnDisk): string[] {
  const list = ['Content-Type', resource.type];
  for (const [name, value] of Object.entries(resource.headers)) list.push(name, value);
  if (resource.crossOrigin) list.push(...SHOWN_TO_ALL);
  return list;
}

/** Headers of a redirect. Scripts follow redirects only where these, too, are open to them. */
export function redirectHeaders(location: string): HeaderList {
  // A header is ASCII: letters outside it are sent as RFC 3986 has them.
  const ascii = location.toWellFormed().replace(/[^\x21-\x7e]/gu, encodeURIComponent);
  // A path may come to mean something new; a redirect without a term would be kept by browsers for good.
  return bareHeaders('Location', ascii, 'Cache-Control', 'public, max-age=300', ...OPEN_TO_ALL);
}
