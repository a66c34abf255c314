import { faultsOfLinks, type LinkFault } from './link-faults.ts';
import { linkResolver } from './link-resolver.ts';
import { linkedFiles, parseMarkdown, placePlayers } from './markdown.ts';
import { withPassageIds } from './passages.ts';
import { htmlToText } from './plain-text.ts';
import { htmlWithMarkers } from './safe-html.ts';
import type { Surroundings } from './surroundings.ts';

export type RenderedArticle = {
  /** As `Episode.articleHtml` describes. */
  html: string;
  text: string;
  faults: LinkFault[];
};

/** A parsed article. Its links are known before the files that they name. */
export type Article = {
  /** Names of files in the folder that links name, in the order of the text, each once. */
  linked: string[];
  render(surroundings: Surroundings): RenderedArticle;
};

/**
 * Reads an article. A link to a segment's file is its player; a link with a media fragment is a moment of it.
 *
 *     const article = parseArticle('[Gilberto](gilberto.mp3)\n\nA [0:40](gilberto.mp3#t=0:40) dice…');
 *     article.linked // ['gilberto.mp3']
 */
export function parseArticle(markdown: string): Article {
  const tokens = parseMarkdown(markdown);
  return {
    linked: linkedFiles(tokens),
    render(surroundings) {
      const resolver = linkResolver(surroundings);
      const placed = placePlayers(
        tokens,
        surroundings.segments.map(({ file }) => file),
      );
      const html = withPassageIds(htmlWithMarkers(placed, resolver));
      return { html, text: htmlToText(html), faults: faultsOfLinks(resolver.refused, markdown) };
    },
  };
}
