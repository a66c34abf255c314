import type { Account } from '../accounts/accounts.ts';
import type { Actor } from '../model/permissions.ts';
import { mayManage } from '../model/permissions.ts';
import { type Dates, datesIn } from '../site/view-models/dates.ts';
import { durationText, momentText, sizeText } from '../site/view-models/durations.ts';
import { listText } from '../site/view-models/formats.ts';
import type { Call } from './route.ts';
import type { Section } from './section.ts';
import type { Studio } from './studio.ts';

/** An entry of the navigation. `count`: how many wait behind it. */
export type NavigationEntry = { section: Section; address: string; count?: number };

/**
 * What every view can use: the sentences, the station, the person, and how dates, lengths and sizes are
 * written.
 */
export type StudioViewHelpers = {
  t: Call['texts'];
  lang: Call['language'];
  station: { title: string; timezone: string };
  me: Account | undefined;
  actor: Actor | undefined;
  date: Dates;
  duration(seconds: number): string;
  moment(seconds: number): string;
  size(bytes: number): string;
  list(names: string[]): string;
  /** `3 minuti fa`, `fra 2 giorni`. */
  ago(instant: number): string;
  path: string;
  now: number;
};

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 365 * 86_400],
  ['month', 30 * 86_400],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** Returns how far an instant is from now, in the language's words. */
export function relativeTime(instant: number, now: number, language: string): string {
  const seconds = Math.round((instant - now) / 1000);
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const [unit, length] = STEPS.find(([, length]) => Math.abs(seconds) >= length) ?? ['second', 1];
  return format.format(Math.round(seconds / length), unit);
}

/** Returns the helpers that every view of the studio can use. */
export async function studioViewHelpers(studio: Studio, call: Call): Promise<StudioViewHelpers> {
  const station = await studio.catalogue.station();
  const timezone = station?.timezone ?? 'Europe/Rome';
  return {
    t: call.texts,
    lang: call.language,
    station: { title: station?.title ?? 'Riascolta', timezone },
    me: call.account,
    actor: call.actor,
    date: datesIn(call.language, timezone),
    duration: durationText,
    moment: momentText,
    size: (bytes) => sizeText(bytes, call.language),
    list: (names) => listText(names, call.language),
    ago: (instant) => relativeTime(instant, call.now, call.language),
    path: call.path,
    now: call.now,
  };
}

/** Returns the navigation for an actor, with what is waiting for them. */
export async function navigationFor(studio: Studio, actor: Actor, now: number): Promise<NavigationEntry[]> {
  const shows = actor.role === 'contributor' ? { shows: actor.shows } : {};
  const [drafts, counts] = await Promise.all([
    studio.publishing.drafts.list(actor, { limit: 200 }),
    studio.catalogue.staffCounts(shows, now),
  ]);
  const entries: NavigationEntry[] = [
    { section: 'new', address: '/studio/new' },
    { section: 'drafts', address: '/studio', count: drafts.length + counts.draft },
    { section: 'review', address: '/studio/review', count: counts.review },
    { section: 'scheduled', address: '/studio/scheduled', count: counts.scheduled },
    { section: 'published', address: '/studio/published' },
    { section: 'withdrawn', address: '/studio/withdrawn' },
    { section: 'bin', address: '/studio/bin' },
  ];
  if (actor.role !== 'contributor')
    entries.push(
      { section: 'journal', address: '/studio/journal' },
      { section: 'disk', address: '/studio/disk' },
    );
  if (mayManage(actor))
    entries.push(
      { section: 'shows', address: '/studio/shows' },
      { section: 'people', address: '/studio/people' },
    );
  return entries;
}
