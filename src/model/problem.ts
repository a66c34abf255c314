import { z } from 'zod';

/**
 * Why a request of staff was refused. `values` fill the sentence for the code in each language
 * (`texts/it/problems.json`): what is wrong, where, and what to do.
 */
export type Problem = { code: ProblemCode; values: Record<string, string> };

export const PROBLEM_CODES = [
  // who and what
  'login-needed', // {}
  'other-origin', // {}
  'not-allowed', // {}
  'not-found', // {}
  'value-wrong', // { field, reason }
  'title-missing', // {}
  'show-missing', // {}
  'sound-missing', // {}
  'name-refused', // { name }
  // somebody else was faster
  'draft-conflict', // { name } who saved before
  'folder-changed', // { file } changed by hand since
  'already-there', // { name }
  'episode-withdrawn', // {}
  'episode-busy', // {} its folder is being written just now
  // uploads
  'upload-too-large', // { size, most }
  'upload-no-room', // { size, free }
  'upload-length-wrong', // {}
  'upload-busy', // {}
  'upload-expired', // {}
  'too-many-uploads', // { most }
  // the sound
  'sound-not-audio', // { name, reason }
  'sound-empty', // { name }
  'sound-cut', // { name, seconds } ends in the middle; what is there is { seconds }
  'sound-silent', // { name }
  'sound-too-long', // { name, hours }
  'sound-crashed', // { name, reason }
  'picture-refused', // { name, reason }
  'transcript-refused', // { name, reason }
  'file-not-for-us', // { name }
  // the machine
  'disk-full', // {}
  'folder-read-only', // {}
  'machine-failed', // { reason }
  // an article from an address
  'address-refused', // { address } inside the network, or no web address
  'address-unreachable', // { address, reason }
  'address-too-large', // { address }
  'address-too-slow', // { address }
  'address-not-article', // { address }
  // changes of many items
  'feed-would-break', // { count } with the list in `FeedDifference`s
  // accounts
  'email-wrong', // {}
  'email-taken', // { email }
  'password-short', // { least }
  'password-common', // {}
  'login-wrong', // {}
  'password-wrong', // {}
  'login-throttled', // { minutes }
  'link-used', // {}
  'last-admin', // {}
  'passkey-failed', // {}
  'mail-failed', // { reason }
] as const;
export type ProblemCode = (typeof PROBLEM_CODES)[number];

/** A request of staff was refused, for a reason that has a sentence. */
export class Refused extends Error {
  override name = 'Refused';
  readonly problem: Problem;
  constructor(code: ProblemCode, values: Record<string, string> = {}, options?: ErrorOptions) {
    super(`${code} ${JSON.stringify(values)}`, options);
    this.problem = { code, values };
  }
}

const problemShape = z.object({ code: z.enum(PROBLEM_CODES), values: z.record(z.string(), z.string()) });

/** Returns the problem that a row of the records holds as JSON; `undefined` where it holds none. */
export const parseProblem = (json: string | null): Problem | undefined =>
  json === null ? undefined : problemShape.parse(JSON.parse(json));
