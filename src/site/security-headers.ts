import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import helmet, { type HelmetOptions } from 'helmet';

const SELF = ["'self'"];

/**
 * The security headers of every page of ours, besides its own Content-Security-Policy;
 * Strict-Transport-Security only under https.
 */
export const protection = (secure: boolean) =>
  ({
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    strictTransportSecurity: secure ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    // frame-ancestors governs frames, and old versions of Internet Explorer are not supported.
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
 * Referrer-Policy, Cross-Origin-Opener-Policy, Permissions-Policy; Strict-Transport-Security only under
 * https. They are plain values, since pages are kept as editions and sent without middleware.
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
 * Returns the headers of the player that other sites frame. Any site may frame it; all else is as strict as
 * on a page. Our own address is listed beside `'self'`, since in some browsers `'self'` matches nothing in a
 * sandboxed frame. No request of it says where it is framed.
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
    // A cross-origin isolated site frames only pages that have this header; all that the player loads is open
    // to every origin.
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
