import { Agent, get, type IncomingHttpHeaders } from 'node:http';

export type TimedAnswer = {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
  milliseconds: number;
};

const agent = new Agent({ keepAlive: true, maxSockets: 1 });

/** Asks as an app does, over a connection that stays open; `milliseconds` go from the question to the last byte. */
export function timedGet(url: string, headers: Record<string, string> = {}): Promise<TimedAnswer> {
  const startedAt = performance.now();
  return new Promise((resolve, reject) => {
    get(url, { agent, headers: { 'Accept-Encoding': 'gzip', ...headers } }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('error', reject);
      answer.on('end', () =>
        resolve({
          status: answer.statusCode ?? 0,
          headers: answer.headers,
          body: Buffer.concat(chunks),
          milliseconds: performance.now() - startedAt,
        }),
      );
    }).on('error', reject);
  });
}
