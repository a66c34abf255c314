import type { Fault } from '../model/fault.ts';
import type { Refusal } from './link-resolver.ts';

/** A fault of a link; `line` counts within the article's Markdown, from 1. */
export type LinkFault = Pick<Fault, 'severity' | 'code' | 'values'> & { line: number };

/** Returns a fault for each refused link, with the line on which it stands. */
export function faultsOfLinks(refusals: Refusal[], markdown: string): LinkFault[] {
  return refusals.map(({ code, href, file }) => ({
    severity: 'warning',
    code,
    line: lineOf(href, markdown),
    values: { value: href.slice(0, 200), found: file ?? '' },
  }));
}

function lineOf(href: string, markdown: string): number {
  let at = markdown.indexOf(href);
  // markdown-it percent-encodes what was written plainly.
  if (at < 0 && /%[0-9a-f]{2}/i.test(href)) at = markdown.indexOf(safelyDecoded(href));
  return at < 0 ? 1 : markdown.slice(0, at).split('\n').length;
}

function safelyDecoded(href: string): string {
  try {
    return decodeURIComponent(href);
  } catch {
    return href;
  }
}
