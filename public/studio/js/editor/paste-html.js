// @ts-check
import { stylesAsElements, withoutStyles } from './pasted-styles.js';
import { wordLists } from './word-lists.js';

const USELESS =
  'style, script, meta, link, title, template, noscript, iframe, object, svg, button, input, select, textarea, [hidden]';

/**
 * Returns pasted HTML as the editor's schema can read it: what word processors and sites put around a text is gone, its
 * headings, links, emphasis, lists, quotations and tables are there.
 * @param {string} html
 */
export function cleanHtml(html) {
  // What was copied from an editor of ours is right as it is.
  if (html.includes('data-pm-slice')) return html;
  const { body } = new DOMParser().parseFromString(withoutStyles(html), 'text/html');
  for (const element of body.querySelectorAll(USELESS)) element.remove();
  for (const element of [...body.querySelectorAll('*')].filter(({ tagName }) => tagName.includes(':')))
    unwrap(element);
  wordLists(body);
  stylesAsElements(body);
  for (const link of body.querySelectorAll('a')) cleanLink(link);
  for (const heading of body.querySelectorAll('h1, h2, h3, h4, h5, h6')) cleanHeading(heading);
  for (const block of body.querySelectorAll('p, div, td, blockquote, section')) splitAtDoubleBreaks(block);
  for (const table of body.querySelectorAll('table')) replaceTable(table);
  cleanSpaces(body);
  for (const block of body.querySelectorAll('p, h1, h2, h3, h4, h5, h6')) {
    if (block.textContent?.trim() === '' && block.querySelector('img') === null) block.remove();
  }
  return body.innerHTML;
}

/** @param {Element} element */
const unwrap = (element) => element.replaceWith(...element.childNodes);

/** Links that lead round through a search engine lead straight on; those that lead nowhere are only text. @param {HTMLAnchorElement} link */
function cleanLink(link) {
  const address = link.getAttribute('href') ?? '';
  if (!/^(?:https?:|mailto:|tel:)/i.test(address)) return unwrap(link);
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const target = /(?:^|\.)google\.[a-z.]+$/.test(url?.hostname ?? '')
    ? url?.searchParams.get('q')
    : undefined;
  if (url?.pathname === '/url' && target && /^https?:/.test(target)) link.setAttribute('href', target);
}

/** A heading is set in bold by itself. @param {Element} heading */
function cleanHeading(heading) {
  for (const bold of heading.querySelectorAll('b, strong')) unwrap(bold);
}

/** Two line breaks in a row are meant as the end of a paragraph. @param {Element} block */
function splitAtDoubleBreaks(block) {
  const children = [...block.childNodes];
  const isBreak = (/** @type {Node | undefined} */ node) => node?.nodeName === 'BR';
  const rest = children.filter(
    (node) => isBreak(node) || node.nodeType !== Node.TEXT_NODE || node.textContent?.trim(),
  );
  if (!rest.some((node, index) => isBreak(node) && isBreak(rest[index + 1]))) return;
  /** @type {Node[][]} */
  const paragraphs = [[]];
  rest.forEach((node, index) => {
    if (isBreak(node) && (isBreak(rest[index + 1]) || isBreak(rest[index - 1]))) {
      if (paragraphs.at(-1)?.length !== 0) paragraphs.push([]);
    } else paragraphs.at(-1)?.push(node);
  });
  const made = paragraphs
    .filter((nodes) => nodes.length > 0)
    .map((nodes) => {
      const paragraph = block.ownerDocument.createElement('p');
      paragraph.append(...nodes);
      return paragraph;
    });
  if (block.tagName === 'P') block.replaceWith(...made);
  else block.replaceChildren(...made);
}

/** A table becomes one of Markdown; what only lays a page out becomes its paragraphs. @param {HTMLTableElement} table */
function replaceTable(table) {
  const rows = [...table.rows].map((row) =>
    [...row.cells].map((cell) => (cell.textContent ?? '').replace(/\s+/g, ' ').trim().replaceAll('|', '\\|')),
  );
  const width = Math.max(0, ...rows.map((cells) => cells.length));
  if (width < 2 || rows.length < 2 || table.querySelector('table, ul, ol, h1, h2, h3, blockquote') !== null) {
    for (const part of table.querySelectorAll('td, th')) {
      const paragraph = table.ownerDocument.createElement('div');
      paragraph.append(...part.childNodes);
      table.before(paragraph);
    }
    table.remove();
    return;
  }
  const line = (/** @type {string[]} */ cells) =>
    `| ${Array.from({ length: width }, (_, index) => cells[index] ?? '').join(' | ')} |`;
  const [head = [], ...others] = rows;
  const raw = table.ownerDocument.createElement('pre');
  raw.dataset.raw = '';
  raw.textContent = [line(head), line(Array(width).fill('---')), ...others.map(line)].join('\n');
  table.replaceWith(raw);
}

/** Spaces that were made unbreakable only to keep several of them. @param {Element} body */
function cleanSpaces(body) {
  const walker = body.ownerDocument.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    if (node.parentElement?.closest('pre')) continue;
    node.textContent = (node.textContent ?? '').replace(
      /^\u00a0|\u00a0$|[ \t\n\u00a0]*\u00a0[ \t\n\u00a0]+|\u00a0{2,}/g,
      ' ',
    );
  }
}
