import { access } from 'node:fs/promises';

/** Returns whether a file or folder can be reached. */
export const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
