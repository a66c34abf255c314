import type { ServerResponse } from 'node:http';
import { type Head, writeReadyHead } from './prepared-head.ts';

type Answer = { res: ServerResponse; head: Head; body: Buffer | undefined };

let waiting: Answer[] = [];

/**
 * Sends an answer that is at hand at the end of this turn of the event loop, together with all others of the turn:
 * the clients' side is then woken once and finds several answers, where one by one each of them would wake it.
 */
export function sendThisTurn(res: ServerResponse, head: Head, body?: Buffer): void {
  if (waiting.push({ res, head, body }) === 1) setImmediate(sendAll);
}

function sendAll(): void {
  const answers = waiting;
  waiting = [];
  for (const { res, head, body } of answers) {
    if (res.destroyed) continue;
    writeReadyHead(res, head);
    if (body === undefined) res.end();
    else res.end(body);
  }
}
