import type { Actor } from '../model/staff.ts';
import type { Account } from './accounts.ts';

/** Returns the account as somebody who does something. */
export const actorOfAccount = ({ id, name, role, shows, mayPublish }: Account, via: Actor['via']): Actor => ({
  id,
  name,
  role,
  shows,
  mayPublish: role !== 'contributor' || mayPublish,
  via,
});
