/** How an item of the feed would differ: gone, with another date, or without its sound. */
export type FeedDifference = {
  guid: string;
  title: string;
  kind: 'vanished' | 'redated' | 'enclosure-dead' | 'new' | 'moved';
  before?: string;
  after?: string;
  /** `stops`: the change is refused. `told`: the difference is only reported. */
  severity: 'stops' | 'told';
};

/** A change of many items was stopped, since it would harm the feed. */
export class FeedWouldBreak extends Error {
  override name = 'FeedWouldBreak';
  readonly differences: FeedDifference[];
  constructor(differences: FeedDifference[]) {
    super(`${differences.length} items of the feed would break`);
    this.differences = differences;
  }
}

/** What apps remember of an item of a feed. */
export type FeedItemFacts = {
  guid: string;
  title: string;
  /** Milliseconds since 1970. */
  publishedAt: number;
  /** Address or path of the sound; empty where there is none. */
  enclosure: string;
  /** Nothing is found at the address of the sound. */
  isDead?: boolean;
};

/** The kinds, worst first, in the order in which a list shows them. */
const KINDS: readonly FeedDifference['kind'][] = ['vanished', 'redated', 'enclosure-dead', 'moved', 'new'];

/**
 * Returns the differences between two states of a feed, item by item, by guid: the worst first, and the
 * newest first among equals. A loss for apps stops a change: an item that is gone, an item with another date
 * (apps sort by it, and take the item for new), a sound that is not found. A sound that was missing before,
 * too, is only reported.
 */
export function compareFeeds(
  before: readonly FeedItemFacts[],
  after: readonly FeedItemFacts[],
): FeedDifference[] {
  const known = new Map(before.map((item) => [item.guid, item] as const));
  const kept = new Map(after.map((item) => [item.guid, item] as const));
  const differences: (FeedDifference & { at: number })[] = [];
  const note = (
    { guid, title, publishedAt: at }: FeedItemFacts,
    kind: FeedDifference['kind'],
    severity: FeedDifference['severity'],
    sides: Pick<FeedDifference, 'before' | 'after'>,
  ) => differences.push({ guid, title, kind, ...sides, severity, at });

  for (const item of known.values()) {
    const now = kept.get(item.guid);
    if (now === undefined) {
      note(item, 'vanished', 'stops', { before: item.enclosure });
      continue;
    }
    if (now.publishedAt !== item.publishedAt)
      note(now, 'redated', 'stops', { before: isoOf(item.publishedAt), after: isoOf(now.publishedAt) });
    if (now.isDead) note(now, 'enclosure-dead', item.isDead ? 'told' : 'stops', { after: now.enclosure });
    else if (now.enclosure !== item.enclosure)
      note(now, 'moved', 'told', { before: item.enclosure, after: now.enclosure });
  }
  for (const item of kept.values()) {
    if (known.has(item.guid)) continue;
    if (item.isDead) note(item, 'enclosure-dead', 'stops', { after: item.enclosure });
    else note(item, 'new', 'told', { after: item.enclosure });
  }
  return differences
    .sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || b.at - a.at)
    .map(({ at, ...difference }) => difference);
}

const isoOf = (instant: number): string => new Date(instant).toISOString().replace('.000Z', 'Z');
