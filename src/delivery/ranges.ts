/** Bytes from `start` up to and with `end`, both counted from 0. */
export type ByteRange = { start: number; end: number };

/** More parts than any player asks for; beyond it the whole is cheaper for both sides. */
const MAX_RANGES = 16;
/** About what a part's own head costs: closer ranges are sent as one (RFC 9110, 15.3.7.2). */
const MERGE_GAP = 80;
/** Enough for the longest list of `MAX_RANGES` that means anything. */
const MAX_HEADER_LENGTH = 800;

/**
 * Reads a Range field for a representation of `size` bytes (RFC 9110, 14.1.2 and 14.2). Returns the ranges to
 * send (at least one, none overlapping another), `'unsatisfiable'` for a 416, or `undefined` where the field is to
 * be ignored: another unit, a malformed list, an empty representation, or an attack by many ranges (17.15).
 */
export function parseRanges(field: string, size: number): ByteRange[] | 'unsatisfiable' | undefined {
  if (size === 0 || field.length > MAX_HEADER_LENGTH || !/^bytes=/i.test(field)) return undefined;
  const ranges: ByteRange[] = [];
  let specified = 0;
  for (const element of field.slice('bytes='.length).split(',')) {
    const text = element.trim();
    if (text === '') continue;
    specified += 1;
    if (specified > MAX_RANGES) return undefined;
    const range = parseRange(text, size);
    if (range === undefined) return undefined;
    if (range !== 'unsatisfiable') ranges.push(range);
  }
  if (specified === 0) return undefined;
  return ranges.length === 0 ? 'unsatisfiable' : merged(ranges);
}

function parseRange(text: string, size: number): ByteRange | 'unsatisfiable' | undefined {
  const parts = /^(\d*)-(\d*)$/.exec(text);
  if (parts === null) return undefined;
  const [, first = '', last = ''] = parts;
  if (first === '') {
    if (last === '') return undefined;
    const length = Number(last);
    return length === 0 ? 'unsatisfiable' : { start: Math.max(0, size - length), end: size - 1 };
  }
  const start = Number(first);
  const end = last === '' ? size - 1 : Number(last);
  if (last !== '' && end < start) return undefined;
  return start >= size ? 'unsatisfiable' : { start, end: Math.min(end, size - 1) };
}

/** The client's order is kept as long as nothing overlaps; merged ranges go out in the order of the bytes. */
function merged(ranges: ByteRange[]): ByteRange[] {
  if (ranges.length === 1) return ranges;
  const result: ByteRange[] = [];
  for (const range of ranges.toSorted((a, b) => a.start - b.start)) {
    const previous = result.at(-1);
    if (previous !== undefined && range.start <= previous.end + MERGE_GAP) {
      previous.end = Math.max(previous.end, range.end);
    } else {
      result.push({ ...range });
    }
  }
  return result.length === ranges.length ? ranges : result;
}
