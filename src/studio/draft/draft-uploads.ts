import {
  extensionOf,
  isAudioName,
  isCoverName,
  isPictureName,
  stemOf,
  transcriptType,
} from '../../model/file-kinds.ts';
import { freeName, plainStem } from '../../model/file-names.ts';
import type { DraftContent } from '../../publishing/drafts/drafts.ts';
import type { Upload, UploadKind } from '../../publishing/uploads/uploads.ts';

/** Where an upload belongs in an episode. */
export type UploadPlace = { as: 'segment' | 'file'; file: string } | { as: 'cover' };

type Named = Pick<Upload, 'id' | 'name' | 'kind' | 'state'>;

const CHAPTERS = '.chapters.json';
const LONGEST_STEM = 60;

/** Returns the kind of an upload: as examined, or until then by its name. */
export function shownUploadKind({ name, kind }: Pick<Upload, 'name' | 'kind'>): UploadKind {
  if (kind !== 'unknown') return kind;
  if (isAudioName(name)) return 'audio';
  if (isPictureName(name)) return 'picture';
  if (name.toLowerCase().endsWith(CHAPTERS)) return 'chapters';
  return transcriptType(name) === undefined ? 'unknown' : 'transcript';
}

/**
 * Returns the place of an upload that the draft does not name yet; `undefined` while that is unknown. Every
 * sound is a segment and becomes an MP3. The first picture is the cover, if there is none. Transcripts and
 * chapters get the name of their segment.
 */
export function uploadPlace(
  upload: Pick<Upload, 'name' | 'kind'>,
  content: DraftContent,
): UploadPlace | undefined {
  const taken = [...content.segments, ...content.files].map(({ file }) => file);
  switch (shownUploadKind(upload)) {
    case 'audio':
      return { as: 'segment', file: freeName(safeStem(upload.name), '.mp3', taken) };
    case 'picture':
      if (hasCover(content)) return { as: 'file', file: pictureName(upload.name, taken) };
      return { as: 'cover' };
    case 'transcript':
      return { as: 'file', file: companionName(upload.name, `.${extensionOf(upload.name)}`, content, taken) };
    case 'chapters':
      return { as: 'file', file: companionName(upload.name, CHAPTERS, content, taken) };
    case 'unknown':
      return undefined;
  }
}

/** Returns the draft with every upload placed, and without cancelled ones. */
export function withUploads(content: DraftContent, uploads: readonly Named[]): DraftContent {
  const gone = new Set(uploads.filter(({ state }) => state === 'cancelled').map(({ id }) => id));
  const isKept = ({ upload }: { upload?: string }): boolean => upload === undefined || !gone.has(upload);
  let next: DraftContent = {
    ...content,
    // A segment with a guid is in the folder, and gets its sound from there again.
    segments: content.segments
      .map((segment) =>
        isKept(segment) || segment.guid === undefined ? segment : { ...segment, upload: undefined },
      )
      .filter(isKept),
    files: content.files.filter(isKept),
    cover: isKept(content.cover) ? content.cover : { alt: content.cover.alt },
  };
  for (const upload of uploads) {
    if (upload.state === 'cancelled' || isPlaced(next, upload.id)) continue;
    const place = uploadPlace(upload, next);
    if (place !== undefined) next = withPlacedUpload(next, upload.id, place);
  }
  return next;
}

/** Returns the draft with an upload added in this place. */
export function withPlacedUpload(content: DraftContent, upload: string, place: UploadPlace): DraftContent {
  switch (place.as) {
    case 'segment':
      return {
        ...content,
        segments: [...content.segments, { file: place.file, upload, title: '', voice: 'auto' }],
      };
    case 'file':
      return { ...content, files: [...content.files, { file: place.file, upload }] };
    case 'cover':
      return { ...content, cover: { alt: content.cover.alt, upload } };
  }
}

/** Returns whether the draft names an upload. */
export const isPlaced = ({ segments, files, cover }: DraftContent, upload: string): boolean =>
  cover.upload === upload || [...segments, ...files].some((entry) => entry.upload === upload);

const hasCover = ({ cover }: DraftContent): boolean => cover.file !== undefined || cover.upload !== undefined;

const safeStem = (name: string): string =>
  plainStem(stemOf(name.replace(/\.chapters\.json$/i, '')), LONGEST_STEM) || 'audio';

/** Returns the name for a picture of the article, which must not be the cover's. */
function pictureName(name: string, taken: readonly string[]): string {
  const extension = `.${extensionOf(name) || 'jpg'}`;
  const stem = safeStem(name);
  return freeName(isCoverName(stem + extension) ? `${stem}-1` : stem, extension, taken);
}

/** Returns the stem of the segment with the same name, or of the only segment. */
function companionName(
  name: string,
  ending: string,
  { segments }: DraftContent,
  taken: readonly string[],
): string {
  const stem = safeStem(name);
  const stems = segments.map(({ file }) => stemOf(file));
  const own = stems.find((one) => one === stem) ?? (stems.length === 1 ? stems[0] : undefined) ?? stem;
  return freeName(own, ending, taken);
}
