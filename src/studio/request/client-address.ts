import type { IncomingHttpHeaders } from 'node:http';
import ipaddr from 'ipaddr.js';

/** Returns whether the proxy at a network address is trusted. */
export type Trusts = (address: string) => boolean;

type Network = ReturnType<typeof ipaddr.parseCIDR>;

const LOOPBACK = ['127.0.0.0/8', '::1/128'];

/** Returns the trusted proxies of `TRUST_PROXY`: a list of addresses, networks (CIDR) and `loopback`. */
export function trustedProxies(list: readonly string[]): Trusts {
  const networks = list.flatMap((entry) => (entry === 'loopback' ? LOOPBACK : [entry])).map(networkOf);
  return (address) => {
    if (!ipaddr.isValid(address)) return false;
    const asked = ipaddr.process(address);
    return networks.some((network) => asked.kind() === network[0].kind() && asked.match(network));
  };
}

function networkOf(text: string): Network {
  if (text.includes('/')) return ipaddr.parseCIDR(text);
  const address = ipaddr.process(text);
  return [address, address.kind() === 'ipv4' ? 32 : 128];
}

/**
 * Returns the network address that a request comes from, in its shortest form. What proxies say
 * (`X-Forwarded-For`, or `Forwarded`: RFC 7239) is read from the right, one hop for each that is trusted;
 * anybody may have written what stands further left. Where the two headers disagree, one of them came from
 * outside, and neither is believed. `''` when the connection is gone.
 */
export function clientAddress(
  req: { socket: { remoteAddress?: string }; headers: IncomingHttpHeaders },
  trusts: Trusts,
): string {
  const nearest = plainAddress(req.socket.remoteAddress ?? '') ?? '';
  if (!trusts(nearest)) return nearest;
  const claims = [
    hopsOf(req.headers['x-forwarded-for'], addressOfElement),
    hopsOf(req.headers.forwarded, addressOfForwarded),
  ].flatMap((hops) => (hops === undefined ? [] : [furthestKnown(nearest, hops, trusts)]));
  const [claim = nearest] = claims;
  return claims.every((other) => other === claim) ? claim : nearest;
}

/** Returns the furthest known address, going outwards from the nearest hop as long as each hop is trusted. */
function furthestKnown(nearest: string, hops: (string | undefined)[], trusts: Trusts): string {
  let known = nearest;
  for (const hop of hops.toReversed()) {
    if (hop === undefined || !trusts(known)) return known;
    known = hop;
  }
  return known;
}

/**
 * Returns the hops that a header names, the nearest last; `undefined` for each that names no address
 * (`unknown`).
 */
function hopsOf(
  header: string | string[] | undefined,
  addressOf: (element: string) => string | undefined,
): (string | undefined)[] | undefined {
  if (header === undefined) return undefined;
  const text = Array.isArray(header) ? header.join(',') : header;
  return (text.match(ELEMENT) ?? []).map((element) => addressOf(element.trim()));
}

/** Up to the next comma that is not in quotes (RFC 9110, section 5.6.1). */
const ELEMENT = /(?:[^,"]|"(?:[^"\\]|\\.)*"?)+/g;

/** `for=192.0.2.43;proto=https`, `for="[2001:db8::17]:4711"` (RFC 7239, section 6). */
function addressOfForwarded(element: string): string | undefined {
  const node = /(?:^|;)\s*for=(?:"([^"\\]*)"|([^\s;"]+))/i.exec(element);
  return node === null ? undefined : addressOfElement(node[1] ?? node[2] ?? '');
}

/** Returns an address without the port that may follow it. */
function addressOfElement(text: string): string | undefined {
  const bracketed = /^\[([^\]]+)\](?::\w+)?$/.exec(text)?.[1];
  const withPort = /^([\d.]+):\w+$/.exec(text)?.[1];
  return plainAddress(bracketed ?? withPort ?? text);
}

function plainAddress(text: string): string | undefined {
  const address = text.replace(/%.*$/, '');
  // A proxy writes IPv4 addresses as four decimal numbers only.
  if (!ipaddr.isValid(address) || (!address.includes(':') && !ipaddr.IPv4.isValidFourPartDecimal(address)))
    return undefined;
  return ipaddr.process(address).toString();
}
