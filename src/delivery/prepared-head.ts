import { type ServerResponse, STATUS_CODES, validateHeaderName, validateHeaderValue } from 'node:http';
import type { HeaderList } from './headers.ts';
import { PreparedResponse } from './prepared-response.ts';

/**
 * The status line and headers of an answer, checked and joined once instead of at every request: after the system
 * calls, putting headers together is what a short answer costs most.
 */
export class PreparedHead {
  readonly status: number;
  readonly headers: HeaderList;
  readonly #block: string;
  #whole = '';
  #wholeTail = '';

  /** Throws where a header holds what HTTP does not allow. */
  constructor(status: number, headers: HeaderList) {
    this.status = status;
    this.headers = headers;
    this.#block = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'unknown'}\r\n${joined(headers)}`;
  }

  /** The head as it goes out. `tail` differs from second to second: until then it is one and the same string. */
  text(tail: string, more: HeaderList): string {
    if (more.length > 0) return this.#block + joined(more) + tail;
    if (this.#wholeTail !== tail) {
      this.#wholeTail = tail;
      this.#whole = this.#block + tail;
    }
    return this.#whole;
  }
}

function joined(headers: HeaderList): string {
  let text = '';
  for (let index = 0; index < headers.length; index += 2) {
    const name = headers[index] ?? '';
    const value = headers[index + 1] ?? '';
    validateHeaderName(name);
    validateHeaderValue(name, value);
    text += `${name}: ${value}\r\n`;
  }
  return text;
}

const NO_MORE: HeaderList = [];

/** Writes the head, with `more` headers behind its own: prepared where the response can take it, else header by header. */
export function writePreparedHead(res: ServerResponse, head: PreparedHead, more: HeaderList = NO_MORE): void {
  if (res instanceof PreparedResponse && res.takesPrepared()) {
    res.writePrepared(head.status, head.text(res.tail(), more));
  } else {
    res.writeHead(head.status, more.length === 0 ? head.headers : [...head.headers, ...more]);
  }
}
