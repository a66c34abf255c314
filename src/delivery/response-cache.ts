import type { ServerResponse } from 'node:http';
import { LRUCache } from 'lru-cache';
import { type PreparedResource, prepareResource } from './prepared-resource.ts';
import type { Resource } from './resource.ts';

/** What an address is answered with, for as long as the state is this one. */
export type CachedResponse = { readonly ready: PreparedResource; readonly state: string };

/** What is held for the addresses asked for lately, bounded by its weight in bytes. */
export class ResponseCache {
  readonly #entries: LRUCache<string, CachedResponse>;
  readonly #renewals = new Map<string, { stale: CachedResponse; waiting: (() => void)[] }>();

  constructor(maxBytes: number) {
    this.#entries = new LRUCache({
      maxSize: Math.max(1, maxBytes),
      sizeCalculation: ({ ready }, url) => ready.weight + url.length,
    });
  }

  get(url: string): CachedResponse | undefined {
    return this.#entries.get(url);
  }

  /** Holds the resource. An edition rendered anew to the same bytes keeps the forms that it was compressed to. */
  put(url: string, resource: Resource, state: string): PreparedResource {
    const before = this.#entries.get(url)?.ready;
    const same =
      before?.kind === 'edition' && resource.kind === 'edition' && before.isSameAs(resource)
        ? before
        : undefined;
    const ready = same ?? prepareResource(resource);
    this.#entries.set(url, { ready, state });
    this.#endRenewal(url);
    return ready;
  }

  /** Weighs the entry again: another form of it may have been made. */
  reweigh(url: string): void {
    const entry = this.#entries.peek(url);
    // A new object, as the cache weighs only what it does not know.
    if (entry?.ready.kind === 'edition') this.#entries.set(url, { ...entry });
  }

  delete(url: string): void {
    this.#entries.delete(url);
  }

  clear(): void {
    this.#entries.clear();
  }

  /**
   * Returns whether the caller is to renew the stale entry. If somebody else is at it already, `again` is called when
   * they have done so, or when their response has ended without: then the address is no longer held at all.
   */
  beginRenewal(url: string, stale: CachedResponse, res: ServerResponse, again: () => void): boolean {
    const renewal = this.#renewals.get(url);
    if (renewal !== undefined) {
      renewal.waiting.push(again);
      return false;
    }
    this.#renewals.set(url, { stale, waiting: [] });
    res.once('close', () => this.#endRenewal(url, stale));
    return true;
  }

  #endRenewal(url: string, of?: CachedResponse): void {
    const renewal = this.#renewals.get(url);
    if (renewal === undefined || (of !== undefined && renewal.stale !== of)) return;
    this.#renewals.delete(url);
    if (this.#entries.peek(url) === renewal.stale) this.#entries.delete(url);
    for (const again of renewal.waiting) again();
  }
}
