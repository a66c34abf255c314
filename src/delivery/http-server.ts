import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { PreparedResponse } from './prepared-response.ts';

export type ServerLimits = {
  /** Request line and headers together, in bytes; more is answered with 431. */
  maxHeaderSize: number;
  /** In which the headers must have come, in ms. */
  headersTimeout: number;
  /** In which the whole request must have come, in ms; long, since audio is uploaded over slow lines. */
  requestTimeout: number;
  /**
   * After how long without a byte in either direction a connection is cut, in ms: one that waits for its next
   * request, and one whose client has stopped reading.
   */
  idleTimeout: number;
};

export const SERVER_LIMITS: ServerLimits = {
  maxHeaderSize: 16 * 1024,
  headersTimeout: 15_000,
  requestTimeout: 15 * 60_000,
  // Reverse proxies keep theirs for 60 s; were ours shorter, some requests would meet a connection just closed.
  idleTimeout: 75_000,
};

export type HttpServer = {
  server: Server<typeof IncomingMessage, typeof PreparedResponse>;
  /**
   * Stops accepting, lets requests under way finish, closes connections that wait; after `within` ms cuts the rest.
   * Resolves when no connection is left.
   */
  drain(within: number): Promise<void>;
};

/** Makes a server (not yet listening) that slow, endless or oversized requests cannot hold up. */
export function createHttpServer(handler: RequestListener, limits: Partial<ServerLimits> = {}): HttpServer {
  const { idleTimeout, ...options } = { ...SERVER_LIMITS, ...limits };
  let draining = false;
  const server = createServer(
    {
      ...options,
      // node:http would set and clear this timer around every answer; the one below costs nothing and does the same.
      keepAliveTimeout: 0,
      connectionsCheckingInterval: Math.ceil(options.headersTimeout / 3),
      ServerResponse: PreparedResponse,
    },
    (req, res) => {
      if (draining) res.shouldKeepAlive = false;
      handler(req, res);
    },
  );
  // The default answer to this event is to cut the connection.
  server.setTimeout(idleTimeout);

  const drain = async (within: number): Promise<void> => {
    draining = true;
    const closed = new Promise<void>((resolve) => {
      server.close(() => resolve());
    });
    // A connection whose answer was begun before the drain becomes idle without anybody saying so.
    const sweep = setInterval(() => server.closeIdleConnections(), 50);
    const cut = setTimeout(() => server.closeAllConnections(), within);
    await closed;
    clearInterval(sweep);
    clearTimeout(cut);
  };
  return { server, drain };
}
