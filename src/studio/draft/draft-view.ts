import { picturePath } from '../../model/addresses.ts';
import type { EpisodeStatus } from '../../model/episode.ts';
import { type Actor, mayPublishFor, mayWriteFor } from '../../model/permissions.ts';
import { instantOf } from '../../model/station-time.ts';
import {
  type Draft,
  type DraftContent,
  draftContent,
  type IntendedAction,
} from '../../publishing/drafts/drafts.ts';
import type { UploadState } from '../../publishing/uploads/uploads.ts';
import type { ClientTexts } from '../../texts/studio-texts.ts';
import type { Call } from '../route.ts';
import type { Studio } from '../studio.ts';
import { type DraftFields, draftFormFields, type WrongField } from './draft-form.ts';
import type { DraftState, UploadView } from './draft-state.ts';
import { withUploads } from './draft-uploads.ts';

/** A show that the actor may write for, with the defaults of its episodes. */
export type ShowChoice = {
  slug: string;
  title: string;
  mayPublish: boolean;
  licence: string;
  explicit: boolean;
  hosts: string[];
  /** The address of its cover. */
  cover: string;
};

/** What the page's script starts from. */
export type DraftPageData = {
  /** Undefined until it is first saved. */
  id?: string;
  content: DraftContent;
  shownDate: string;
  state: DraftState;
  shows: ShowChoice[];
  station: string;
  timezone: string;
  /** The folder's status, `none` before there is one. */
  status: EpisodeStatus | 'none';
  language: string;
  now: number;
  texts: ClientTexts;
};

/** A row of the files: a segment, a transcript, a picture of the article. */
export type FileRow = { file: string; upload: string; view?: UploadView };
export type SegmentRow = FileRow & { title: string; voice: DraftContent['segments'][number]['voice'] };

export type DraftView = {
  isNew: boolean;
  id: string;
  revision: number;
  /** The address to which the form is sent. */
  address: string;
  heading: string;
  fields: DraftFields;
  wrong: WrongField[];
  shows: ShowChoice[];
  chosen: ShowChoice | undefined;
  /** An episode with a folder changes its show by being moved. */
  showIsFixed: boolean;
  segments: SegmentRow[];
  files: FileRow[];
  unplaced: UploadView[];
  cover: DraftContent['cover'] & { address: string; crop: NonNullable<DraftContent['cover']['crop']> };
  hasCrop: boolean;
  state: DraftState;
  isReady: boolean;
  /** Of the page's main button. */
  main: { action: IntendedAction; words: string };
  others: { action: IntendedAction; words: string }[];
  timezone: string;
  data: string;
};

const UNDER_WAY: ReadonlySet<UploadState> = new Set(['arriving', 'waiting', 'working']);
const NO_CROP = { x: 0, y: 0, size: 1 };

/** The state of a draft that nobody has saved yet. */
export const unsavedState = (now: number): DraftState => ({
  revision: 0,
  updatedAt: now,
  updatedBy: '',
  byMe: true,
  isWriting: false,
  problem: '',
  folderChanged: false,
  uploads: [],
});

/** Returns a new draft's content, with the actor's show if there is only one. */
export function newContent(shows: readonly ShowChoice[], asked: string | undefined): DraftContent {
  const only = shows.length === 1 ? shows[0] : undefined;
  const show = shows.find(({ slug }) => slug === asked) ?? only;
  return draftContent.parse({ show: show?.slug ?? '' });
}

/** Returns the shows that an actor may write for, by name. */
export async function showsFor(studio: Studio, actor: Actor, now: number): Promise<ShowChoice[]> {
  const shows = await studio.catalogue.shows(now);
  return shows
    .filter(({ slug }) => mayWriteFor(actor, slug))
    .map(({ slug, title, licence, explicit, hosts, cover }) => ({
      ...{ slug, title, explicit, mayPublish: mayPublishFor(actor, slug) },
      ...{ licence: licence ?? '', hosts: hosts.map(({ name }) => name) },
      cover: picturePath(cover.id, '320.jpg'),
    }))
    .sort((one, other) => one.title.localeCompare(other.title));
}

/** Returns a date as `<input type="datetime-local">` has it, on the station's clock; '' for none. */
export function shownDateOf(date: string, timezone: string): string {
  const instant = date === '' ? undefined : instantOf(date, timezone);
  if (instant === undefined) return '';
  const local = Temporal.Instant.fromEpochMilliseconds(instant)
    .toZonedDateTimeISO(timezone)
    .toPlainDateTime();
  return local.toString({ smallestUnit: 'minute' });
}

type Parts = {
  /** Undefined: it is new. */
  draft: Draft | undefined;
  /** What the fields show. */
  content: DraftContent;
  state: DraftState;
  shows: ShowChoice[];
  wrong?: WrongField[];
};

/** Returns everything that the page of a draft shows. */
export async function draftView(studio: Studio, call: Call, parts: Parts): Promise<DraftView> {
  const { draft, state, shows } = parts;
  const { texts } = call;
  const station = await studio.catalogue.station();
  const timezone = station?.timezone ?? 'Europe/Rome';
  const content = withUploads(parts.content, state.uploads);
  const base = { content, shownDate: shownDateOf(content.date, timezone) };
  const status = await statusOf(studio, draft);
  const chosen = shows.find(({ slug }) => slug === content.show);
  const row = ({ file, upload = '' }: { file: string; upload?: string }): FileRow => {
    const view = state.uploads.find(({ id }) => id === upload);
    return { file, upload, ...(view === undefined ? {} : { view }) };
  };
  const named = new Set([...content.segments, ...content.files, content.cover].map(({ upload }) => upload));
  const isReady = !state.uploads.some((upload) => UNDER_WAY.has(upload.state));
  const id = draft?.id ?? '';
  const data: DraftPageData = {
    ...(draft === undefined ? {} : { id }),
    ...{ content, shownDate: base.shownDate, state, shows, timezone, status },
    ...{ station: station?.title ?? '', language: call.language, now: call.now, texts: texts.draft.client },
  };
  return {
    isNew: draft === undefined,
    ...{ id, revision: state.revision, shows, chosen, state, isReady, timezone },
    address: draft === undefined ? '/studio/new' : `/studio/drafts/${id}`,
    heading: draft?.episode === undefined ? texts.draft.newTitle : texts.draft.editTitle,
    fields: draftFormFields(base),
    wrong: parts.wrong ?? [],
    showIsFixed: draft?.base !== undefined,
    segments: content.segments.map((segment) => ({
      ...row(segment),
      title: segment.title,
      voice: segment.voice,
    })),
    files: content.files.map(row),
    unplaced: state.uploads.filter((upload) => !named.has(upload.id)),
    cover: { ...content.cover, crop: content.cover.crop ?? NO_CROP, address: coverAddress(id, content) },
    hasCrop: content.cover.crop !== undefined,
    ...actionsFor({
      call,
      content,
      status,
      isReady,
      mayPublish: chosen?.mayPublish ?? mayPublishAny(shows),
      timezone,
    }),
    data: JSON.stringify(data).replaceAll('<', '\\u003c'),
  };
}

const mayPublishAny = (shows: readonly ShowChoice[]): boolean => shows.some(({ mayPublish }) => mayPublish);

async function statusOf(studio: Studio, draft: Draft | undefined): Promise<EpisodeStatus | 'none'> {
  if (draft?.episode === undefined) return 'none';
  const [show = '', slug = ''] = draft.episode.split('/');
  return (await studio.catalogue.episodeOfAnyStatus(show, slug))?.status ?? 'none';
}

/** Returns the address of a file of a draft: by its name, or by its upload. */
export const fileAddress = (draft: string, file: string): string =>
  `/studio/drafts/${draft}/files/${encodeURIComponent(file)}`;
export const uploadAddress = (draft: string, upload: string): string =>
  `/studio/drafts/${draft}/uploads/${upload}`;

function coverAddress(id: string, { cover }: DraftContent): string {
  if (cover.upload !== undefined) return uploadAddress(id, cover.upload);
  return cover.file === undefined ? '' : fileAddress(id, cover.file);
}

type Acting = {
  call: Call;
  content: DraftContent;
  status: EpisodeStatus | 'none';
  isReady: boolean;
  mayPublish: boolean;
  timezone: string;
};

/** Returns the main button with what it will do, and the other actions. */
function actionsFor({
  call,
  content,
  status,
  isReady,
  mayPublish,
  timezone,
}: Acting): Pick<DraftView, 'main' | 'others'> {
  const words = call.texts.draft;
  const { main } = words.client;
  const instant = instantOf(content.date, timezone) ?? 0;
  const save = {
    action: 'save',
    words: status === 'published' ? words.saveChanges : words.saveFolder,
  } as const;
  const handIn = { action: 'review', words: words.handIn } as const;
  if (!mayPublish)
    return {
      main: { action: 'review', words: isReady ? main.review : main.reviewWhenReady },
      others: [save],
    };
  if (status === 'published')
    return {
      main: { action: 'publish', words: isReady ? main.publishChanges : main.publishChangesWhenReady },
      others: [],
    };
  const date = new Intl.DateTimeFormat(call.language === 'en' ? 'en-GB' : call.language, {
    ...{ timeZone: timezone, day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' },
  }).format(instant);
  const publish = isReady ? main.publish : main.publishWhenReady;
  return {
    main: { action: 'publish', words: instant > call.now ? main.schedule.replace('{date}', date) : publish },
    others: [handIn, save],
  };
}
