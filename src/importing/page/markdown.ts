import TurndownService from 'turndown';
import { elementText, parsePage, webLink } from './dom.ts';
import { removeSurroundings } from './remove-surroundings.ts';

/**
 * Returns HTML as Markdown without HTML: headings from `##` on, links absolute (against `base`), emphasis, lists, quotes and
 * tables; pictures, players and sharing are left out. Hostile HTML can make it slow: a page of unknown origin is read in a child
 * process (`page-reader.ts`). Throws `PageTooComplex`.
 *
 *     markdownFromHtml('<h1>Ciao</h1><p><b>Uno</b> <a href="/due">due</a>', 'https://radio.example/') // '## Ciao\n\n**Uno** [due](https://radio.example/due)'
 */
export function markdownFromHtml(html: string, base: string): string {
  const { body } = parsePage(html);
  removeSurroundings(body, base);
  return articleMarkdown(body, base);
}

/** Returns a cleaned article as Markdown. */
export function articleMarkdown(content: HTMLElement, base: string): string {
  const highest = Math.min(7, ...[...content.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(levelOf));
  const service = new TurndownService({
    headingStyle: 'atx',
    bulletListMarker: '-',
    codeBlockStyle: 'fenced',
    emDelimiter: '*',
    hr: '---',
  });
  const escapeMarkdown = service.escape.bind(service);
  service.escape = (text) => escaped(text, escapeMarkdown);
  service.addRule('heading', {
    filter: ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'],
    replacement: (text, node: Element) => {
      const level = Math.min(6, levelOf(node) - highest + 2);
      const title = text.replace(/\s*\n\s*/g, ' ').trim();
      return title === '' ? '' : `\n\n${'#'.repeat(level)} ${title}\n\n`;
    },
  });
  service.addRule('link', {
    filter: (node: Element) => node.tagName === 'A',
    replacement: (text, node: Element) => linkOf(text, node, base),
  });
  service.addRule('item', {
    filter: 'li',
    replacement: (text, node: Element) => itemOf(text, node),
  });
  service.addRule('struck', { filter: ['del', 's'], replacement: (text) => around(text, '~~') });
  service.addRule('cell', {
    filter: ['td', 'th'],
    replacement: (text, node: Element) =>
      isDataTable(node.closest('table'))
        ? ` ${text
            .trim()
            .replace(/\s*\n\s*/g, ' ')
            .replaceAll('|', '\\|')} |`
        : `\n\n${text}\n\n`,
  });
  service.addRule('row', {
    filter: 'tr',
    replacement: (text, node: Element) => {
      if (!isDataTable(node.closest('table'))) return text;
      const cells = [...node.children].length;
      const isHead = node.querySelector('th') !== null && node.closest('table')?.querySelector('tr') === node;
      return `\n|${text}${isHead ? `\n|${' --- |'.repeat(cells)}` : ''}`;
    },
  });
  return tidied(service.turndown(content));
}

const levelOf = (heading: Element): number => Number(heading.tagName.slice(1));

/** Escapes what could be taken for Markdown or HTML, except in bare addresses. */
function escaped(text: string, escapeMarkdown: (text: string) => string): string {
  return text
    .split(/(https?:\/\/[^\s<>"]+)/)
    .map((part, at) => (at % 2 === 1 ? part : escapeMarkdown(part)))
    .join('')
    .replaceAll('<', '\\<')
    .replace(/&(?=#?\w+;)/g, '\\&');
}

function linkOf(text: string, link: Element, base: string): string {
  const words = text.trim();
  if (words === '') return '';
  const [before = '', after = ''] = [/^\s*/.exec(text)?.[0], /\s*$/.exec(text)?.[0]];
  const href = link.getAttribute('href');
  const address = href?.startsWith('#') ? undefined : (webLink(href, base) ?? mailLink(href));
  // A link around blocks cannot be written in Markdown.
  if (address === undefined || /\n\s*\n/.test(words)) return text;
  const target = address.replace(/[()<>\s\\]/g, (character) =>
    encodeURIComponent(character).replace('(', '%28').replace(')', '%29'),
  );
  return `${before}[${words.replace(/\s*\n\s*/g, ' ')}](${target})${after}`;
}

const mailLink = (href: string | null): string | undefined =>
  href !== null && /^mailto:[^\s<>@]+@[^\s<>@]+$/i.test(href) ? href : undefined;

function itemOf(text: string, item: Element): string {
  const list = item.parentElement;
  const items = list === null ? [] : [...list.children];
  const start = Number(list?.getAttribute('start') ?? 1) || 1;
  const mark = list?.tagName === 'OL' ? `${start + items.indexOf(item)}. ` : '- ';
  const body = text.replace(/^\s+|\s+$/g, '').replace(/\n(?=[^\n])/g, `\n${' '.repeat(mark.length)}`);
  return body === '' ? '' : `${mark}${body}${item.nextElementSibling === null ? '' : '\n'}`;
}

const around = (text: string, mark: string): string =>
  text.trim() === '' ? text : `${mark}${text.trim()}${mark}`;

/** Returns whether a table has headings and no blocks in its cells; other tables are layout. */
function isDataTable(table: Element | null): boolean {
  if (table === null || table.querySelector('table,p,div,ul,ol,blockquote,h1,h2,h3,pre') !== null)
    return false;
  return table.querySelector('tr')?.querySelector('th') != null && elementText(table) !== '';
}

function tidied(markdown: string): string {
  return markdown
    .replace(/[\u00ad\u200b\u2060\ufeff]/g, '')
    .replaceAll('\u00a0', ' ')
    .replace(/(?:[ \t]*\n){3,}/g, '\n\n')
    .replace(/(?: {2}\n){2,}/g, '\n\n')
    .replace(/[ \t]+$/gm, (end) => (end.length >= 2 ? '  ' : ''))
    .replace(/ {2}(?=\n\n|$(?![\s\S]))/g, '')
    .trim();
}
