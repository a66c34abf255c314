import { createHash, randomBytes } from 'node:crypto';

/** Returns a secret of 256 random bits, safe in addresses and cookies. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** Returns the stored form of a secret: its SHA-256 in hex. Random secrets need no slow hash. */
export const secretDigest = (secret: string): string => createHash('sha256').update(secret).digest('hex');
