import type { Kysely } from 'kysely';
import type { Episode, EpisodeCard } from '../../model/episode.ts';
import type { SearchHit } from '../catalogue.ts';
import type { CatalogueTables } from '../schema.ts';
import type { MarkedStems } from '../search/marked-stems.ts';
import { bestSnippet, leadingSnippet, marked } from '../search/snippet.ts';
import { spokenSnippet } from '../search/spoken-text.ts';
import { stemmedLanguage } from '../search/stems.ts';
import { cardsOf, episodesOf } from './episodes.ts';
import { spokenIn } from './transcripts.ts';

type Db = Kysely<CatalogueTables>;
type Shown = Pick<SearchHit, 'snippet' | 'moment'> & { words: number };

/** Returns these episodes as a search shows them, in this order: what was asked for marked, and where it is heard. */
export async function searchHits(db: Db, ids: readonly number[], asked: MarkedStems): Promise<SearchHit[]> {
  const cards = await cardsOf(db, ids);
  const episodes = await episodesOf(db, ids);
  const hits: SearchHit[] = [];
  for (const [id, card] of cards) {
    const episode = episodes.get(id);
    if (episode !== undefined) hits.push(await hitOf(db, { id, card, episode }, asked));
  }
  return hits;
}

async function hitOf(
  db: Db,
  { id, card, episode }: { id: number; card: EpisodeCard; episode: Episode },
  asked: MarkedStems,
): Promise<SearchHit> {
  const title = marked(card.title, stemmedLanguage(episode.language), asked);
  const written = inWriting(episode, asked);
  const found =
    written?.words === asked.words ? written : bestOf([written, await inSpeech(db, id, episode, asked)]);
  const snippet =
    found?.snippet ?? leadingSnippet(episode.summary === '' ? episode.articleText : episode.summary);
  return found?.moment === undefined
    ? { card, title, snippet }
    : { card, title, snippet, moment: found.moment };
}

const bestOf = (found: readonly (Shown | undefined)[]): Shown | undefined =>
  found.reduce((best, one) => (one !== undefined && one.words > (best?.words ?? 0) ? one : best), undefined);

/** The first text that has all of the words, else the one that has the most: the article before titles of chapters. */
function inWriting(episode: Episode, asked: MarkedStems): Shown | undefined {
  const language = stemmedLanguage(episode.language);
  let best: Shown | undefined;
  for (const [text, moment] of textsOf(episode)) {
    const found = bestSnippet(text, language, asked);
    if (found === undefined || found.words <= (best?.words ?? 0)) continue;
    best = { snippet: found.runs, words: found.words, ...(moment === undefined ? {} : { moment }) };
    if (best.words === asked.words) return best;
  }
  return best;
}

function* textsOf(episode: Episode): Generator<[string, SearchHit['moment']]> {
  yield [episode.articleText, undefined];
  yield [episode.summary, undefined];
  for (const [segment, { chapters, title }] of episode.segments.entries()) {
    yield [title, undefined];
    for (const { title, start } of chapters) yield [title, { from: 'chapter', segment, start }];
  }
}

async function inSpeech(
  db: Db,
  id: number,
  episode: Episode,
  asked: MarkedStems,
): Promise<Shown | undefined> {
  if (asked.words === 0 || episode.segments.every(({ transcript }) => transcript === undefined))
    return undefined;
  const found = spokenSnippet(await spokenIn(db, id, episode), asked);
  if (found === undefined) return undefined;
  const { snippet, segment, cue } = found;
  const speaker = cue.speaker === undefined ? {} : { speaker: cue.speaker };
  return {
    snippet: snippet.runs,
    words: snippet.words,
    moment: { from: 'transcript', segment, start: cue.start, ...speaker },
  };
}
