import type { Account } from '../../accounts/accounts.ts';
import { LINK_LASTS_MS, linkAddress } from '../../accounts/one-time-links.ts';
import { Refused } from '../../model/problem.ts';
import { studioTexts } from '../../texts/studio-texts.ts';
import type { Call, Reply } from '../route.ts';
import type { Studio } from '../studio.ts';

/**
 * Shows an admin a new one-time link, and mails it when there is a mail server. A failed mail does not
 * invalidate the link. It is shown in this answer alone, never in an address.
 */
export async function handOverLink(
  studio: Studio,
  call: Call,
  account: Account,
  token: string,
): Promise<Reply> {
  const address = linkAddress(studio.config.publicUrl, token);
  const mailProblem = studio.mail.enabled ? await mailLink(studio, call, account, address) : undefined;
  const kind = account.isActive ? 'reset' : 'invitation';
  return {
    kind: 'page',
    view: 'account/person-link',
    title: call.texts.accounts.link.title(account.name),
    section: 'people',
    scripts: ['account'],
    values: {
      account,
      address,
      until: call.now + LINK_LASTS_MS[kind],
      isMailed: studio.mail.enabled && mailProblem === undefined,
      mailProblem,
    },
  };
}

/** Mails the link in its receiver's language. Returns a sentence when that fails. */
async function mailLink(
  studio: Studio,
  call: Call,
  account: Account,
  address: string,
): Promise<string | undefined> {
  const { mail } = studioTexts(account.language).accounts;
  const station = (await studio.catalogue.station())?.title ?? 'Riascolta';
  const [subject, text] = account.isActive
    ? [mail.resetSubject(station), mail.reset(account.name, station, address)]
    : [mail.invitationSubject(station), mail.invitation(account.name, station, address)];
  try {
    await studio.mail.send({ to: account.email, subject, text });
    return undefined;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const { code, values } = error.problem;
    studio.log.warn({ reason: values.reason }, 'A message was not taken by the mail server');
    return call.texts.problems[code](values);
  }
}
