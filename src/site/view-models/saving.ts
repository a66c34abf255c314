import { filePath, picturePath, transcriptPath } from '../../model/addresses.ts';
import type { Episode } from '../../model/episode.ts';
import { TRANSCRIPT_FORMS } from '../../model/transcript.ts';

/** What an episode needs on a device besides its page and the pictures in it. */
export type Saving = {
  sounds: { src: string; type: string; bytes: number }[];
  /** The addresses of waveforms and of transcripts in all their forms. */
  files: string[];
  /** A small picture for lists. */
  picture: string;
  /** The bytes of all sounds together. */
  bytes: number;
  seconds: number;
};

/** Returns what has to be fetched so that an episode is complete without a network. */
export function savingData({ show, slug, cover, segments }: Episode): Saving {
  const sounds = segments.map((segment) => ({
    src: filePath(show, slug, segment),
    type: segment.type,
    bytes: segment.bytes,
  }));
  const texts = segments.flatMap(({ transcript }) =>
    transcript === undefined
      ? []
      : TRANSCRIPT_FORMS.map((form) => transcriptPath(show, slug, transcript, form)),
  );
  return {
    sounds,
    files: [...sounds.map(({ src }) => `${src}.peaks`), ...texts],
    picture: picturePath(cover.id, '96.webp'),
    bytes: segments.reduce((sum, { bytes }) => sum + bytes, 0),
    seconds: segments.reduce((sum, { seconds }) => sum + seconds, 0),
  };
}
