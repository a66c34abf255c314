import type { Bundle } from '../../archive/archive.ts';
import type { Article } from '../../article/article.ts';
import type { ArticlePicture } from '../../article/surroundings.ts';
import { filePath, picturePath, transcriptPath } from '../../model/addresses.ts';
import { extensionOf, isPictureName } from '../../model/file-kinds.ts';
import type { Segment } from '../../model/segment.ts';
import { TRANSCRIPT_FORMS } from '../../model/transcript.ts';
import { type FileFacts, fileKey } from './file-facts.ts';
import type { ReadingNotes } from './reading.ts';

/** As wide as the site's text column ever shows a picture (px). */
const ARTICLE_PICTURE_WIDTH = 1280;

export type ArticleParts = {
  article: Article;
  /** Line of episode.md (from 1) on which the article begins. */
  bodyLine: number;
  segments: Segment[];
  notes: ReadingNotes;
};

/** Returns the article of the episode in `bundle`, paired with its segments and pictures; the notes name its bad links. */
export async function pairedArticle(
  facts: FileFacts,
  bundle: Bundle,
  { article, bodyLine, segments, notes }: ArticleParts,
): Promise<{ html: string; text: string }> {
  const [show = '', slug = ''] = bundle.key.split('/');
  const addressOf = (file: { file: string; fingerprint: string }) => filePath(show, slug, file);
  const transcripts = segments.flatMap(({ transcript }) => transcript ?? []);
  const rendered = article.render({
    segments: segments.map((segment) => ({
      file: segment.file,
      seconds: segment.seconds,
      href: addressOf(segment),
    })),
    files: new Map(
      transcripts.map((transcript) => {
        const form = TRANSCRIPT_FORMS.find((each) => each === extensionOf(transcript.file)) ?? 'txt';
        return [transcript.file, transcriptPath(show, slug, transcript, form)] as const;
      }),
    ),
    pictures: await articlePictures(facts, bundle, article.linked, notes),
  });
  for (const { line, ...fault } of rendered.faults)
    notes.warn(fault.code, { ...fault, file: 'episode.md', line: bodyLine + line - 1 });
  return rendered;
}

async function articlePictures(
  facts: FileFacts,
  bundle: Bundle,
  linked: string[],
  notes: ReadingNotes,
): Promise<Map<string, ArticlePicture>> {
  const pictures = new Map<string, ArticlePicture>();
  for (const file of bundle.files) {
    if (!linked.includes(file.name) || !isPictureName(file.name) || file.leadsOut) continue;
    try {
      const { id, width, height } = await facts.picture(bundle, file, notes);
      notes.pictures.set(id, { from: 'file', fileKey: fileKey(bundle, file) });
      const shownWidth = Math.min(width, ARTICLE_PICTURE_WIDTH);
      const src = picturePath(id, `wide-${ARTICLE_PICTURE_WIDTH}.webp`);
      pictures.set(file.name, {
        src,
        width: shownWidth,
        height: Math.max(1, Math.round((height * shownWidth) / width)),
      });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      notes.warn('cover-not-picture', { file: file.name, values: { reason } });
    }
  }
  return pictures;
}
