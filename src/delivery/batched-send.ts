import type { ServerResponse } from 'node:http';
import { type PreparedHead, writePreparedHead } from './prepared-head.ts';

type Answer = { res: ServerResponse; head: PreparedHead; body: Buffer | undefined };

let waiting: Answer[] = [];

/**
 * Sends an answer that is at hand at the end of this turn of the event loop, together with all others of the turn:
 * the clients' side is then woken once and finds several answers, where one by one each of them would wake it.
 */
export function sendBatched(res: ServerResponse, head: PreparedHead, body?: Buffer): void {
  if (waiting.push({ res, head, body }) === 1) setImmediate(sendAll);
}

function sendAll(): void {
  const answers = waiting;
  waiting = [];
  for (const { res, head, body } of answers) {
    if (res.destroyed) continue;
    writePreparedHead(res, head);
    if (body === undefined) res.end();
    else res.end(body);
  }
}
