import { localFile } from '../../article/link-resolver.ts';

/**
 * A link's destination in Markdown: behind `](`, or behind the name of a reference; in `<…>` if it has
 * spaces.
 */
const DESTINATION = /(\]\(\s*|^ {0,3}\[[^\]\n]+\]:\s*)(?:<([^<>\n]*)>|([^\s()<>]+))/gm;

/**
 * Returns the article with links to renamed files changed to their new names; their moments are kept.
 *
 *     withRenamedLinks('[Gilberto](g.wav#t=4:12)', new Map([['g.wav', 'g.mp3']]))
 *     // '[Gilberto](g.mp3#t=4:12)'
 */
export function withRenamedLinks(markdown: string, names: ReadonlyMap<string, string>): string {
  if (names.size === 0) return markdown;
  return markdown.replace(
    DESTINATION,
    (whole: string, before: string, angled: string | undefined, plain: string | undefined) => {
      const href = angled ?? plain ?? '';
      const name = names.get(localFile(href)?.file ?? '');
      if (name === undefined) return whole;
      const hash = href.indexOf('#');
      const target = name.replace(/[%#?<>]/g, encodeURIComponent) + (hash < 0 ? '' : href.slice(hash));
      return before + (/[\s()]/.test(target) ? `<${target}>` : target);
    },
  );
}
