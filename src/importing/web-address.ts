import ipaddr from 'ipaddr.js';
import { Refused } from '../model/problem.ts';

/** The ports of web servers. Another port may be a database, mail server or printer. */
const PORTS: ReadonlySet<number> = new Set([80, 443, 8080, 8443]);
/** A public address that on Azure is answered by the machine's own host. */
const CLOUD_HOSTS: ReadonlySet<string> = new Set(['168.63.129.16']);
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * Returns whether a web server on the internet can have this address and port. Refused are private, shared, local, loopback,
 * multicast and reserved ranges, and IPv6 addresses that stand for an IPv4 address (mapped, NAT64, 6to4, Teredo).
 */
export function isOnTheInternet(address: string, port: number): boolean {
  if (!PORTS.has(port) || !ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== 'unicast' || CLOUD_HOSTS.has(parsed.toString())) return false;
  return parsed instanceof ipaddr.IPv4 || parsed.match(GLOBAL_UNICAST);
}

/** Returns the web address that somebody typed. Throws `Refused` (`address-refused`) when it is none, or holds a password. */
export function webAddress(typed: string): URL {
  const text = typed.trim();
  const hasScheme = /^[a-z][a-z\d+.-]*:(?!\d)/i.test(text);
  const url = URL.parse(hasScheme ? text : `https://${text}`);
  if (url === null || !isWeb(url)) throw new Refused('address-refused', { address: text.slice(0, 500) });
  return url;
}

/** Returns whether an address is http or https, without credentials. */
export function isWeb({ protocol, username, password, hostname }: URL): boolean {
  return (
    (protocol === 'http:' || protocol === 'https:') && username === '' && password === '' && hostname !== ''
  );
}

/** Returns the port of an address; that of its protocol when it names none. */
export function portOf({ port, protocol }: Pick<URL, 'port' | 'protocol'>): number {
  if (port !== '') return Number(port);
  return protocol === 'https:' ? 443 : 80;
}

const TRACKING =
  /^(?:utm_\w+|mtm_\w+|pk_\w+|hsa_\w+|fbclid|gclid|gclsrc|gbraid|wbraid|dclid|msclkid|yclid|twclid|ttclid|igshid|igsh|mc_cid|mc_eid|_hsenc|_hsmi|mkt_tok|vero_id|oly_\w+|s_cid|ref_src|ref_url|spm|share|_openstat|wt_mc|xtor|cmpid)$/i;

/** Returns the address without its fragment and its tracking parameters. */
export function withoutTracking(address: URL): string {
  const url = new URL(address);
  url.hash = '';
  for (const name of [...url.searchParams.keys()]) if (TRACKING.test(name)) url.searchParams.delete(name);
  return url.href;
}
