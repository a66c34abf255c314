import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Resource } from '../delivery/resource.ts';
import type { PictureVariant } from '../model/addresses.ts';

/** Where the site hands its answers over: delivery, which may hold one under the address that it was asked for. */
export interface SiteDelivery {
  send(
    req: IncomingMessage,
    res: ServerResponse,
    resource: Resource,
    options?: { holdAs?: string },
  ): void | Promise<void>;
}

/** Where a picture's made sizes come from: the picture store. */
export interface SitePictures {
  /** The path on this machine's disk of a variant, made from what `load` returns if it was not made before. */
  variant(id: string, variant: PictureVariant, load: () => Promise<string | Uint8Array>): Promise<string>;
}

/** What is written to the log. */
export interface SiteLog {
  error(details: object, sentence: string): void;
}
