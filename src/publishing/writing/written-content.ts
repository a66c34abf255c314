import { isDeepStrictEqual } from 'node:util';
import type { DraftContent } from '../drafts/drafts.ts';
import { withRenamedLinks } from './renamed-links.ts';
import type { WritingPlan } from './writing-plan.ts';

/**
 * Returns a content that was edited while the folder was being written, as an edit of the new folder: its
 * uploads become the folder's files, under their names there.
 */
export function afterWriting(newer: DraftContent, written: DraftContent, plan: WritingPlan): DraftContent {
  const renames = new Map(
    plan.segments.flatMap(({ file, was }, at) =>
      [written.segments[at]?.file, was].flatMap((old) =>
        old !== undefined && old !== file ? [[old, file] as const] : [],
      ),
    ),
  );
  const fileOf = new Map(
    plan.puts.flatMap((put) => (put.as === 'cover' ? [] : [[put.upload, put.file] as const])),
  );
  const guidOf = new Map(plan.segments.map(({ file, guid }) => [file, guid] as const));
  return {
    ...newer,
    body: withRenamedLinks(newer.body, renames),
    segments: newer.segments.map(({ upload, ...segment }) => {
      const there = upload === undefined ? renames.get(segment.file) : fileOf.get(upload);
      if (upload !== undefined && there === undefined) return { ...segment, upload };
      const file = there ?? segment.file;
      return { ...segment, file, guid: guidOf.get(file) ?? segment.guid };
    }),
    files: newer.files.map(({ file, upload }) => {
      const there = upload === undefined ? undefined : fileOf.get(upload);
      return there === undefined ? { file, ...(upload !== undefined && { upload }) } : { file: there };
    }),
    cover: coverAfter(newer.cover, written.cover, plan.content.cover),
  };
}

type Cover = DraftContent['cover'];

function coverAfter(newer: Cover, written: Cover, there: Cover): Cover {
  const isSame = newer.upload === written.upload && isDeepStrictEqual(newer.crop, written.crop);
  return isSame ? { ...there, alt: newer.alt } : newer;
}
