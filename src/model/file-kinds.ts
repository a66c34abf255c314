const AUDIO = /\.(?:mp3|m4a|m4b|mp4|aac|ogg|oga|opus|flac|wav|aiff?|webm)$/i;
const PICTURE = /\.(?:jpe?g|png|webp|avif|gif|tiff?)$/i;
const CHAPTERS = /\.chapters\.json$/i;

/** Media types of transcripts, as podcast:transcript names them (Podcasting 2.0 namespace, tag "transcript"). */
const TRANSCRIPTS: Readonly<Record<string, string>> = {
  vtt: 'text/vtt',
  srt: 'application/x-subrip',
  json: 'application/json',
};

/** Returns whether a file's name says that it is a segment. */
export const isAudioName = (name: string): boolean => AUDIO.test(name);

/** Returns whether a file's name says that it is a picture that pages can show. */
export const isPictureName = (name: string): boolean => PICTURE.test(name);

/** Returns whether the file is the cover of its folder by its name alone. */
export const isCoverName = (name: string): boolean =>
  /^(?:cover|copertina)\./i.test(name) && isPictureName(name);

/** Returns the transcript's media type by its name; `undefined` when it is none. */
export function transcriptType(name: string): string | undefined {
  if (CHAPTERS.test(name)) return undefined;
  return TRANSCRIPTS[extensionOf(name)];
}

/** Returns the name without its extension: what a segment shares with its companions. */
export function stemOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot > 0 ? name.slice(0, dot) : name;
}

/** Returns the extension in lower case, without the dot. */
export function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot > 0 ? name.slice(dot + 1).toLowerCase() : '';
}
