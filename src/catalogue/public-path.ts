import { episodePath, filePath, transcriptPath } from '../model/addresses.ts';
import type { Episode } from '../model/episode.ts';
import { TRANSCRIPT_FORMS } from '../model/transcript.ts';

/**
 * Returns the path by which two writings of one address are compared: percent signs decoded, NFC, no host, no slash at
 * the end. `https://old.example/Citt%C3%A0/` → `/Città`.
 */
export function comparablePath(address: string): string {
  const path = address.replace(/^https?:\/\/[^/]*/i, '').replace(/^(?!\/)/, '/');
  let decoded = path;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    // A stray percent sign: the path is compared as it stands.
  }
  return decoded.normalize('NFC').replace(/(?<=.)\/+$/, '');
}

/** Returns the public form of a comparable path, as `addresses.ts` writes it. */
export const publicPath = (path: string): string => path.split('/').map(encodeURIComponent).join('/');

/** A public path with the guid that it stands for; files have their segment's guid. */
export type RememberedAddress = { path: string; guid: string };

/** Returns every path under which the public finds the episode and its files, each with the guid it stands for. */
export function publicAddresses(episode: Episode): RememberedAddress[] {
  const { show, slug, guid } = episode;
  const files = episode.segments.flatMap(({ guid, transcript, ...segment }) => [
    { path: filePath(show, slug, segment), guid },
    ...(transcript === undefined
      ? []
      : TRANSCRIPT_FORMS.map((form) => ({ path: transcriptPath(show, slug, transcript, form), guid }))),
  ]);
  return [{ path: episodePath(show, slug), guid }, ...files].map((address) => ({
    path: comparablePath(address.path),
    guid: address.guid,
  }));
}
