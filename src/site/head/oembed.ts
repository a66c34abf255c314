import { OEMBED_PATH } from '../../model/addresses.ts';

/** A link with which a page names its oEmbed answer (oembed.com, section 4, "Discovery"). */
export type OembedLink = { type: string; href: string };

export const OEMBED_TYPES = { json: 'application/json+oembed', xml: 'text/xml+oembed' } as const;

/** Returns the discovery links of a page (its absolute address), in both formats. */
export function oembedLinks(origin: string, page: string): OembedLink[] {
  return (['json', 'xml'] as const).map((format) => ({
    type: OEMBED_TYPES[format],
    href: `${origin}${OEMBED_PATH}?${new URLSearchParams({ url: page, format })}`,
  }));
}
