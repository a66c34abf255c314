import type { Episode, EpisodeCard, EpisodeStatus } from '../model/episode.ts';
import type { Fault } from '../model/fault.ts';
import type { Segment } from '../model/segment.ts';
import type { Show } from '../model/show.ts';
import type { Station } from '../model/station.ts';
import type { Cue } from '../model/transcript.ts';

/** Which public episodes; every part narrows. Tags, categories and people by their slug. */
export type EpisodeFilter = {
  show?: string;
  tag?: string;
  category?: string;
  year?: number;
  /** From 1; only together with `year`. */
  month?: number;
  person?: string;
};

/** What a search may be narrowed to; every part narrows. Tags and people by their slug. */
export type SearchFilter = Pick<EpisodeFilter, 'show' | 'year' | 'tag' | 'person'>;

/** A position in a list ordered newest first; opaque, safe in an address. */
export type Cursor = string;

export type Page<T> = { items: T[]; next?: Cursor };

export type ShowSummary = Show & { episodeCount: number; latestAt?: number };

export type Counted = { name: string; slug: string; count: number };

/** A segment with the episode that it belongs to: one item of a feed. */
export type FeedEntry = { episode: Episode; segment: Segment; position: number };

export type SearchHit = {
  card: EpisodeCard;
  /** Plain text around the best matches, cut into runs, of which some are to be marked. */
  snippet: { text: string; match: boolean }[];
  title: { text: string; match: boolean }[];
  /** Where in the sound the snippet is heard, when it comes from a chapter's title or from a transcript. */
  moment?: { from: 'chapter' | 'transcript'; segment: number; start: number; speaker?: string };
};

/** A suggestion for a text that is still being typed. `slug` where `kind` is an episode: `show/episode`. */
export type Suggestion = { kind: 'show' | 'person' | 'tag' | 'episode'; name: string; slug: string };

export type SearchPage = { hits: SearchHit[]; total: number; page: number; pages: number };

/** The status that staff see: `scheduled` is published in the future, `published` is public now. */
export type StaffStatus = EpisodeStatus | 'scheduled';

/** Which episodes staff look for. `shows`: only what is in one of these; `text`: in their titles, names, tags or articles. */
export type StaffFilter = { shows?: readonly string[]; show?: string; status?: StaffStatus; text?: string };

/** What staff's lists show of an episode. `key`: its folder's. */
export type StaffCard = EpisodeCard & { key: string; status: StaffStatus };

/** Where a picture comes from, so that its sizes can be made when they are first asked for. */
export type PictureOrigin =
  | { from: 'file'; fileKey: string }
  | { from: 'audio'; fileKey: string }
  | { from: 'drawing'; title: string; subtitle: string; colour: string; seed: string };

/**
 * What the site and the feeds ask. All of it sees only what is public at `now` (milliseconds since 1970),
 * unless its name says otherwise.
 */
export interface CatalogueQueries {
  /**
   * A token that differs whenever any answer may differ: another process wrote, or a scheduled episode's second came.
   * Cheap enough to be asked at every request.
   */
  state(now: number): string;
  /**
   * `undefined` until the first index has read station.md (or found that there is none), and after a new version has
   * emptied the tables, until all folders have been read again.
   */
  station(): Promise<Station | undefined>;
  shows(now: number): Promise<ShowSummary[]>;
  show(slug: string): Promise<Show | undefined>;
  /** Public or not: the caller decides by `isPublic` (a withdrawn episode answers 410). */
  episodeOfAnyStatus(show: string, slug: string): Promise<Episode | undefined>;
  cards(
    filter: EpisodeFilter,
    page: { before?: Cursor; limit: number },
    now: number,
  ): Promise<Page<EpisodeCard>>;
  countEpisodes(filter: EpisodeFilter, now: number): Promise<number>;
  /** Newest first; segments of one episode in their order. `from` and `limit` count segments. */
  feedEntries(filter: EpisodeFilter, page: { limit: number }, now: number): Promise<FeedEntry[]>;
  /** Page `number` (from 1, the oldest) of an RFC 5005 archive with `size` items each, newest first within it. */
  feedArchivePage(
    filter: EpisodeFilter,
    page: { number: number; size: number },
    now: number,
  ): Promise<{ entries: FeedEntry[]; pages: number }>;
  /** How many items a complete feed would have. */
  countFeedEntries(filter: EpisodeFilter, now: number): Promise<number>;
  /** A text without a word finds, where there is a filter, all that passes it, the newest first; else nothing. */
  search(text: string, page: SearchFilter & { page: number; size: number }, now: number): Promise<SearchPage>;
  /**
   * At most `limit`, kind by kind, the likeliest of each first; none for a text without a word. With `kind` only those.
   */
  suggestions(
    text: string,
    asked: { limit: number; kind?: Suggestion['kind'] | undefined },
    now: number,
  ): Promise<Suggestion[]>;
  /** The closest first: shared tags and people, and likeness of text. */
  related(episode: Episode, limit: number, now: number): Promise<EpisodeCard[]>;
  /** What is said in a segment (`position` from 0), in order; none without a transcript. Public or not: the caller decides. */
  cues(show: string, slug: string, position: number): Promise<Cue[]>;
  /** Everybody heard in public episodes (hosts and guests), with how many those are. */
  people(now: number): Promise<Counted[]>;
  /** One of them by the slug; `undefined` for whoever is heard in no public episode. */
  person(slug: string, now: number): Promise<Counted | undefined>;
  /** Months (from 1) of a year with public episodes, newest first, in the station's time zone. */
  months(year: number, now: number): Promise<{ month: number; count: number }[]>;
  tags(now: number): Promise<Counted[]>;
  categories(now: number): Promise<Counted[]>;
  /** Years with public episodes, newest first, in the station's time zone. */
  years(now: number): Promise<{ year: number; count: number }[]>;
  /** What the address `/shows/:show/:episode/:name` stands for, by the file's plain name (without fingerprint). */
  segmentFile(
    show: string,
    episode: string,
    file: string,
  ): Promise<{ episode: Episode; segment: Segment } | undefined>;
  picture(id: string): Promise<{ origin: PictureOrigin } | undefined>;
  /** Returns where an old path redirects: by `redirectFrom`, or remembered from a rename. `now`: this moment by default. */
  redirectFor(path: string, now?: number): Promise<string | undefined>;
  /** Of every folder, or of the one with this key. */
  faults(key?: string): Promise<Fault[]>;
  /** Episodes of every status, newest first: for staff only. A text that holds no word finds nothing. */
  staffCards(
    filter: StaffFilter,
    page: { before?: Cursor; limit: number },
    now: number,
  ): Promise<Page<StaffCard>>;
  /** How many episodes (of these shows) have which status. */
  staffCounts(filter: { shows?: readonly string[] }, now: number): Promise<Record<StaffStatus, number>>;
  /** Returns all public episodes, in no order. */
  publicEpisodes(now: number): Promise<Pick<Episode, 'guid' | 'publishedAt'>[]>;
}

/** An episode as the index keeps it. */
export type IndexedEpisode = {
  episode: Episode;
  /** In the station's time zone, for the archive by year and month (from 1). */
  year: number;
  month: number;
  /** What is said in each segment that has a transcript, by the segment's position. */
  cues?: ReadonlyMap<number, readonly Cue[]>;
};

/** What the indexer writes, within one transaction. */
export interface CatalogueWriter {
  putStation(station: Station): Promise<void>;
  putShow(show: Show): Promise<void>;
  putEpisode(entry: IndexedEpisode): Promise<void>;
  /** Takes the bundle's content out of the index (not its folder record). */
  removeContent(key: string): Promise<void>;
  /** Records a bundle's signature and faults; `removeFolder` forgets them with the content. */
  putFolder(key: string, signature: string, faults: Fault[]): Promise<void>;
  removeFolder(key: string): Promise<void>;
  /** Records that every folder has been read: from now on the content is shown. */
  putWhole(): Promise<void>;
  putPicture(id: string, origin: PictureOrigin): Promise<void>;
  /** Facts about a file, kept under its version, so that it is not read again. */
  putProbe(fileKey: string, version: string, probe: unknown): Promise<void>;
}

/** What the indexer asks of what it wrote before. */
export interface CatalogueMemory {
  /**
   * The keys one level below a bundle, each with the signature under which it was read: a show's episodes; for the
   * station (``) the shows and itself.
   */
  signaturesBelow(key: string): Promise<Map<string, string>>;
  signaturesOf(keys: string[]): Promise<Map<string, string>>;
  probe(fileKey: string, version: string): Promise<unknown>;
  /** The bundle key under which this guid is indexed now, as an episode's or a segment's. */
  keyOfGuid(guid: string): Promise<string | undefined>;
  /** The path under which this guid was first published, as far as anybody remembers. */
  firstAddressOf(guid: string): Promise<string | undefined>;
  /** Bundle keys below a show (episodes). */
  keysBelow(showKey: string): Promise<string[]>;
  /** Returns the generation in use. When it changes, `reindex` has replaced the catalogue, and what it missed must be scanned. */
  generation(): string;
}

export interface Catalogue extends CatalogueQueries, CatalogueMemory {
  /**
   * Runs `work` in one transaction; afterwards, when it changed anything that a query shows, every process's `state`
   * differs. While it runs, the questions of `CatalogueMemory` see what it wrote so far, those of `CatalogueQueries` do
   * not. Throws what `work` throws, with nothing written, and `CatalogueBusy` when another process keeps the lock.
   */
  write<T>(work: (writer: CatalogueWriter) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
