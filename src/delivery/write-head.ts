import type { ServerResponse } from 'node:http';
import { bareHeaders, type HeaderList } from './headers.ts';

/** Writes the head. node:http reads the list and never changes it. */
export function writeHead(res: ServerResponse, status: number, headers: HeaderList): void {
  res.writeHead(status, headers);
}

/** Sends an answer without a body. */
export function sendWithoutBody(res: ServerResponse, status: number, ...headers: string[]): void {
  writeHead(res, status, bareHeaders(...headers));
  res.end();
}
