import { LRUCache } from 'lru-cache';
import { parseArticle } from '../../article/article.ts';
import type { CatalogueMemory } from '../../catalogue/catalogue.ts';
import { assembleEpisode, type EpisodeParts } from '../../indexing/reading/assemble-episode.ts';
import { fileFacts } from '../../indexing/reading/file-facts.ts';
import { readEpisode } from '../../indexing/reading/read-episode.ts';
import { readShow } from '../../indexing/reading/read-show.ts';
import { type Reading, ReadingNotes } from '../../indexing/reading/reading.ts';
import type { Episode } from '../../model/episode.ts';
import { isAudioName } from '../../model/file-kinds.ts';
import { readEpisodeFile } from '../../model/front-matter/episode-file.ts';
import { withKeys } from '../../model/front-matter/front-matter.ts';
import { Refused } from '../../model/problem.ts';
import type { Show } from '../../model/show.ts';
import type { PublishingContext } from '../context.ts';
import type { Draft, DraftContent } from '../drafts/drafts.ts';
import { type OverlayArchive, overlayArchive } from '../dry-run/dry-run.ts';
import { currentShow, currentStation } from '../folders/folders.ts';
import type { Preview } from '../publishing.ts';
import {
  type DraftBase,
  planDraftWriting,
  readDraftBase,
  readyFiles,
  type WritingPlan,
} from '../writing/writing.ts';

/** In a preview every file counts as copied long ago: uploads are whole (ms). */
const LATER = 3_600_000;
const FACTS_KEPT = 500;
/** The title of a draft that has none. */
const NAMELESS = '…';

/** Facts about files, kept from one preview to the next; the key names the file's bytes. */
const learnt = new LRUCache<string, { fact: unknown }>({ max: FACTS_KEPT });

/**
 * Returns the episode that a draft would become, read from an overlay of its folder, without sounds that are
 * not ready. Nothing is written. Throws `Refused` where the draft cannot be an episode.
 */
export async function previewDraft(context: PublishingContext, draft: Draft): Promise<Preview> {
  const base = await readDraftBase(context, draft);
  const { plan, sources } = await imagined(context, draft, base);
  const station = await currentStation(context);
  const showKey = draft.content.show;
  const key = `${showKey === '' ? draft.id : showKey}/preview-${draft.id}`;
  const [showName = ''] = key.split('/');
  const text = withKeys(plan.final, { title: draft.content.title.trim() || NAMELESS });
  const archive = overlayArchive(context.archive, {
    bundles: [
      ...(showKey === '' ? [{ key: showName }] : []),
      {
        key,
        ...(base.isNew ? {} : { from: draft.episode }),
        without: plan.removes.concat(plan.removesLast),
        files: sources,
        texts: { 'episode.md': text },
      },
    ],
    only: [key],
  });
  const facts = fileFacts(archive, memoryOver(context.catalogue, archive), context.prober);
  const show = (await currentShow(context, showKey)) ?? (await emptyShow(context, archive, showName));
  const episodeContext = {
    show: { ...show, slug: showName },
    timezone: station.timezone,
    now: context.now() + LATER,
  };
  const bundle = await archive.bundle(key);
  if (bundle === undefined) throw new Refused('not-found');
  const hasSound = bundle.files.some(({ name }) => isAudioName(name));
  const reading = hasSound
    ? await readEpisode(archive, facts, bundle, episodeContext)
    : await assembleEpisode(archive, facts, bundle, episodeContext, silentParts(key, text));
  remember(reading, archive);
  if (reading.content !== undefined)
    return {
      episode: reading.content,
      show: episodeContext.show,
      pictures: picturesIn(reading),
      cues: reading.cues,
    };
  const fault = reading.faults.find(({ severity }) => severity === 'error');
  throw new Refused('value-wrong', {
    field: fault?.values.key ?? fault?.file ?? '',
    reason: fault?.values.expected ?? fault?.values.reason ?? fault?.code ?? '',
  });
}

/**
 * Returns the path of a file of the draft, by the name that it will have: in a ready upload, or in the
 * folder.
 */
export async function localFile(
  context: PublishingContext,
  draft: Draft,
  file: string,
): Promise<string | undefined> {
  const base = await readDraftBase(context, draft);
  const { sources } = await imagined(context, draft, base);
  const uploaded = Object.hasOwn(sources, file) ? sources[file] : undefined;
  if (uploaded !== undefined) return uploaded;
  if (draft.episode === undefined || !base.folder.files.includes(file)) return undefined;
  return context.archive.localPath(`${draft.episode}/${file}`);
}

/** Returns the plan for writing what is ready, with the present path of each new file. */
async function imagined(
  context: PublishingContext,
  draft: Draft,
  base: DraftBase,
): Promise<{ plan: WritingPlan; sources: Record<string, string> }> {
  const uploads = await readyFiles(context, draft.id);
  const content = withoutUnready(draft.content, base, (id) => uploads.has(id));
  const at = context.now();
  const plan = await planDraftWriting(context, base, { content, action: 'publish', uploads, at });
  const byId = new Map((await context.uploads.ofDraft(draft.id)).map((upload) => [upload.id, upload]));
  const sources: Record<string, string> = {};
  for (const put of plan.puts) {
    const id = put.as === 'cover' ? ('upload' in put.from ? put.from.upload : undefined) : put.upload;
    const upload = id === undefined ? undefined : byId.get(id);
    if (upload !== undefined) sources[put.file] = context.uploads.readyPath(upload);
  }
  return { plan, sources };
}

/** Until an upload is ready, the file that it replaces stays; a new file is left out. */
function withoutUnready(
  content: DraftContent,
  { before }: DraftBase,
  isReady: (upload: string) => boolean,
): DraftContent {
  const isThere = ({ file, guid }: { file: string; guid?: string | undefined }): boolean =>
    before.content.segments.some((one) => one.guid === guid) || before.files.includes(file);
  const ready = <T extends { file: string; upload?: string | undefined; guid?: string | undefined }>(
    all: T[],
  ): T[] =>
    all.flatMap((one) => {
      if (one.upload !== undefined && isReady(one.upload)) return [one];
      return isThere(one) ? [{ ...one, upload: undefined }] : [];
    });
  const { upload, ...cover } = content.cover;
  return {
    ...content,
    segments: ready(content.segments),
    files: ready(content.files),
    cover: upload === undefined || isReady(upload) ? content.cover : cover,
  };
}

/** An episode without sound cannot be published, but its author wants to see it. */
function silentParts(key: string, text: string): EpisodeParts {
  const { values, body, bodyLine } = readEpisodeFile(text, key);
  const notes = new ReadingNotes(key);
  return { values, article: parseArticle(body), bodyLine, heard: [], notes };
}

/** Facts about the folder's own files are kept under their own keys. */
function memoryOver(memory: CatalogueMemory, archive: OverlayArchive): CatalogueMemory {
  return {
    ...memory,
    async probe(fileKey, version) {
      const origin = archive.originOf(fileKey);
      const known = origin === undefined ? undefined : await memory.probe(origin, version);
      return known ?? learnt.get(`${origin ?? ''} ${version}`)?.fact;
    },
  };
}

function picturesIn({ pictures }: Reading<Episode>): Map<string, string> {
  const files = new Map<string, string>();
  for (const [id, origin] of pictures)
    if (origin.from === 'file') files.set(id, origin.fileKey.slice(origin.fileKey.lastIndexOf('/') + 1));
  return files;
}

function remember(reading: Reading<Episode>, archive: OverlayArchive): void {
  for (const { fileKey, version, fact } of reading.facts)
    learnt.set(`${archive.originOf(fileKey) ?? ''} ${version}`, { fact });
}

/** A draft without a show is previewed in a show without a name. */
async function emptyShow(context: PublishingContext, archive: OverlayArchive, slug: string): Promise<Show> {
  const station = await currentStation(context);
  const bundle = await archive.bundle(slug);
  const facts = fileFacts(archive, context.catalogue, context.prober);
  const reading = bundle && (await readShow(archive, facts, bundle, station));
  if (reading?.content === undefined) throw new Refused('show-missing');
  return { ...reading.content, title: station.title };
}
