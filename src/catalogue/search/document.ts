import { slugOf } from '../../model/addresses.ts';
import type { Episode, EpisodeStatus } from '../../model/episode.ts';
import type { Cue } from '../../model/transcript.ts';
import type { SearchFilter } from '../catalogue.ts';
import { peopleOf } from '../people.ts';
import { type StemmedLanguage, stemmedLanguage } from './stems.ts';
import { wordsOf } from './words.ts';

/** What the full-text index holds of an episode: stems with a space between, column by column. */
export type SearchableText = {
  title: string;
  people: string;
  tags: string;
  summary: string;
  body: string;
  segments: string;
  /** Tokens by which a search is narrowed; see `scopesOf`. */
  scope: string;
};

/** What the index of what is said holds of an episode: all of its text, and the stems of what is said. */
export type SaidText = { text: string; said: string; scope: string };

/** Stands at the head of every token of the column `scope`: no letter, so that no word of a question is one of them. */
const MARK = '\u{e000}';

const hex = (text: string): string => Buffer.from(text).toString('hex');

/** Returns the token that every episode of a show has in the column `scope`. */
export const showScope = (show: string): string => `${MARK}show${hex(show)}`;

/** Returns the token that every hidden episode of a status has in the column `scope`. */
export const statusScope = (status: EpisodeStatus): string => `${MARK}status${status}`;

/** The token of every episode that also stands in the index of what is said. */
export const SAID_SCOPE = `${MARK}said`;

/** Returns the tokens that an episode must have in the column `scope` to pass the filter. */
export function episodeScopes({ show, year, tag, person }: SearchFilter): string[] {
  return [
    ...(show === undefined ? [] : [showScope(show)]),
    ...(year === undefined ? [] : [`${MARK}year${year}`]),
    ...(tag === undefined ? [] : [`${MARK}tag${hex(tag)}`]),
    ...(person === undefined ? [] : [`${MARK}person${hex(person)}`]),
  ];
}

/** What an episode is indexed by: its columns, what is said in it, the words of its title, and all words that occur. */
export type Searchable = {
  text: SearchableText;
  said: SaidText | undefined;
  title: string;
  words: Set<string>;
};

/**
 * Returns the stems of an episode, column by column, and the words that they came from. Function words are left out,
 * except that a title's stand at its end, so that a title made of nothing else is found too.
 */
export function searchable(
  episode: Episode,
  { year, cues }: { year: number; cues: ReadonlyMap<number, readonly Cue[]> },
): Searchable {
  const language = stemmedLanguage(episode.language);
  const words = new Set<string>();
  const stems = (texts: Iterable<string>, spoken: StemmedLanguage = language): string => {
    const found: string[] = [];
    for (const text of texts) {
      for (const word of wordsOf(text)) {
        if (word.isStopWord) continue;
        words.add(word.folded);
        found.push(word.stems[spoken]);
      }
    }
    return found.join(' ');
  };
  const titleWords = [...wordsOf(episode.title)];
  const functionWords = titleWords.flatMap((word) => (word.isStopWord ? [word.folded] : []));
  const segments = episode.segments.flatMap((segment) => [
    segment.title,
    ...segment.chapters.map((chapter) => chapter.title),
  ]);
  const names = new Set([...peopleOf(episode).map((person) => person.name), episode.byline ?? '']);
  const scope = scopesIn(episode, year, cues.size > 0).join(' ');
  const text = {
    title: [stems([episode.title]), ...functionWords].join(' '),
    people: stems(names),
    tags: stems([...episode.tags, ...episode.categories]),
    summary: stems([episode.summary]),
    body: stems([episode.articleText]),
    segments: stems(segments),
    scope,
  };
  const { scope: _, ...columns } = text;
  const said = [...cues].map(([position, spoken]) => {
    const tag = episode.segments[position]?.transcript?.language;
    return stems(
      spoken.map((cue) => cue.text),
      tag === undefined ? language : stemmedLanguage(tag),
    );
  });
  return {
    text,
    said:
      cues.size === 0 ? undefined : { text: Object.values(columns).join(' '), said: said.join(' '), scope },
    title: titleWords.map((word) => word.folded).join(' '),
    words,
  };
}

function scopesIn(episode: Episode, year: number, isSaid: boolean): string[] {
  const { show, status, tags } = episode;
  if (status !== 'published') return [showScope(show), statusScope(status)];
  return [
    ...episodeScopes({ show, year }),
    ...tags.flatMap((tag) => episodeScopes({ tag: slugOf(tag) })),
    ...peopleOf(episode).flatMap(({ name }) => episodeScopes({ person: slugOf(name) })),
    ...(isSaid ? [SAID_SCOPE] : []),
  ];
}
