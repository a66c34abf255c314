import { stemOf } from './file-kinds.ts';
import type { Segment, Transcript } from './segment.ts';
import type { TranscriptForm } from './transcript.ts';

/** Returns the slug of a tag or category: folded, lower case, dashes. `Intelligenza artificiale` → `intelligenza-artificiale`. */
export function slugOf(text: string): string {
  const folded = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const dashed = folded.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-+|-+$/g, '');
  return dashed === '' ? encodeURIComponent(text.trim()).replaceAll('%', '').toLowerCase() : dashed;
}

export const showPath = (show: string): string => `/shows/${encodeURIComponent(show)}`;
export const episodePath = (show: string, episode: string): string =>
  `${showPath(show)}/${encodeURIComponent(episode)}`;
export const tagPath = (tag: string): string => `/tags/${encodeURIComponent(slugOf(tag))}`;
export const categoryPath = (category: string): string =>
  `/categories/${encodeURIComponent(slugOf(category))}`;
export const yearPath = (year: number): string => `/archive/${year}`;
/** `month` from 1. */
export const monthPath = (year: number, month: number): string =>
  `${yearPath(year)}/${String(month).padStart(2, '0')}`;
export const personPath = (person: string): string => `/people/${encodeURIComponent(slugOf(person))}`;
/** The player of an episode for other sites' frames. */
export const embedPath = (show: string, episode: string): string =>
  `/embed/${encodeURIComponent(show)}/${encodeURIComponent(episode)}`;

/** Returns `gilberto-1f2e3d4c5b.mp3` for `gilberto.mp3`: the fingerprint before the real extension. */
export function fingerprinted(file: string, fingerprint: string): string {
  const dot = file.lastIndexOf('.');
  const stem = dot > 0 ? file.slice(0, dot) : file;
  const extension = dot > 0 ? file.slice(dot).toLowerCase() : '';
  return `${stem}-${fingerprint}${extension}`;
}

/** Splits `gilberto-1f2e3d4c5b.mp3` into its file and fingerprint; `undefined` when the name carries none. */
export function splitFingerprint(name: string): { file: string; fingerprint: string } | undefined {
  const parts = /^(.+)-([0-9a-f]{10})(\.[^.]+)?$/s.exec(name);
  if (parts?.[1] === undefined || parts[2] === undefined) return undefined;
  return { file: parts[1] + (parts[3] ?? ''), fingerprint: parts[2] };
}

/** The address of an audio file of an episode. It names these very bytes, so it may be cached for ever. */
export function filePath(
  show: string,
  episode: string,
  { file, fingerprint }: Pick<Segment, 'file' | 'fingerprint'>,
): string {
  return `${episodePath(show, episode)}/${encodeURIComponent(fingerprinted(file, fingerprint))}`;
}

/** The address of a transcript in one of its forms: `…/gilberto-1f2e3d4c5b.vtt`, with the fingerprint of what it says. */
export function transcriptPath(
  show: string,
  episode: string,
  { file, fingerprint }: Pick<Transcript, 'file' | 'fingerprint'>,
  form: TranscriptForm,
): string {
  return filePath(show, episode, { file: `${stemOf(file)}.${form}`, fingerprint });
}

/** The sizes (pixels, square) in which pages show a picture; no other size is ever made. */
export const PICTURE_SIZES = [96, 320, 640, 1280] as const;
export const PICTURE_FORMATS = ['avif', 'webp', 'jpg'] as const;
/** The widths in which a picture stands in an article: in its own shape, not extended to a square. */
export const ARTICLE_WIDTHS = [640, 1280] as const;
export type PictureVariant =
  | `${(typeof PICTURE_SIZES)[number]}.${(typeof PICTURE_FORMATS)[number]}`
  | `wide-${(typeof ARTICLE_WIDTHS)[number]}.webp`
  | 'feed.jpg';

/** Every variant of a picture: each size in each format, the widths for articles, and the square for feeds. */
export const PICTURE_VARIANTS: readonly PictureVariant[] = [
  ...PICTURE_SIZES.flatMap((size) => PICTURE_FORMATS.map((format) => `${size}.${format}` as const)),
  ...ARTICLE_WIDTHS.map((width) => `wide-${width}.webp` as const),
  'feed.jpg',
];

/** Returns whether an address ends in a variant that exists; no other is ever made. */
export function isPictureVariant(name: string): name is PictureVariant {
  return PICTURE_VARIANTS.some((variant) => variant === name);
}

/** The address of one made size of a picture: `/pictures/<id>/640.webp`, or `feed.jpg`, the square that Apple asks for. */
export const picturePath = (id: string, variant: PictureVariant): string => `/pictures/${id}/${variant}`;

export const HOME_PATH = '/';
export const SHOWS_PATH = '/shows';
export const TAGS_PATH = '/tags';
export const PEOPLE_PATH = '/people';
export const SUGGEST_PATH = '/suggest';
export const OEMBED_PATH = '/oembed';
export const SAVED_PATH = '/saved';
export const ARCHIVE_PATH = '/archive';
export const SEARCH_PATH = '/search';
export const SUBSCRIBE_PATH = '/subscribe';
export const OPML_PATH = '/opml.xml';

/** The address of a feed of what a page (`/`, a show's, a tag's, a category's) is about. */
export function feedPath(page: string, file: 'feed.xml' | 'feed.json' = 'feed.xml'): string {
  return `${page === HOME_PATH ? '' : page}/${file}`;
}

/** The address of page `number` (from 1, the oldest) of a feed's archive (RFC 5005, section 4). */
export function feedArchivePath(page: string, number: number): string {
  return `${page === HOME_PATH ? '' : page}/feed-${number}.xml`;
}
