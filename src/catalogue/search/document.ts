import type { Episode, EpisodeStatus } from '../../model/episode.ts';
import { stemmedLanguage } from './stems.ts';
import { wordsOf } from './words.ts';

/** What the full-text index holds of an episode: stems with a space between, column by column. */
export type SearchableText = {
  title: string;
  people: string;
  tags: string;
  summary: string;
  body: string;
  segments: string;
  /** Narrows a search to one show, and among what is hidden to one status. */
  scope: string;
};

/** Returns the token that every episode of a show has in the column `scope`: letters and digits only. */
export const scopeOf = (show: string): string => `show${Buffer.from(show).toString('hex')}`;

/** Returns the token that every hidden episode of a status has in the column `scope`. */
export const statusScopeOf = (status: EpisodeStatus): string => `status${status}`;

/**
 * Returns the stems of an episode, column by column, and the words that they came from. Function words are left out,
 * except that a title's stand at its end, so that a title made of nothing else is found too.
 */
export function searchableText(episode: Episode): { text: SearchableText; words: Set<string> } {
  const language = stemmedLanguage(episode.language);
  const isHidden = episode.status !== 'published';
  const words = new Set<string>();
  const stems = (texts: readonly string[]): string => {
    const found: string[] = [];
    for (const text of texts) {
      for (const word of wordsOf(text)) {
        if (word.isStopWord) continue;
        words.add(word.folded);
        found.push(word.stems[language]);
      }
    }
    return found.join(' ');
  };
  const functionWords = [...wordsOf(episode.title)].flatMap((word) => (word.isStopWord ? [word.folded] : []));
  const segments = episode.segments.flatMap((segment) => [
    segment.title,
    ...segment.chapters.map((chapter) => chapter.title),
  ]);
  const people = [...episode.people, ...episode.segments.flatMap((segment) => segment.people)];
  const names = new Set([...people.map((person) => person.name), episode.byline ?? '']);
  return {
    text: {
      title: [stems([episode.title]), ...functionWords].join(' '),
      people: stems([...names]),
      tags: stems([...episode.tags, ...episode.categories]),
      summary: stems([episode.summary]),
      body: stems([episode.articleText]),
      segments: stems(segments),
      scope: isHidden ? `${scopeOf(episode.show)} ${statusScopeOf(episode.status)}` : scopeOf(episode.show),
    },
    words,
  };
}
