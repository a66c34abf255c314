import { isIgnoredName, isKeyPart } from '../../archive/keys.ts';
import { ARTICLE_LIMIT_BYTES } from '../../indexing/reading/read-text.ts';
import type { Fault } from '../../model/fault.ts';
import { readEpisodeFile } from '../../model/front-matter/episode-file.ts';
import { Refused } from '../../model/problem.ts';
import { instantOf } from '../../model/station-time.ts';
import type { DraftContent, IntendedAction } from '../drafts/drafts.ts';

/**
 * Throws `Refused` unless the action is possible with this content: `title-missing`, `show-missing`,
 * `sound-missing`, `name-refused`, `value-wrong`. `isOut`: whether the public sees the episode now.
 */
export function assertComplete(content: DraftContent, action: IntendedAction, isOut: boolean): void {
  if (content.title.trim() === '') throw new Refused('title-missing');
  if (content.show === '') throw new Refused('show-missing');
  // Whether a date is valid does not depend on the time zone.
  if (content.date !== '' && instantOf(content.date, 'UTC') === undefined)
    throw new Refused('value-wrong', { field: 'date', reason: 'a-date' });
  const needsSound = action === 'publish' || (action === 'save' && isOut);
  if (needsSound && content.segments.length === 0) throw new Refused('sound-missing');
  assertNames(content);
}

/** Longer names do not fit on every disk (bytes). */
const LONGEST_NAME = 200;
/** Characters that turn a name around, so that it looks like another (Unicode, "Bidirectional Control"). */
const TURNING = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/;

/** Returns whether a file of an episode may have this name. */
const isUsableName = (name: string): boolean =>
  isKeyPart(name) &&
  !isIgnoredName(name) &&
  !TURNING.test(name) &&
  name.toLowerCase() !== 'episode.md' &&
  Buffer.byteLength(name) <= LONGEST_NAME;

function assertNames({ segments, files, cover }: DraftContent): void {
  // Files in the folder keep their names; new files must have a usable one.
  const fresh = [...segments, ...files].filter(({ upload }) => upload !== undefined);
  for (const { file } of fresh) if (!isUsableName(file)) throw new Refused('name-refused', { name: file });
  const uploads = [...fresh.flatMap(({ upload }) => upload ?? []), ...(cover.upload ? [cover.upload] : [])];
  if (new Set(uploads).size < uploads.length)
    throw new Refused('value-wrong', { field: 'segments', reason: 'upload-twice' });
}

/**
 * Throws `Refused` (`value-wrong`, with the key and the code of what would be right) when the text has a
 * fault that the text before it did not have, or one that would hide the episode.
 */
export function assertReadable(text: string, before: string, folder: string): void {
  if (Buffer.byteLength(text) > ARTICLE_LIMIT_BYTES)
    throw new Refused('value-wrong', { field: 'body', reason: 'article-too-long' });
  const old = new Set(readEpisodeFile(before, folder).faults.map(sameAs));
  const fault = readEpisodeFile(text, folder).faults.find(
    (one) => one.severity === 'error' || !old.has(sameAs(one)),
  );
  if (fault !== undefined) throw new Refused('value-wrong', wrongValueOfFault(fault));
}

const sameAs = ({ code, values }: Fault): string => `${code} ${values.key} ${values.value}`;

/** Returns the values of `value-wrong` for a fault of front matter. */
export const wrongValueOfFault = ({ code, values }: Fault): { field: string; reason: string } => ({
  field: values.key ?? '',
  reason: values.expected ?? values.reason ?? code,
});
