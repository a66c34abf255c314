import type { Records } from '../records/records.ts';

/** What every part of the accounts works with. `now`: milliseconds since 1970. */
export type AccountsContext = { records: Records; now: () => number };
