// @ts-check

/**
 * Which bytes a `Range` header asks for of so many: `first` and `last` included. `whole` where there is no range, or one
 * that may be ignored (several at once, another unit, a malformed one); `none` where it cannot be satisfied
 * (RFC 9110, 14.1.2 and 14.2).
 * @param {string | null} header
 * @param {number} bytes
 * @returns {{ first: number, last: number } | 'whole' | 'none'}
 */
export function rangeAsked(header, bytes) {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '') ?? [];
  if (from === '' && to === '') return 'whole';
  if (from === '') {
    const suffix = Number(to);
    return suffix === 0 ? 'none' : { first: Math.max(0, bytes - suffix), last: bytes - 1 };
  }
  const first = Number(from);
  const last = to === '' ? bytes - 1 : Number(to);
  if (last < first && to !== '') return 'whole';
  return first >= bytes ? 'none' : { first, last: Math.min(last, bytes - 1) };
}
