import { slugOf } from '../model/addresses.ts';

/** How many words an id has, and the letters of each: enough to tell passages apart, few enough to read in an address. */
const WORDS = 4;
const WORD_LENGTH = 24;

/**
 * Returns an id for each passage, made of its first telling words (those of four letters or more, or with a digit), folded:
 * `lunedi-27-gennaio-deepseek` for "Lunedì 27 gennaio DeepSeek era in testa". So it stays when other passages come, go or move,
 * and when the passage goes on differently. The same id again gets `-2`, `-3`. Ids of fewer than three words begin with `p`, and
 * a passage without words has its moment (`p-40` at 40 seconds), so that none is ever an id of the page (`segment-1`, `q`).
 */
export function passageIds(passages: readonly { words: string; start: number }[]): string[] {
  const taken = new Map<string, number>();
  const used = new Set<string>();
  return passages.map(({ words, start }) => {
    const id = idOf(words, start);
    let count = taken.get(id) ?? 0;
    let unique: string;
    do {
      count += 1;
      unique = count === 1 ? id : `${id}-${count}`;
    } while (used.has(unique));
    taken.set(id, count);
    used.add(unique);
    return unique;
  });
}

function idOf(text: string, start: number): string {
  // The beginning is enough; a passage may be as long as an article.
  const words =
    text
      .slice(0, 1000)
      .match(/[\p{L}\p{M}\p{N}]+/gu)
      ?.map((word) => [...slugOf(word)].slice(0, WORD_LENGTH).join('')) ?? [];
  const telling = words.filter((word) => word.length >= 4 || /\p{N}/u.test(word));
  const chosen = (telling.length >= 3 ? telling : words).slice(0, WORDS);
  if (chosen.length === 0) return `p-${Math.floor(start)}`;
  return (chosen.length < 3 ? ['p', ...chosen] : chosen).join('-');
}
