import { slugOf } from '../../model/addresses.ts';

/** Characters of a name: long enough to be told apart, short enough to be read aloud as an address. */
const LONGEST = 60;

/**
 * Returns the name of a new episode's folder, which is also its address: the day on the station's clock
 * (`instant` in milliseconds since 1970) and the title's words.
 *
 *     episodeFolderName('Sputnik Moment!', instant, 'Europe/Rome') // '2025-01-30-sputnik-moment'
 */
export function episodeFolderName(title: string, instant: number, timezone: string): string {
  const day = Temporal.Instant.fromEpochMilliseconds(instant)
    .toZonedDateTimeISO(timezone)
    .toPlainDate()
    .toString();
  const words = slugOf(title).replace(/[^\p{L}\p{N}-]/gu, '');
  return words === '' ? day : `${day}-${shortened(words)}`;
}

/** Yields `name`, `name-2`, `name-3`, …, of which the caller takes the first free one. */
export function* namesLike(name: string): Generator<string, never> {
  yield name;
  for (let number = 2; ; number += 1) yield `${name}-${number}`;
}

/** Returns the words cut to length between two words; a single long word is cut within. */
function shortened(words: string): string {
  const letters = [...words];
  if (letters.length <= LONGEST) return words;
  const cut = letters.slice(0, LONGEST + 1).join('');
  const end = cut.lastIndexOf('-');
  return end > 0 ? cut.slice(0, end) : letters.slice(0, LONGEST).join('');
}
