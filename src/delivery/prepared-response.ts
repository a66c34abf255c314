import { ServerResponse } from 'node:http';

/**
 * node:http's own response, which can also take a head that was put together before. Everything else (the order of
 * pipelined answers, keep-alive, timeouts, the end) stays node:http's. It sets the two fields that `writeHead` would
 * have set at its end, and only where nothing about the connection is to be decided: HTTP/1.1, staying open, with no
 * header set by others. All other answers go through `writeHead`.
 */
export class PreparedResponse extends ServerResponse {
  declare _header: string | null;
  declare _hasBody: boolean;
  declare _expect_continue: boolean;
  declare maxRequestsOnConnectionReached: boolean;

  takesPrepared(): boolean {
    return (
      this.shouldKeepAlive &&
      this.req.httpVersionMinor === 1 &&
      !this.maxRequestsOnConnectionReached &&
      !this._expect_continue &&
      this._header === null &&
      this.getHeaderNames().length === 0
    );
  }

  /** What stands at the end of every head: the date and what is said about the connection. */
  tail(): string {
    return tailAt(Date.now());
  }

  /** `head` is the whole of it, down to the empty line; its Content-Length must be that of what is written next. */
  writePrepared(status: number, head: string): void {
    this.statusCode = status;
    if (status === 304 || status === 204) this._hasBody = false;
    this._header = head;
  }
}

let second = 0;
let tail = '';

/** `now` in milliseconds. The same string comes back for a second. */
function tailAt(now: number): string {
  const current = Math.floor(now / 1000);
  if (current !== second) {
    second = current;
    tail = `Date: ${new Date(now).toUTCString()}\r\nConnection: keep-alive\r\n\r\n`;
  }
  return tail;
}
