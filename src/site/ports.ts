import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Resource } from '../delivery/delivery.ts';
import type { PictureVariant } from '../model/addresses.ts';

/** Where the site hands its answers over: delivery, which may hold one under the address that it was asked for. */
export interface SiteDelivery {
  send(
    req: IncomingMessage,
    res: ServerResponse,
    resource: Resource,
    options?: { cacheAs?: string },
  ): void | Promise<void>;
}

/** Where a picture's made sizes come from: the picture store. */
export interface SitePictures {
  /** The path on this machine's disk of a variant, made from what `load` returns if it was not made before. */
  variant(id: string, variant: PictureVariant, load: () => Promise<string | Uint8Array>): Promise<string>;
  /** The path of an episode's card, made if it was not made before; `mark` stands for what it shows. */
  card(id: string, mark: string, make: () => Promise<Uint8Array>): Promise<string>;
}

/** Where the waveforms of sounds come from: they are drawn in the background, once for each sound. */
export interface SitePeaks {
  /** 1800 bytes, evenly over the whole sound, 255 for full scale; `undefined` while they are not drawn. */
  read(fingerprint: string): Promise<Uint8Array | undefined>;
  /** Where they lie on this machine's disk, once they are drawn. */
  path(fingerprint: string): string;
  /**
   * Wishes that those of an episode (`show/slug`) be drawn; with the fingerprint that was missed, not again where it is known
   * that they cannot be. It never waits and never fails.
   */
  requestDrawing(key: string, fingerprint?: string): void;
}

/** What is written to the log. */
export interface SiteLog {
  error(details: object, sentence: string): void;
}
