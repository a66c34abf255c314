import type { ServerResponse } from 'node:http';
import helmet from 'helmet';
import { PERMISSIONS_POLICY, protection } from '../../site/security-headers.ts';

const SELF = ["'self'"];

/**
 * Returns what sets the headers of every answer of the studio: nothing of it is kept by caches or shown in frames of
 * other sites, and no script or style runs that is not a file of ours.
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
    // One-time links have their secret in the address.
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
