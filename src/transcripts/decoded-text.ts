const UTF8_MARK = [0xef, 0xbb, 0xbf];

/**
 * Returns a text file's text, its lines ended by line feeds and without a byte order mark: UTF-16 where a mark says so, else
 * UTF-8, else Windows-1252, in which old programs for subtitles write; even behind the mark of UTF-8, which some put before it.
 */
export function decodedText(bytes: Uint8Array): string {
  return decoded(bytes).replace(/\r\n?/g, '\n');
}

function decoded(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  const text = UTF8_MARK.every((byte, at) => bytes[at] === byte) ? bytes.subarray(UTF8_MARK.length) : bytes;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(text);
  } catch {
    return new TextDecoder('windows-1252').decode(text);
  }
}
