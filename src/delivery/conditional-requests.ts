import type { IncomingHttpHeaders } from 'node:http';

/** What a stored copy is compared with. */
export type Validators = {
  /** Strong, with quotes; the first is the one that the answer would carry, the rest are those of the other forms. */
  etags: readonly string[];
  /** Seconds since 1970. */
  modifiedAt?: number | undefined;
};

export type Verdict = { status: 304; etag: string } | { status: 412 };

/** Whether any precondition has to be looked at: most requests carry none. */
export function isConditional(headers: IncomingHttpHeaders): boolean {
  return (
    headers['if-none-match'] !== undefined ||
    headers['if-modified-since'] !== undefined ||
    headers['if-match'] !== undefined ||
    headers['if-unmodified-since'] !== undefined
  );
}

/**
 * Evaluates the preconditions of a GET or HEAD in the order of RFC 9110, 13.2.2. Returns `undefined` when the
 * request is to be carried out, or what to answer instead. A 304 names the tag that the client holds, so that a
 * cache with several forms knows which of them is still good.
 */
export function evaluateConditions(
  headers: IncomingHttpHeaders,
  validators: Validators,
): Verdict | undefined {
  const { etags, modifiedAt } = validators;
  const [ownTag = ''] = etags;

  const ifMatch = headers['if-match'];
  const unmodifiedSince = headers['if-unmodified-since'];
  if (ifMatch !== undefined) {
    if (matchingTag(ifMatch, etags, 'strong') === undefined) return { status: 412 };
  } else if (unmodifiedSince !== undefined && modifiedAt !== undefined) {
    const since = parseHttpDate(unmodifiedSince);
    if (since !== undefined && modifiedAt > since) return { status: 412 };
  }

  const ifNoneMatch = headers['if-none-match'];
  const modifiedSince = headers['if-modified-since'];
  if (ifNoneMatch !== undefined) {
    const tag = matchingTag(ifNoneMatch, etags, 'weak');
    if (tag !== undefined) return { status: 304, etag: tag };
  } else if (modifiedSince !== undefined && modifiedAt !== undefined) {
    const since = parseHttpDate(modifiedSince);
    if (since !== undefined && modifiedAt <= since) return { status: 304, etag: ownTag };
  }
  return undefined;
}

/**
 * Whether a Range field counts beside this If-Range (RFC 9110, 13.1.5): the very same strong tag, or the very same
 * date, if that date is strong, i.e. at least a second in the past (8.8.2.2). `now` in milliseconds since 1970.
 */
export function rangeApplies(
  ifRange: string | string[] | undefined,
  validators: Validators,
  now: number,
): boolean {
  if (ifRange === undefined) return true;
  if (typeof ifRange !== 'string') return false;
  if (ifRange.startsWith('"') || ifRange.startsWith('W/')) return ifRange === validators.etags[0];
  const { modifiedAt } = validators;
  return modifiedAt !== undefined && parseHttpDate(ifRange) === modifiedAt && now - modifiedAt * 1000 >= 1000;
}

/** RFC 9110, 8.8.3.2: weak comparison ignores `W/`, strong comparison never matches a weak tag. */
function matchingTag(
  field: string,
  etags: readonly string[],
  comparison: 'weak' | 'strong',
): string | undefined {
  // One tag alone is what nearly every client sends back.
  if (etags.includes(field)) return field;
  if (field.trim() === '*') return etags[0];
  for (const [, weak, tag] of field.matchAll(/(W\/)?("[\x21\x23-\x7e\x80-\xff]*")/g)) {
    if (weak !== undefined && comparison === 'strong') continue;
    if (tag !== undefined && etags.includes(tag)) return tag;
  }
  return undefined;
}

const IMF_FIXDATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;
const RFC_850 = /^[A-Z][a-z]+day, \d{2}-[A-Z][a-z]{2}-\d{2} \d{2}:\d{2}:\d{2} GMT$/;
const ASCTIME = /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} \d{4}$/;

/** Returns seconds since 1970; `undefined` for what is none of the three forms of RFC 9110, 5.6.7. */
export function parseHttpDate(text: string): number | undefined {
  const known = IMF_FIXDATE.test(text) || RFC_850.test(text);
  const milliseconds = known ? Date.parse(text) : ASCTIME.test(text) ? Date.parse(`${text} GMT`) : Number.NaN;
  return Number.isNaN(milliseconds) ? undefined : Math.floor(milliseconds / 1000);
}
