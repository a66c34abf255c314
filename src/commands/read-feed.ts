import { readFile } from 'node:fs/promises';
import { parseRssFeed } from 'feedsmith';
import type { FeedItemFacts } from '../publishing/dry-run/dry-run.ts';

/**
 * A feed with the pages of its archive. `self`: the address that it gives itself; `address`: the web address
 * at which it was read.
 */
export type ReadFeed = { items: FeedItemFacts[]; self?: string; address?: string };

/** A feed could not be read; the message says why, for people. */
export class FeedUnreadable extends Error {
  override name = 'FeedUnreadable';
}

const MOST_PAGES = 1_000;
const TIME_LIMIT = 30_000;

/**
 * Reads an RSS feed from a file or an address (http, https), with the older pages that it names (RFC 5005,
 * sections 3 and 4). Throws `FeedUnreadable`.
 */
export async function readFeed(place: string): Promise<ReadFeed> {
  const address = /^https?:\/\//i.test(place) ? place : undefined;
  const items = new Map<string, FeedItemFacts>();
  const seen = new Set<string>();
  let self: string | undefined;
  let next: string | undefined = place;
  while (next !== undefined && !seen.has(next) && seen.size < MOST_PAGES) {
    seen.add(next);
    const page = parsed(await textAt(next), next);
    for (const item of page.items ?? []) {
      const facts = factsOf(item);
      // The newest page has the newest word on an item.
      if (facts !== undefined && !items.has(facts.guid)) items.set(facts.guid, facts);
    }
    const links: { rel?: string; href?: string }[] = page.atom?.links ?? [];
    self ??= links.find(({ rel }) => rel === 'self')?.href;
    const older = links.find(({ rel }) => rel === 'prev-archive') ?? links.find(({ rel }) => rel === 'next');
    next = address === undefined || older?.href === undefined ? undefined : reachable(older.href, next, self);
  }
  return { items: [...items.values()], ...(self && { self }), ...(address && { address }) };
}

/**
 * A feed that is read elsewhere than at its own address names pages at that address; they are read beside the
 * copy.
 */
function reachable(href: string, page: string, self: string | undefined): string | undefined {
  const url = URL.parse(href, page);
  return url === null ? undefined : besideFeed(url.href, { self, address: page });
}

/**
 * Returns the address at which a file of a feed can be requested when the feed is read elsewhere than at its
 * own address.
 */
export function besideFeed(
  address: string,
  { self, address: readAt }: { self?: string | undefined; address?: string | undefined },
): string {
  const [url, own, here] = [address, self, readAt].map((one) => (one === undefined ? null : URL.parse(one)));
  if (!url || !own || !here || url.origin !== own.origin) return address;
  return here.origin + url.pathname + url.search;
}

async function textAt(place: string): Promise<string> {
  try {
    if (!/^https?:\/\//i.test(place)) return await readFile(place, 'utf8');
    const response = await fetch(place, { signal: AbortSignal.timeout(TIME_LIMIT) });
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    return await response.text();
  } catch (error) {
    throw new FeedUnreadable(`${place}: ${reasonOf(error)}`, { cause: error });
  }
}

const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
};

type Page = ReturnType<typeof parseRssFeed>;
type Item = NonNullable<Page['items']>[number];

function parsed(text: string, place: string): Page {
  try {
    return parseRssFeed(text);
  } catch (error) {
    throw new FeedUnreadable(`${place}: no RSS`, { cause: error });
  }
}

/** Returns an item's identity for apps: its guid, else its link, else its sound. */
function factsOf({ guid, link, title, pubDate, enclosures }: Item): FeedItemFacts | undefined {
  const enclosure = enclosures?.[0]?.url ?? '';
  const id = guid?.value ?? link ?? enclosure;
  if (id === '') return undefined;
  const instant = Date.parse(pubDate ?? '');
  return { guid: id, title: title ?? id, publishedAt: Number.isNaN(instant) ? 0 : instant, enclosure };
}
