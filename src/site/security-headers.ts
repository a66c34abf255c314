import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import helmet, { type HelmetOptions } from 'helmet';

const SELF = ["'self'"];

/**
 * What every page of ours asks of browsers, beside its own Content-Security-Policy; Strict-Transport-Security only under
 * https.
 */
export const protection = (secure: boolean) =>
  ({
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    strictTransportSecurity: secure ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    // Frames are ruled by frame-ancestors, and old Internet Explorers are not served.
    xFrameOptions: false,
    xDownloadOptions: false,
    xXssProtection: false,
    xPermittedCrossDomainPolicies: false,
    dnsPrefetchControl: false,
    originAgentCluster: false,
  }) satisfies HelmetOptions;

export const PERMISSIONS_POLICY = 'camera=(), geolocation=(), microphone=(), payment=(), usb=()';

/**
 * Returns the headers that protect a page: a strict Content-Security-Policy without inline styles or scripts,
 * Referrer-Policy, Cross-Origin-Opener-Policy, Permissions-Policy; Strict-Transport-Security only under https.
 * They are plain values, because pages are kept as editions and sent without a middleware in front.
 */
export function securityHeaders(publicUrl: string): Record<string, string> {
  const secure = publicUrl.startsWith('https:');
  return headersBy({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: SELF,
        styleSrc: SELF,
        imgSrc: ["'self'", 'data:'],
        mediaSrc: SELF,
        fontSrc: SELF,
        connectSrc: SELF,
        manifestSrc: SELF,
        workerSrc: SELF,
        formAction: SELF,
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
        ...(secure ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    referrerPolicy: { policy: 'strict-origin-when-cross-origin' },
    ...protection(secure),
    // Sent by delivery with every answer.
    xContentTypeOptions: false,
  });
}

/**
 * Returns the headers of the player that other sites frame: anybody may, and all else is as strict as on a page. Our own
 * address stands beside `'self'`, which some browsers take to be nobody's in a frame that is sandboxed. Where it is framed
 * is nobody's concern, so that none of its requests says so.
 */
export function embedHeaders(publicUrl: string): Record<string, string> {
  const secure = publicUrl.startsWith('https:');
  const ours = [...SELF, publicUrl];
  return headersBy({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ours,
        styleSrc: ours,
        imgSrc: ours,
        mediaSrc: ours,
        connectSrc: ours,
        formAction: ["'none'"],
        baseUri: ["'none'"],
        frameAncestors: ['*'],
        ...(secure ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
    ...protection(secure),
    crossOriginOpenerPolicy: false,
    // A site that isolates itself frames only what says the same; all that the player loads is open to everybody.
    crossOriginEmbedderPolicy: { policy: 'require-corp' },
    crossOriginResourcePolicy: { policy: 'cross-origin' },
    xContentTypeOptions: false,
  });
}

function headersBy(options: HelmetOptions): Record<string, string> {
  const response = new ServerResponse(new IncomingMessage(new Socket()));
  const protect = helmet(options);
  protect(new IncomingMessage(new Socket()), response, () => {});
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(response.getHeaders()))
    headers[properCase(name)] = String(value);
  headers['Permissions-Policy'] = PERMISSIONS_POLICY;
  return headers;
}

const properCase = (name: string): string => name.replace(/(?:^|-)[a-z]/g, (letter) => letter.toUpperCase());
