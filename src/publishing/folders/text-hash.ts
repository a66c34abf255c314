import { hash } from 'node:crypto';

/** Returns the SHA-256 of a text in hex: by it a file is known to be as it was. A file that is not there has that of ''. */
export const textHash = (text: string): string => hash('sha256', text, 'hex');
