const ENTITIES: Record<string, string> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};

const ENTITY = /&(?:amp|lt|gt|quot|#39);/g;

/** Returns what safe HTML says where it has no tags. */
export const unescaped = (html: string): string =>
  html.replace(ENTITY, (entity) => ENTITIES[entity] ?? entity);

/** Returns the text of an article's safe HTML: a line a block, blank lines between paragraphs. */
export function htmlToText(html: string): string {
  return html
    .replace(/\s*\n\s*/g, ' ')
    .replace(/<br[^>]*>|<\/(?:li|tr|dt|dd|figcaption)>/g, '\n')
    .replace(/<\/(?:p|h[2-6]|blockquote|ul|ol|table|pre|dl|figure)>|<hr[^>]*>/g, '\n\n')
    .replace(/<\/t[dh]>/g, ' ')
    .replace(/<[^>]*>/g, '')
    .replace(ENTITY, (entity) => ENTITIES[entity] ?? entity)
    .replace(/[ \t\u00A0]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** Returns the beginning of a text, at most `limit` characters: whole sentences where they fit, else whole words. */
export function leadingText(text: string, limit: number): string {
  const paragraph = text.split('\n\n').find((part) => part.length > 40) ?? text.split('\n\n')[0] ?? '';
  const line = paragraph.replace(/\s+/g, ' ').trim();
  if (line.length <= limit) return line;
  const cut = line.slice(0, limit);
  const sentence = /^.*[.!?…»”"](?=\s)/s.exec(cut)?.[0];
  if (sentence !== undefined && sentence.length > limit / 3) return sentence;
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), 1)).replace(/[\s,;:–-]+$/, '')}…`;
}
