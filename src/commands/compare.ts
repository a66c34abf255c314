import { parseArgs } from 'node:util';
import { compareFeeds, type FeedDifference, type FeedItemFacts } from '../publishing/dry-run/dry-run.ts';
import { type Command, UsageError } from './command.ts';
import { addressesOfNothing } from './find-sounds.ts';
import { besideFeed, FeedUnreadable, type ReadFeed, readFeed } from './read-feed.ts';

type Sentence = (difference: FeedDifference) => string;
type Words = {
  usage: string;
  unreadable: (reason: string) => string;
  kinds: Record<FeedDifference['kind'], Sentence>;
  sum: (counts: { before: number; after: number; stops: number; told: number }) => string;
};

const WORDS: Record<'it' | 'en', Words> = {
  it: {
    usage: 'Uso: riascolta compare <feed di prima> <feed di dopo> [--no-sounds] (file o indirizzi).',
    unreadable: (reason) => `Questo feed non si legge: ${reason}.`,
    kinds: {
      vanished: ({ guid }) => `sparisce (guid ${guid}): le app lo perdono`,
      redated: ({ before, after }) => `cambia data, da ${before} a ${after}: le app lo prendono per nuovo`,
      'enclosure-dead': ({ after }) => `il suo audio non si trova: ${after || 'manca'}`,
      moved: ({ before, after }) => `il suo audio cambia indirizzo, da ${before || 'nessuno'} a ${after}`,
      new: () => 'è nuovo',
    },
    sum: ({ before, after, stops, told }) =>
      `${before} elementi prima, ${after} dopo: ${stops} differenze da risolvere, ${told} da sapere.`,
  },
  en: {
    usage: 'Usage: riascolta compare <feed before> <feed after> [--no-sounds] (files or addresses).',
    unreadable: (reason) => `This feed cannot be read: ${reason}.`,
    kinds: {
      vanished: ({ guid }) => `vanishes (guid ${guid}): apps lose it`,
      redated: ({ before, after }) => `changes its date, from ${before} to ${after}: apps take it for new`,
      'enclosure-dead': ({ after }) => `its sound is not found: ${after || 'none'}`,
      moved: ({ before, after }) => `its sound has another address, ${after} instead of ${before || 'none'}`,
      new: () => 'is new',
    },
    sum: ({ before, after, stops, told }) =>
      `${before} items before, ${after} after: ${stops} differences to be mended, ${told} to be known.`,
  },
};

/**
 * Compares two RSS feeds item by item by guid, as one moves a podcast from elsewhere: `riascolta compare OLD NEW`. Prints what
 * differs, and exits 1 when apps would lose something by it. The sounds of the new feed are asked for, where it is read if
 * it does not stand at its own address yet; `--no-sounds` leaves that out.
 */
export const compareCommand: Command = async ({ config, args, print }) => {
  const words = WORDS[config.language];
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
      print(plain(`${difference.title}: ${words.kinds[difference.kind](difference)}`));
    const stops = differences.filter(({ severity }) => severity === 'stops').length;
    const counts = { before: was.items.length, after: is.items.length };
    print(words.sum({ ...counts, stops, told: differences.length - stops }));
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

/** What comes from elsewhere must not steer the terminal. */
const plain = (text: string): string => text.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]+/gu, ' ');
