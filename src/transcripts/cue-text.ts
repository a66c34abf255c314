/** Tags that WebVTT and SubRip know (W3C, "WebVTT" §4.2.2; the HTML that players of SubRip take). All else in brackets is text. */
const NAMES = 'c|i|b|u|s|v|lang|ruby|rt|font|em|strong|span|a|p|div|br';
const TAG = new RegExp(
  String.raw`<(?:/?(?:${NAMES})(?:[.\s][^<>]*)?/?|/|\d+(?::\d+)+[.,]\d+)>|\{\\an?\d+\}`,
  'gi',
);
const VOICE = /<v(?:\.[^\s<>]*)?[ \t\n]([^<>]*)>|<\/v>/gi;
const BREAK = /<(?:br|p|div)\b[^<>]*>/gi;
const ENTITY = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(amp|lt|gt|quot|apos|nbsp|lrm|rlm));/gi;
const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  lrm: '\u200e',
  rlm: '\u200f',
};

/** What one voice says within a cue. */
export type Voice = { speaker?: string; text: string };

/** Returns what a cue's lines say, without markup, one entry for each voice that speaks in it (`<v Name>`); empty texts are left out. */
export function voicesIn(payload: string): Voice[] {
  const voices: Voice[] = [];
  let speaker: string | undefined;
  let from = 0;
  const add = (until: number): void => {
    const text = withoutMarkup(payload.slice(from, until));
    if (text !== '') voices.push(speaker === undefined ? { text } : { speaker, text });
  };
  for (const tag of payload.matchAll(VOICE)) {
    add(tag.index);
    speaker = (tag[1] === undefined ? '' : withoutMarkup(tag[1])) || undefined;
    from = tag.index + tag[0].length;
  }
  add(payload.length);
  return voices;
}

/** Returns text on one line, without characters that are none. */
export function oneLine(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}

/** Returns text as WebVTT writes it (W3C, "WebVTT" §4.2.2: `&`, `<` and `>` are escaped). */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Returns text as SubRip writes it: escaped only where it would be taken for markup, since not every player knows entities. */
export function escapedMarkup(text: string): string {
  return text.replace(ENTITY, (entity) => `&amp;${entity.slice(1)}`).replace(TAG, escaped);
}

function withoutMarkup(text: string): string {
  const plain = text.replace(BREAK, ' ').replace(TAG, '');
  return oneLine(plain.replace(ENTITY, characterOf));
}

function characterOf(entity: string, decimal?: string, hex?: string, name?: string): string {
  if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? entity;
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
  return code <= 0x10ffff ? String.fromCodePoint(code) : entity;
}
