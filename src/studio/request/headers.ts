import type { ServerResponse } from 'node:http';
import helmet from 'helmet';
import { PERMISSIONS_POLICY, protection } from '../../site/security-headers.ts';

const SELF = ["'self'"];

/**
 * Returns the function that sets the headers of every answer of the studio: no cache keeps it, no other site
 * frames it, and only our own script and style files are loaded.
 */
export function studioHeaders(publicUrl: string): (res: ServerResponse) => void {
  const secure = publicUrl.startsWith('https:');
  const protect = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: SELF,
        styleSrc: SELF,
        imgSrc: ["'self'", 'data:', 'blob:'],
        mediaSrc: ["'self'", 'blob:'],
        fontSrc: SELF,
        connectSrc: SELF,
        frameSrc: SELF,
        formAction: SELF,
        baseUri: ["'none'"],
        frameAncestors: SELF,
        ...(secure ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    // The address of a one-time link has its secret.
    referrerPolicy: { policy: 'same-origin' },
    ...protection(secure),
  });
  return (res) => {
    protect(res.req, res, () => {});
    res.setHeader('Permissions-Policy', PERMISSIONS_POLICY);
    res.setHeader('Cache-Control', 'no-store');
    res.setHeader('X-Robots-Tag', 'noindex, nofollow');
  };
}
