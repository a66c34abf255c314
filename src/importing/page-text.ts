const BYTE_ORDER_MARKS: readonly [string, readonly number[]][] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16be', [0xfe, 0xff]],
  ['utf-16le', [0xff, 0xfe]],
];
/** Browsers look for a `<meta charset>` in so many bytes (HTML, section 13.2.3.2). */
const LOOKED_THROUGH = 1024;

/**
 * Returns a page as text, decoded as its byte order mark, its header or its `<meta>` says. Where none does, it is UTF-8 when it
 * is valid, else Windows-1252, as old pages are.
 */
export function pageText(bytes: Uint8Array, contentType: string): string {
  const mark = BYTE_ORDER_MARKS.find(([, mark]) => mark.every((byte, at) => bytes[at] === byte))?.[0];
  const declared = decoderOf(mark) ?? decoderOf(charsetIn(contentType)) ?? decoderOf(metaCharset(bytes));
  if (declared !== undefined) return declared.decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

const charsetIn = (text: string): string | undefined => /charset\s*=\s*["']?([\w.:-]+)/i.exec(text)?.[1];

function metaCharset(bytes: Uint8Array): string | undefined {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, LOOKED_THROUGH));
  const label = head
    .match(/<meta\b[^>]*>/gi)
    ?.map(charsetIn)
    .find(Boolean);
  // A page whose <meta> can be read as ASCII is not UTF-16, even if it says so.
  return label !== undefined && /^utf-?16/i.test(label) ? 'utf-8' : label;
}

function decoderOf(label: string | undefined): TextDecoder | undefined {
  if (label === undefined) return undefined;
  try {
    return new TextDecoder(label);
  } catch {
    return undefined;
  }
}
