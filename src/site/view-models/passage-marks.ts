import { type Passage, passagesOf } from '../../article/passages.ts';
import { escapeHtml } from '../head/escape.ts';
import { momentText } from './durations.ts';

/** The words of the marks at passages, and the passages' addresses. */
export type PassageMarks = {
  /** The page's address at a passage. */
  address(passage: Passage): string;
  /** The name of the link to that address; `time` as a clock shows it. */
  addressName(time: string): string;
};

const TIME_LINK = String.raw`<a\b([^>]*\bdata-start="[^"]*"[^>]*)>\s*(\d{1,3}(?::\d{2}){1,2})\s*<\/a>`;
const TIME = new RegExp(TIME_LINK);
const TIME_AT_END = new RegExp(`${TIME_LINK}(?=\\s*</p>\\s*$)`);
const QUOTE = /<(blockquote) id="([^"]*)">(.*?)<\/blockquote>/gs;
const HEADING = /<(h[2-6]) id="([^"]*)">(.*?)<\/\1>/gs;
const PARAGRAPH = new RegExp(String.raw`<(p|li) id="([^"]*)">((?:\s*<p>)?\s*)(?:${TIME_LINK}\s*)?`, 'g');
const PLAIN_MOMENT = /<a( href="[^"]*" data-segment="\d+" data-start="[^"]*")>/g;

/**
 * Returns article HTML with its passages marked. Each passage gets the class and the moments by which the
 * page's script knows it (`data-moments`: pairs of segment and seconds), the time in the margin, which plays
 * from there, and the link to the passage's own address. A quotation is set as a headline with its time
 * below. If the moment is a link within the text, the time in the margin repeats it, and is hidden from
 * screen readers and the keyboard.
 */
export function withPassageMarks(html: string, marks: PassageMarks): string {
  const byId = Map.groupBy(passagesOf(html), ({ id }) => id);
  const begin = (name: string, id: string, kind: string): string => {
    const moments = (byId.get(id) ?? []).map(({ segment, start }) => `${segment} ${start}`).join(' ');
    return `<${name} id="${id}" class="passage ${kind}" data-moments="${moments}">`;
  };
  const markAt = (
    id: string,
    time: RegExpExecArray | readonly string[] | null,
    kind = 'moment-margin',
  ): string => {
    const passage = byId.get(id)?.[0];
    if (passage === undefined) return '';
    const [, attributes, words] = time ?? [];
    const link =
      attributes === undefined ? hiddenLink(passage) : `<a class="moment ${kind}"${attributes}>${words}</a>`;
    return `<span class="passage-mark">${link} ${addressLink(passage, marks)}</span>`;
  };
  return html
    .replace(QUOTE, (_, name: string, id: string, inside: string) => {
      const time = TIME_AT_END.exec(inside);
      const end = time?.index ?? /(?:<\/p>)?\s*$/.exec(inside)?.index ?? inside.length;
      const rest = inside.slice(end + (time?.[0].length ?? 0));
      const mark = markAt(id, time, 'moment-below');
      return `${begin(name, id, 'pull')}${inside.slice(0, end)} ${mark}${rest}</${name}>`;
    })
    .replace(HEADING, (_, name: string, id: string, inside: string) => {
      const time = TIME.exec(inside);
      const words = time === null ? inside : inside.replace(time[0], '').trim();
      return `${begin(name, id, 'at-moment')}${words} ${markAt(id, time)}</${name}>`;
    })
    .replace(
      PARAGRAPH,
      (whole, name: string, id: string, inner: string, link?: string, time?: string) =>
        `${begin(name, id, 'at-moment')}${inner}${markAt(id, link === undefined ? null : [whole, link, time ?? ''])} `,
    )
    .replace(PLAIN_MOMENT, '<a class="moment"$1>');
}

function hiddenLink({ href, segment, start }: Passage): string {
  const address = `href="${escapeHtml(href)}" data-segment="${segment}" data-start="${start}"`;
  return `<a class="moment moment-margin" ${address} tabindex="-1" aria-hidden="true">${momentText(start)}</a>`;
}

function addressLink(passage: Passage, marks: PassageMarks): string {
  const name = escapeHtml(marks.addressName(momentText(passage.start)));
  return `<a class="passage-address" href="${escapeHtml(marks.address(passage))}" aria-label="${name}">#</a>`;
}
