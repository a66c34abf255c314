// @ts-check
import { Schema } from 'prosemirror-model';
import { hasMoment, isWebAddress } from './addresses.js';

/** @typedef {import('prosemirror-model').Node} DocNode */

/**
 * What an article is made of. What Markdown says and this does not know (tables, HTML, code blocks) stands in it
 * verbatim, as `raw`; HTML within a sentence as text that is marked `verbatim`.
 */
export const schema = new Schema({
  nodes: {
    doc: { content: 'block+' },
    paragraph: { group: 'block', content: 'inline*', parseDOM: [{ tag: 'p' }], toDOM: () => ['p', 0] },
    heading: {
      group: 'block',
      content: 'inline*',
      defining: true,
      attrs: { level: { default: 2 } },
      parseDOM: [1, 2, 3, 4, 5, 6].map((level) => ({
        tag: `h${level}`,
        // The page's own headline is the first level, and an article needs no more than three below it.
        attrs: { level: Math.min(4, Math.max(2, level)) },
      })),
      toDOM: ({ attrs }) => [`h${Math.max(2, Number(attrs.level))}`, 0],
    },
    blockquote: {
      group: 'block',
      content: 'block+',
      defining: true,
      parseDOM: [{ tag: 'blockquote' }],
      toDOM: () => ['blockquote', 0],
    },
    bullet_list: {
      group: 'block',
      content: 'list_item+',
      attrs: { tight: { default: true }, sign: { default: '-' } },
      parseDOM: [{ tag: 'ul' }],
      toDOM: () => ['ul', 0],
    },
    ordered_list: {
      group: 'block',
      content: 'list_item+',
      attrs: { tight: { default: true }, sign: { default: '.' }, first: { default: 1 } },
      parseDOM: [
        { tag: 'ol', getAttrs: (list) => ({ first: Number(list.getAttribute('start') ?? 1) || 1 }) },
      ],
      toDOM: ({ attrs }) => ['ol', attrs.first === 1 ? {} : { start: String(attrs.first) }, 0],
    },
    list_item: {
      content: 'paragraph block*',
      defining: true,
      parseDOM: [{ tag: 'li' }],
      toDOM: () => ['li', 0],
    },
    horizontal_rule: { group: 'block', parseDOM: [{ tag: 'hr' }], toDOM: () => ['hr'] },
    /** A segment's player: in Markdown a paragraph that is nothing but a link to its file. */
    player: {
      group: 'block',
      atom: true,
      attrs: { href: {}, label: { default: '' } },
      parseDOM: [
        {
          tag: 'div[data-player]',
          getAttrs: (player) => ({
            href: player.getAttribute('data-player'),
            label: player.getAttribute('data-label') ?? '',
          }),
        },
      ],
      toDOM: ({ attrs }) => [
        'div',
        { class: 'player-block', 'data-player': String(attrs.href), 'data-label': String(attrs.label) },
        String(attrs.label || attrs.href),
      ],
    },
    raw: {
      group: 'block',
      content: 'text*',
      marks: '',
      code: true,
      defining: true,
      parseDOM: [{ tag: 'pre[data-raw]', preserveWhitespace: 'full' }],
      toDOM: () => ['pre', { 'data-raw': '', class: 'raw-block' }, 0],
    },
    text: { group: 'inline' },
    hard_break: {
      group: 'inline',
      inline: true,
      selectable: false,
      parseDOM: [{ tag: 'br' }],
      toDOM: () => ['br'],
    },
    picture: {
      group: 'inline',
      inline: true,
      attrs: { src: {}, alt: { default: '' }, title: { default: '' } },
      parseDOM: [
        {
          // A picture from elsewhere has no place in an article, so only our own are taken when something is pasted.
          tag: 'img[data-file]',
          getAttrs: (picture) => ({
            src: picture.getAttribute('data-file'),
            alt: picture.getAttribute('alt') ?? '',
            title: picture.getAttribute('title') ?? '',
          }),
        },
      ],
      toDOM: ({ attrs }) => [
        'img',
        { 'data-file': String(attrs.src), alt: String(attrs.alt), title: attrs.title || null },
      ],
    },
  },
  marks: {
    link: {
      // `auto`: the address stands in the text itself, bare (`linkify`) or between angle brackets (`autolink`).
      attrs: { href: {}, title: { default: '' }, auto: { default: '' } },
      inclusive: false,
      parseDOM: [
        {
          tag: 'a[href]',
          getAttrs: (link) => {
            const href = link.getAttribute('data-href') ?? link.getAttribute('href') ?? '';
            return href === '' ? false : { href, title: link.getAttribute('title') ?? '' };
          },
        },
      ],
      toDOM: ({ attrs }) => {
        const href = String(attrs.href);
        return [
          'a',
          {
            'data-href': href,
            // Something to point at and to be found by readers of screens; what is unsafe leads nowhere.
            href: isWebAddress(href) ? href : '#',
            title: attrs.title || null,
            class: hasMoment(href) ? 'moment' : null,
          },
          0,
        ];
      },
    },
    /** `sign`: how the mark is written, `**`, `__`, or as an HTML tag. */
    strong: {
      attrs: { sign: { default: '**' } },
      parseDOM: [{ tag: 'strong' }, { tag: 'b' }],
      toDOM: () => ['strong', 0],
    },
    emphasis: {
      attrs: { sign: { default: '*' } },
      parseDOM: [{ tag: 'em' }, { tag: 'i' }],
      toDOM: () => ['em', 0],
    },
    strike: {
      attrs: { sign: { default: '~~' } },
      parseDOM: [{ tag: 's' }, { tag: 'del' }, { tag: 'strike' }],
      toDOM: () => ['s', 0],
    },
    code: { code: true, parseDOM: [{ tag: 'code' }], toDOM: () => ['code', 0] },
    /** HTML within a sentence: it goes into the Markdown as it is. */
    verbatim: {
      inclusive: false,
      parseDOM: [{ tag: 'span.verbatim' }],
      toDOM: () => ['span', { class: 'verbatim' }, 0],
    },
    /** A space that is a line's end in the Markdown. */
    line_end: {
      inclusive: false,
      parseDOM: [{ tag: 'span.line-end' }],
      toDOM: () => ['span', { class: 'line-end' }, 0],
    },
  },
});
