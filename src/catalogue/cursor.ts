import type { Cursor } from './catalogue.ts';

/** A position between two episodes in the order of lists: newest first, then by key, descending. */
export type ListPosition = { publishedAt: number; key: string };

/** Returns the cursor of a position. It holds no row numbers, so it survives a rebuilt catalogue. */
export function formatCursor({ publishedAt, key }: ListPosition): Cursor {
  return Buffer.from(`${publishedAt.toString(36)} ${key}`).toString('base64url');
}

/** Returns the position of a cursor; `undefined` for anything that `formatCursor` did not make. */
export function parseCursor(cursor: Cursor | undefined): ListPosition | undefined {
  if (cursor === undefined || cursor.length > 2000 || !/^[\w-]+$/.test(cursor)) return undefined;
  const parts = /^(-?[0-9a-z]{1,11}) (.+)$/s.exec(Buffer.from(cursor, 'base64url').toString());
  if (parts?.[1] === undefined || parts[2] === undefined) return undefined;
  const publishedAt = Number.parseInt(parts[1], 36);
  return Number.isSafeInteger(publishedAt) ? { publishedAt, key: parts[2] } : undefined;
}
