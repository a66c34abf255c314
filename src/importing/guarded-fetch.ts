import { lookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, buildConnector, fetch } from 'undici';
import { Refused } from '../model/problem.ts';
import { isWeb, portOf } from './web-address.ts';

/** Returns the addresses of a host name. */
export type Resolve = (hostname: string) => Promise<{ address: string; family: number }[]>;
/** Returns whether a connection may be made to this address. */
export type Allows = (address: string, port: number) => boolean;

export type Wanted = {
  /** The content types whose body is read. */
  takes: RegExp;
  accept: string;
  /** Called when the body begins. */
  begun?: () => void;
};

export type Fetched = { url: URL; type: string; bytes: Uint8Array };

/** Fetches within a budget of bytes (after decompression) and time for all requests together. */
export type GuardedFetch = {
  /**
   * Throws `Refused` with `address-refused`, `address-unreachable`, `address-not-article` (another type),
   * `address-too-large` or `address-too-slow`.
   */
  get(address: URL, wanted: Wanted): Promise<Fetched>;
  close(): Promise<void>;
};

export type GuardedFetchOptions = {
  allows: Allows;
  resolve?: Resolve;
  /** Aborted when the time is up. */
  signal: AbortSignal;
  maxBytes: number;
};

const MOST_REDIRECTS = 5;
const USER_AGENT = 'Riascolta (a person asked for this article to be imported)';

/** The host has no address to which a connection may be made. */
class ConnectionRefusedByUs extends Error {
  override name = 'ConnectionRefusedByUs';
}

/**
 * Returns a fetch that no address, redirect or DNS answer can lead into an internal network: a name is resolved once for each
 * connection, which is made to the addresses that were checked. It keeps no cookies.
 */
export function guardedFetch({ allows, resolve = ask, signal, maxBytes }: GuardedFetchOptions): GuardedFetch {
  const agent = new Agent({ connect: guardedConnect(allows, resolve), pipelining: 0, allowH2: false });
  let left = maxBytes;

  const once = async (url: URL, accept: string, asked: string) => {
    try {
      return await fetch(url, {
        dispatcher: agent,
        redirect: 'manual',
        signal,
        headers: { 'user-agent': USER_AGENT, accept },
      });
    } catch (error) {
      throw refusalOf(error, signal, asked);
    }
  };

  return {
    async get(address, { takes, accept, begun = () => {} }) {
      const asked = address.href;
      let url = address;
      for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
        if (!isWeb(url)) throw new Refused('address-refused', { address: asked });
        const response = await once(url, accept, asked);
        const location = isRedirect(response.status) ? response.headers.get('location') : null;
        if (location !== null) {
          await response.body?.cancel().catch(() => {});
          const next = URL.parse(location, url);
          if (next === null) break;
          url = next;
          continue;
        }
        if (!response.ok) {
          await response.body?.cancel().catch(() => {});
          throw new Refused('address-unreachable', { address: asked, reason: `HTTP ${response.status}` });
        }
        const type = response.headers.get('content-type') ?? '';
        if (!takes.test(type)) {
          await response.body?.cancel().catch(() => {});
          throw new Refused('address-not-article', { address: asked });
        }
        begun();
        const bytes = await wholeBody(response.body, left).catch((error: unknown) => {
          throw error instanceof TooLarge
            ? new Refused('address-too-large', { address: asked }, { cause: error })
            : refusalOf(error, signal, asked);
        });
        left -= bytes.length;
        return { url, type, bytes };
      }
      throw new Refused('address-unreachable', { address: asked, reason: 'redirects' });
    },
    close: () => agent.destroy(),
  };
}

const ask: Resolve = (hostname) => lookup(hostname, { all: true });

const isRedirect = (status: number): boolean => [301, 302, 303, 307, 308].includes(status);

function guardedConnect(allows: Allows, resolve: Resolve): buildConnector.connector {
  const checked = async (hostname: string, port: number) => {
    const literal = hostname.replace(/^\[|\]$/g, '');
    const family = isIP(literal);
    const answers = family === 0 ? await resolve(hostname) : [{ address: literal, family }];
    const allowed = answers.filter(({ address }) => allows(address, port));
    if (allowed.length === 0) throw new ConnectionRefusedByUs(`${hostname} is not on the internet`);
    return allowed;
  };
  return (options, callback) => {
    checked(options.hostname, portOf(options)).then(
      (addresses) => buildConnector({ allowH2: false, lookup: answering(addresses) })(options, callback),
      (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), null),
    );
  };
}

/** Returns a look-up with a fixed answer, so that DNS is not asked a second time. */
const answering =
  (addresses: { address: string; family: number }[]): LookupFunction =>
  (_, options, callback) => {
    const [first] = addresses;
    if (options.all) callback(null, addresses);
    else callback(null, first?.address ?? '', first?.family);
  };

class TooLarge extends Error {
  override name = 'TooLarge';
}

/** Reads a decompressed body up to a limit, so that a decompression bomb is given up. */
async function wholeBody(body: AsyncIterable<Uint8Array> | null, most: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body ?? []) {
    length += chunk.length;
    if (length > most) throw new TooLarge(`more than ${most} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function refusalOf(error: unknown, signal: AbortSignal, address: string): Refused {
  if (signal.aborted) return new Refused('address-too-slow', { address }, { cause: error });
  const causes = causesOf(error);
  if (causes.some((one) => one instanceof ConnectionRefusedByUs)) {
    return new Refused('address-refused', { address }, { cause: error });
  }
  return new Refused('address-unreachable', { address, reason: reasonOf(causes) }, { cause: error });
}

function causesOf(error: unknown): unknown[] {
  const causes: unknown[] = [];
  for (let one = error; one instanceof Error && causes.length < 10; one = one.cause) causes.push(one);
  return causes;
}

/** Returns the system's code: `ENOTFOUND`, `ECONNREFUSED`, `CERT_HAS_EXPIRED`, … */
function reasonOf(causes: unknown[]): string {
  const codes = causes.map((one) => (one instanceof Error && 'code' in one ? String(one.code) : ''));
  const last = causes.at(-1);
  return codes.find((code) => code !== '') ?? (last instanceof Error ? last.message : String(last));
}
