const MINUTE = 60_000;
const YEAR_2000 = Date.UTC(2000, 0, 1);

/**
 * Yields the row numbers that an episode may have, the best first: minutes since 2000, so that the full-text index,
 * which is read in the order of rows, gives the newest first. Where a minute is taken, numbers near it follow, from an
 * ever wider stretch, so that even an archive with one date for all finds its places quickly.
 */
export function* rowNumbers(publishedAt: number, key: string): Generator<number, never, undefined> {
  const minute = Math.max(1, Math.floor((publishedAt - YEAR_2000) / MINUTE));
  yield minute;
  let scatter = 0;
  for (const character of key) scatter = (Math.imul(scatter, 31) + character.charCodeAt(0)) >>> 0;
  for (let stretch = 4; ; stretch = Math.min(stretch * 2, 2 ** 30)) {
    scatter = (Math.imul(scatter, 1_664_525) + 1_013_904_223) >>> 0;
    // The upper bits of such a sequence are the random ones.
    yield minute + 1 + Math.floor((scatter / 2 ** 32) * stretch);
  }
}
