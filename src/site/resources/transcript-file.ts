import { makeEdition } from '../../delivery/delivery.ts';
import { splitFingerprint, transcriptPath } from '../../model/addresses.ts';
import type { Episode } from '../../model/episode.ts';
import { extensionOf, stemOf } from '../../model/file-kinds.ts';
import type { Transcript } from '../../model/segment.ts';
import { type Cue, TRANSCRIPT_FORMS, TRANSCRIPT_TYPES, type TranscriptForm } from '../../model/transcript.ts';
import { formatJson, formatPlainText, formatSrt, formatVtt } from '../../transcripts/transcripts.ts';
import { FOR_EVER, redirectTo, type SiteResponse } from '../response.ts';
import type { Site } from '../site.ts';

const WRITERS: Readonly<Record<TranscriptForm, (cues: readonly Cue[]) => string>> = {
  vtt: formatVtt,
  srt: formatSrt,
  json: formatJson,
  txt: formatPlainText,
};

/**
 * Returns the transcript of this name in the form of its extension, whatever form the folder has. Another
 * fingerprint and the plain name redirect to the present name. `undefined` when the episode has no such
 * transcript.
 */
export async function transcriptFile(
  site: Site,
  episode: Episode,
  name: string,
): Promise<SiteResponse | undefined> {
  const form = TRANSCRIPT_FORMS.find((each) => each === extensionOf(name));
  const found = form && transcriptNamed(episode, name);
  if (form === undefined || found === undefined) return undefined;
  const { transcript, position } = found;
  const path = transcriptPath(episode.show, episode.slug, transcript, form);
  if (splitFingerprint(name)?.fingerprint !== transcript.fingerprint) return redirectTo(302, path);
  const resource = makeEdition({
    type: `${TRANSCRIPT_TYPES[form]}; charset=utf-8`,
    body: WRITERS[form](await site.catalogue.cues(episode.show, episode.slug, position)),
    cacheControl: FOR_EVER,
    crossOrigin: true,
  });
  return { resource, cacheKey: path };
}

/**
 * Returns the segment whose transcript has this name. A file's own name may look as if it had a fingerprint,
 * and the segment's name is a name of its transcript, too.
 */
function transcriptNamed(
  { segments }: Episode,
  name: string,
): { transcript: Transcript; position: number } | undefined {
  const split = splitFingerprint(name);
  const known = segments.flatMap(({ file, transcript }, position) =>
    transcript === undefined ? [] : [{ transcript, position, sound: stemOf(file) }],
  );
  const plain = stemOf(name);
  const stem = split === undefined ? plain : stemOf(split.file);
  const present = known.find(
    ({ transcript }) => transcript.fingerprint === split?.fingerprint && stemOf(transcript.file) === stem,
  );
  const called = (wanted: string) =>
    known.find(({ transcript }) => stemOf(transcript.file) === wanted) ??
    known.find(({ sound }) => sound === wanted);
  return present ?? called(plain) ?? called(stem);
}
