import type { IncomingMessage, ServerResponse } from 'node:http';
import { sendEdition } from './editions/send-edition.ts';
import { FileGone, OpenFiles } from './files/open-files.ts';
import { sendFile } from './files/send-file.ts';
import { ALLOWED_METHODS, optionsHeaders } from './headers.ts';
import { isCrossOrigin, type PreparedResource, prepareResource } from './prepared-resource.ts';
import { isHostileTarget } from './request-target.ts';
import type { Resource } from './resource.ts';
import { ResponseCache } from './response-cache.ts';
import { sendWithoutBody, writeHead } from './write-head.ts';

export { makeEdition } from './editions/edition.ts';
export { createHttpServer } from './http-server.ts';
export type { Resource } from './resource.ts';
export { FileGone };

export type Next = (error?: unknown) => void;

export type DeliveryOptions = {
  /** A token that differs whenever anything that was sent may now be different. */
  source: { state(): string };
  /** How much the held editions may weigh together, with all their forms, in bytes. */
  maxEditionBytes: number;
};

export type SendOptions = {
  /** The request's canonical url (path and query): until the state changes, the same answer goes to whoever asks for it. */
  cacheAs?: string;
  /** The state that the resource was made from; where not given, the state when the request passed `handle`. */
  state?: string;
};

export interface Delivery {
  /**
   * Answers what is held and still true; refuses hostile targets with 400; passes everything else on.
   * Stands in front of everything.
   */
  handle(req: IncomingMessage, res: ServerResponse, next: Next): void;
  /**
   * Sends the resource as this request asks for it: whole, in part, compressed, or not at all since the client has
   * it. Other methods than GET, HEAD and OPTIONS get a 405. With `cacheAs`, only the resource's own headers are
   * sent, so that the first answer is like all later ones; without it, headers already set on `res` stay.
   * Resolves when the head is on its way. Throws `FileGone` before anything was written.
   */
  send(req: IncomingMessage, res: ServerResponse, resource: Resource, options?: SendOptions): Promise<void>;
  /** Lets go of everything held; files are closed when nobody is being sent them any more. */
  close(): Promise<void>;
}

/**
 * @example
 * const delivery = createDelivery({ source: { state: () => catalogue.state(Date.now()) }, maxEditionBytes: 64 << 20 });
 * const { server } = createHttpServer((req, res) => delivery.handle(req, res, (error) => app(req, res)));
 * app.get('/feed.xml', async (req, res) => {
 *   await delivery.send(req, res, makeEdition({ type, body, cacheControl }), { cacheAs: '/feed.xml' });
 * });
 */
export function createDelivery({ source, maxEditionBytes }: DeliveryOptions): Delivery {
  const files = new OpenFiles();
  const held = new ResponseCache(maxEditionBytes);
  const stateAtArrival = new WeakMap<IncomingMessage, string>();
  const lastState = new LastState(source);

  const handle = (req: IncomingMessage, res: ServerResponse, next: Next): void => {
    const { url = '', method } = req;
    const entry = held.get(url);
    if (entry !== undefined && (method === 'GET' || method === 'HEAD' || method === 'OPTIONS')) {
      if (entry.state === lastState.recent()) {
        const under = answer(req, res, entry.ready);
        if (under !== undefined) finishHeld(under, url, next);
        return;
      }
      // A thousand clients that want a feed just changed wait for one rendering of it.
      const again = () => {
        if (!res.destroyed) handle(req, res, next);
      };
      if (!held.beginRenewal(url, entry, res, again)) return;
    } else if (isHostileTarget(url)) {
      sendWithoutBody(res, 400, 'Connection', 'close');
      return;
    }
    stateAtArrival.set(req, lastState.now());
    next();
  };

  const finishHeld = (under: Promise<void>, url: string, next: Next): void => {
    under.then(
      () => held.reweigh(url),
      (error: unknown) => {
        held.delete(url);
        // A file that is gone is the application's to explain.
        next(error instanceof FileGone ? undefined : error);
      },
    );
  };

  const answer = (
    req: IncomingMessage,
    res: ServerResponse,
    ready: PreparedResource,
  ): Promise<void> | undefined => {
    const { method } = req;
    if (method === 'OPTIONS') {
      writeHead(res, 204, optionsHeaders(isCrossOrigin(ready)));
      res.end();
      return undefined;
    }
    if (method !== 'GET' && method !== 'HEAD') {
      sendWithoutBody(res, 405, ...ALLOWED_METHODS);
      return undefined;
    }
    if (ready.kind === 'edition') return sendEdition(req, res, ready);
    if (ready.kind === 'redirect') {
      writeHead(res, ready.status, ready.headers);
      res.end();
      return undefined;
    }
    const open = files.acquireKnown(ready.file.path);
    if (open === undefined) {
      return files.acquire(ready.file.path).then((opened) => sendFile(req, res, ready, opened, files));
    }
    sendFile(req, res, ready, open, files);
    return undefined;
  };

  const send: Delivery['send'] = async (req, res, resource, { cacheAs, state } = {}) => {
    if (cacheAs === undefined) {
      await answer(req, res, prepareResource(resource));
      return;
    }
    for (const name of res.getHeaderNames()) res.removeHeader(name);
    const madeFrom = state ?? stateAtArrival.get(req);
    const ready = madeFrom === undefined ? prepareResource(resource) : held.put(cacheAs, resource, madeFrom);
    try {
      await answer(req, res, ready);
      held.reweigh(cacheAs);
    } catch (error) {
      held.delete(cacheAs);
      throw error;
    }
  };

  return {
    handle,
    send,
    close: async () => {
      held.clear();
      files.close();
    },
  };
}

/** How old a state may be that requests are answered by (ms). */
const STATE_AGE = 10;

/** Asking for the state costs more than sending what is held, so the last answer counts for a moment. */
class LastState {
  readonly #source: { state(): string };
  #state: string | undefined;
  #askedAt = 0;

  constructor(source: { state(): string }) {
    this.#source = source;
  }

  recent(): string {
    if (this.#state !== undefined && performance.now() - this.#askedAt < STATE_AGE) return this.#state;
    return this.now();
  }

  now(): string {
    this.#askedAt = performance.now();
    this.#state = this.#source.state();
    return this.#state;
  }
}
