import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Resource } from '../delivery/delivery.ts';
import type { PictureVariant } from '../model/addresses.ts';

/** Delivery, which gets the site's answers and may hold each under the address that was requested. */
export interface SiteDelivery {
  send(
    req: IncomingMessage,
    res: ServerResponse,
    resource: Resource,
    options?: { cacheAs?: string },
  ): void | Promise<void>;
}

/** The picture store, which makes pictures in sizes. */
export interface SitePictures {
  /**
   * Returns the path of a variant on this machine's disk, made from what `load` returns if it was not made
   * before.
   */
  variant(id: string, variant: PictureVariant, load: () => Promise<string | Uint8Array>): Promise<string>;
  /**
   * Returns the path of an episode's card, made if it was not made before. `mark` is a hash of what it shows.
   */
  card(id: string, mark: string, make: () => Promise<Uint8Array>): Promise<string>;
}

/** The waveforms of sounds, which are drawn in the background, once for each sound. */
export interface SitePeaks {
  /**
   * Returns 1800 bytes, evenly over the whole sound, 255 for full scale; `undefined` until they are drawn.
   */
  read(fingerprint: string): Promise<Uint8Array | undefined>;
  /** Returns where they lie on this machine's disk, once they are drawn. */
  path(fingerprint: string): string;
  /**
   * Requests the waveforms of an episode (`show/slug`). With the fingerprint of the missing one, not again if
   * it is known that it cannot be drawn. It never waits and never fails.
   */
  requestDrawing(key: string, fingerprint?: string): void;
}

/** What is written to the log. */
export interface SiteLog {
  error(details: object, sentence: string): void;
}
