import sanitizeHtml from 'sanitize-html';
import type { LinkResolver } from './link-resolver.ts';
import { MARKER } from './markdown.ts';

const TAGS = [
  ...['p', 'br', 'hr', 'h2', 'h3', 'h4', 'h5', 'h6', 'blockquote', 'ul', 'ol', 'li', 'dl', 'dt', 'dd', 'pre'],
  ...[
    'a',
    'em',
    'strong',
    'b',
    'i',
    's',
    'del',
    'ins',
    'sub',
    'sup',
    'code',
    'q',
    'cite',
    'abbr',
    'small',
    'mark',
  ],
  ...['img', 'figure', 'figcaption', 'table', 'thead', 'tbody', 'tr', 'th', 'td'],
];

/** The allowed attributes: none that a browser runs, loads from elsewhere, or uses for layout. */
const ATTRIBUTES = {
  a: ['href', 'title', 'rel', 'data-segment', 'data-start'],
  img: ['src', 'alt', 'width', 'height', 'loading', 'title'],
  ol: ['start'],
  abbr: ['title'],
  '*': ['lang'],
};

/** The page's own headline is the h1, so the article's headings begin below it. */
const LOWERED = { h1: 'h2' };

/**
 * Returns safe HTML for an article's raw HTML: allow-listed tags and attributes, every link and picture resolved,
 * `<hr data-segment="N">` for each marker. A link that leads nowhere leaves its words; a picture that is none is left out.
 */
export function htmlWithMarkers(html: string, resolver: LinkResolver): string {
  const safe = sanitizeHtml(html, {
    allowedTags: TAGS,
    allowedAttributes: ATTRIBUTES,
    // Addresses have been resolved by then.
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
    allowProtocolRelative: false,
    transformTags: {
      ...LOWERED,
      a: (_tag, attributes) => linkTag(attributes, resolver),
      img: (_tag, attributes) => pictureTag(attributes, resolver),
      hr: () => ({ tagName: 'hr', attribs: {} }),
    },
    exclusiveFilter: ({ tag, attribs }) => tag === 'img' && attribs.src === undefined,
  });
  const marker = new RegExp(`<p>${MARKER.open}(\\d+)${MARKER.close}</p>`, 'g');
  return safe.replace(marker, '<hr data-segment="$1" />').trim();
}

function linkTag(attributes: Record<string, string>, resolver: LinkResolver): sanitizeHtml.Tag {
  const target = attributes.href === undefined ? undefined : resolver.link(attributes.href);
  const title: sanitizeHtml.Attributes = attributes.title === undefined ? {} : { title: attributes.title };
  switch (target?.to) {
    case 'elsewhere':
      return {
        tagName: 'a',
        attribs: { href: target.href, ...title, ...(isWeb(target.href) ? { rel: 'noopener' } : {}) },
      };
    case 'file':
      return { tagName: 'a', attribs: { href: target.href, ...title } };
    case 'moment':
      return {
        tagName: 'a',
        attribs: {
          href: target.href,
          'data-segment': String(target.segment),
          'data-start': String(target.start),
        },
      };
    default:
      // A placeholder link (HTML, section 4.5.1): its words stay, and lead nowhere.
      return { tagName: 'a', attribs: {} };
  }
}

const isWeb = (href: string): boolean => /^https?:/i.test(href);

function pictureTag(attributes: Record<string, string>, resolver: LinkResolver): sanitizeHtml.Tag {
  const picture = resolver.picture(attributes.src ?? '');
  const alt = attributes.alt ?? '';
  if (picture === undefined) return { tagName: 'span', attribs: {}, text: alt };
  const { src, width, height } = picture;
  return {
    tagName: 'img',
    attribs: { src, alt, width: String(width), height: String(height), loading: 'lazy' },
  };
}
