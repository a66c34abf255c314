import { momentOf } from '../model/moment.ts';
import type { ArticlePicture, Surroundings } from './surroundings.ts';

/** The target of a link: another site, a file of the folder, a moment of a segment, or nothing. */
export type LinkTarget =
  | { to: 'elsewhere'; href: string }
  | { to: 'file'; href: string }
  | { to: 'moment'; href: string; segment: number; start: number };

export type Refusal = {
  code: 'link-unsafe' | 'link-not-found' | 'link-leads-out' | 'moment-past-end';
  /** As it stands in the article. */
  href: string;
  file?: string;
};

export type LinkResolver = {
  link(href: string): LinkTarget | undefined;
  picture(src: string): ArticlePicture | undefined;
  /** What was refused, in the order of the text. */
  refused: Refusal[];
};

const SCHEME = /^[a-z][a-z0-9+.-]*:/i;
const SAFE = /^(?:https?:\/\/|mailto:|tel:)/i;

/** Returns a resolver for the links and pictures of one article, which records those that it refuses. */
export function linkResolver({ segments, files, pictures }: Surroundings): LinkResolver {
  const refused: Refusal[] = [];
  const refuse = (code: Refusal['code'], href: string, file?: string): undefined => {
    refused.push({ code, href, file });
  };
  return {
    refused,
    link(href) {
      // Browsers ignore control characters and spaces inside a scheme: java\nscript: is one.
      const address = href.replace(/[\p{Cc}\s]+/gu, (found) => (/^[ ]+$/.test(found) ? '%20' : ''));
      if (SAFE.test(address)) return { to: 'elsewhere', href: address };
      if (SCHEME.test(address) || address.startsWith('//')) return refuse('link-unsafe', href);
      if (/^[/#?]/.test(address)) return { to: 'elsewhere', href: address };
      const local = localFile(address);
      if (local === undefined) return refuse('link-leads-out', href);
      const index = segments.findIndex(({ file }) => file === local.file);
      const segment = segments[index];
      if (segment !== undefined) {
        const start = momentOf(local.fragment);
        const isWithin = start !== undefined && start <= segment.seconds;
        if (start !== undefined && !isWithin) refuse('moment-past-end', href, segment.file);
        return {
          to: 'moment',
          href: isWithin ? `${segment.href}#t=${start}` : segment.href,
          segment: index,
          start: isWithin ? start : 0,
        };
      }
      const file = files.get(local.file);
      return file === undefined ? refuse('link-not-found', href) : { to: 'file', href: file };
    },
    picture(src) {
      if (SCHEME.test(src) || src.startsWith('/')) return refuse('link-not-found', src);
      const local = localFile(src);
      if (local === undefined) return refuse('link-leads-out', src);
      return pictures.get(local.file) ?? refuse('link-not-found', src);
    },
  };
}

/** Returns the name and fragment of a link into the folder itself; `undefined` when it leads out of it. */
export function localFile(href: string): { file: string; fragment: string } | undefined {
  const hash = href.indexOf('#');
  const [path, fragment] = hash < 0 ? [href, ''] : [href.slice(0, hash), href.slice(hash)];
  const file = decoded(path).normalize('NFC').replace(/^\.\//, '');
  return file === '' || /[/\\\0]/.test(file) || file === '..'
    ? undefined
    : { file, fragment: decoded(fragment) };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
