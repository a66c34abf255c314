import type { SiteTexts } from '../texts/site-texts.ts';

/** There is nothing at this address, or nothing public. */
export class NotFound extends Error {
  override name = 'NotFound';
}

/** The episode at this address was withdrawn. */
export class Withdrawn extends Error {
  override name = 'Withdrawn';
}

/** The first index has not read the station yet. */
export class NotReadyYet extends Error {
  override name = 'NotReadyYet';
}

type ErrorKind = keyof SiteTexts['errors'];
type Outcome = { status: number; kind: ErrorKind; headers: Record<string, string> };

const outcome = (status: number, kind: ErrorKind, headers: Record<string, string> = {}): Outcome => ({
  status,
  kind,
  headers,
});

const FAILED = outcome(500, 'failed');

// By the error's name, so that errors of other rooms are mapped here without imports. The sentence that
// belongs to each kind is in the catalogues of texts, under `errors`.
const OUTCOMES: Record<string, Outcome> = {
  NotFound: outcome(404, 'not-found'),
  FileGone: outcome(404, 'not-found'),
  FileNotFound: outcome(404, 'not-found'),
  KeyRefused: outcome(404, 'not-found'),
  LinkLeadsOut: outcome(404, 'not-found'),
  NotPicture: outcome(404, 'not-found'),
  PictureTooLarge: outcome(404, 'not-found'),
  PicturesBusy: outcome(503, 'not-ready', { 'Retry-After': '5' }),
  Withdrawn: outcome(410, 'gone'),
  NotReadyYet: outcome(503, 'not-ready', { 'Retry-After': '2' }),
  URIError: outcome(400, 'bad-request'),
};

/** Returns the status and the kind of page that answer an error; 500 for whatever is not in the table. */
export function errorOutcome(error: unknown): Outcome {
  return (error instanceof Error ? OUTCOMES[error.name] : undefined) ?? FAILED;
}
