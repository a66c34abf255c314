import ipaddr from 'ipaddr.js';
import { Refused } from '../model/problem.ts';

/** Where web servers listen. Any other port is somebody's database, mail server or printer. */
const PORTS: ReadonlySet<number> = new Set([80, 443, 8080, 8443]);
/** Public by its number, but answered by the machine's own host on Azure. */
const CLOUD_HOSTS: ReadonlySet<string> = new Set(['168.63.129.16']);
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * Returns whether a server on the internet can have this address and port. Only what the registries hand out is: no private,
 * shared, local, loopback, multicast or reserved range, nothing that stands for a v4 address (mapped, NAT64, 6to4, Teredo).
 */
export function isOnTheInternet(address: string, port: number): boolean {
  if (!PORTS.has(port) || !ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== 'unicast' || CLOUD_HOSTS.has(parsed.toString())) return false;
  return parsed instanceof ipaddr.IPv4 || parsed.match(GLOBAL_UNICAST);
}

/** Returns the web address that somebody typed. Throws `Refused` (`address-refused`) for what is none, or has a password in it. */
export function webAddress(typed: string): URL {
  const text = typed.trim();
  const hasScheme = /^[a-z][a-z\d+.-]*:(?!\d)/i.test(text);
  const url = URL.parse(hasScheme ? text : `https://${text}`);
  if (url === null || !isWeb(url)) throw new Refused('address-refused', { address: text.slice(0, 500) });
  return url;
}

/** Returns whether an address may be asked for at all: http or https, without credentials. */
export function isWeb({ protocol, username, password, hostname }: URL): boolean {
  return (
    (protocol === 'http:' || protocol === 'https:') && username === '' && password === '' && hostname !== ''
  );
}

/** Returns the port of an address, that of its protocol where it names none. */
export function portOf({ port, protocol }: Pick<URL, 'port' | 'protocol'>): number {
  if (port !== '') return Number(port);
  return protocol === 'https:' ? 443 : 80;
}

const TRACKING =
  /^(?:utm_\w+|mtm_\w+|pk_\w+|hsa_\w+|fbclid|gclid|gclsrc|gbraid|wbraid|dclid|msclkid|yclid|twclid|ttclid|igshid|igsh|mc_cid|mc_eid|_hsenc|_hsmi|mkt_tok|vero_id|oly_\w+|s_cid|ref_src|ref_url|spm|share|_openstat|wt_mc|xtor|cmpid)$/i;

/** Returns the address without its fragment and what only tells where a reader came from. */
export function withoutTracking(address: URL): string {
  const url = new URL(address);
  url.hash = '';
  for (const name of [...url.searchParams.keys()]) if (TRACKING.test(name)) url.searchParams.delete(name);
  return url.href;
}
