import { parseArgs } from 'node:util';
import { compareFeeds, type FeedDifference, type FeedItemFacts } from '../publishing/dry-run/dry-run.ts';
import { commandTexts } from '../texts/command-texts.ts';
import type { Language } from '../texts/languages.ts';
import { formatMessage } from '../texts/message.ts';
import { type Command, UsageError } from './command.ts';
import { addressesOfNothing } from './find-sounds.ts';
import { besideFeed, FeedUnreadable, type ReadFeed, readFeed } from './read-feed.ts';

/** Returns in words how an item differs. */
function differenceSentence(
  { kind, guid, before = '', after = '' }: FeedDifference,
  language: Language,
): string {
  const { kinds, missing, none } = commandTexts(language).compare;
  const values = {
    guid,
    before: before || (kind === 'moved' ? none : ''),
    after: after || (kind === 'enclosure-dead' ? missing : ''),
  };
  return formatMessage(kinds[kind], values, { language });
}

/**
 * Compares two RSS feeds item by item, by guid, before a podcast moves: `riascolta compare OLD NEW`. Prints
 * the differences, and exits 1 when apps would lose something. It also requests the sounds of the new feed,
 * beside the place where the feed was read if that is not its own address yet; `--no-sounds` skips this.
 */
export const compareCommand: Command = async ({ config, args, print }) => {
  const words = commandTexts(config.language).compare;
  const { positionals, values } = parseArgs({
    args,
    allowPositionals: true,
    options: { 'no-sounds': { type: 'boolean', default: false } },
  });
  const [before, after, ...others] = positionals;
  if (before === undefined || after === undefined || others.length > 0) throw new UsageError(words.usage);
  try {
    const [was, is] = await Promise.all([readFeed(before), readFeed(after)]);
    const items = values['no-sounds'] ? is.items : await withDeadSounds(is);
    const differences = compareFeeds(was.items, items);
    for (const difference of differences)
      print(plain(`${difference.title}: ${differenceSentence(difference, config.language)}`));
    const stops = differences.filter(({ severity }) => severity === 'stops').length;
    const counts = { before: was.items.length, after: is.items.length };
    print(words.sum(counts.before, counts.after, stops, differences.length - stops));
    return stops > 0 ? 1 : 0;
  } catch (error) {
    if (error instanceof FeedUnreadable) throw new UsageError(plain(words.unreadable(error.message)));
    throw error;
  }
};

/** Marks the items whose sound is not found. */
async function withDeadSounds(feed: ReadFeed): Promise<FeedItemFacts[]> {
  const placeOf = ({ enclosure }: FeedItemFacts): string => besideFeed(enclosure, feed);
  const nothing = await addressesOfNothing(feed.items.map(placeOf).filter((place) => place !== ''));
  return feed.items.map((item) => {
    const place = placeOf(item);
    return { ...item, isDead: place === '' || nothing.has(place) };
  });
}

/** Text from a foreign feed must not control the terminal. */
const plain = (text: string): string => text.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]+/gu, ' ');
