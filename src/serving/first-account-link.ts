import { linkAddress } from '../accounts/one-time-links.ts';
import type { Records } from '../records/records.ts';

/**
 * Returns the one-time address at which the first account is made; `undefined` when there is an account
 * already.
 */
export async function firstAccountLink(records: Records, publicUrl: string): Promise<string | undefined> {
  const known = await records.db.selectFrom('accounts').select('id').limit(1).execute();
  if (known.length > 0) return undefined;
  // Loaded here, since only the first start needs it.
  const { openAccounts } = await import('../accounts/open-accounts.ts');
  return linkAddress(publicUrl, await openAccounts({ records, publicUrl }).firstLink());
}
