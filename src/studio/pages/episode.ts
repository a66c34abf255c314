import { isDeepStrictEqual } from 'node:util';
import { episodePath, feedPath, HOME_PATH, showPath } from '../../model/addresses.ts';
import type { Episode } from '../../model/episode.ts';
import { mayPublishFor, mayWriteFor } from '../../model/permissions.ts';
import { Refused } from '../../model/problem.ts';
import { isPublic } from '../../model/scheduling.ts';
import { faultSentence } from '../../texts/faults.ts';
import { episodeIn, indexedEpisode } from '../indexed.ts';
import { requiredActor } from '../request/call.ts';
import type { Call, Reply, Route } from '../route.ts';
import type { Studio } from '../studio.ts';
import { jobOutcome } from './job-outcome.ts';

const BASE = '/studio/episodes/:show/:episode';

/** Returns the episode's key in an address. Throws `Refused` unless the actor may do this for its show. */
function keyIn(call: Call, may = mayWriteFor): string {
  if (!may(requiredActor(call), call.part('show'))) throw new Refused('not-allowed');
  return `${call.part('show')}/${call.part('episode')}`;
}

const pageOf = (call: Call): string =>
  `/studio/episodes/${encodeURIComponent(call.part('show'))}/${encodeURIComponent(call.part('episode'))}`;

async function page(studio: Studio, call: Call): Promise<Reply> {
  const actor = requiredActor(call);
  const key = keyIn(call);
  const [episode, faults, shows] = await Promise.all([
    studio.catalogue.episodeOfAnyStatus(call.part('show'), call.part('episode')),
    studio.catalogue.faults(key),
    studio.catalogue.shows(call.now),
  ]);
  if (episode === undefined && faults.length === 0) throw new Refused('not-found');
  const mayPublish = mayPublishFor(actor, call.part('show'));
  // The page of a withdrawn episode shows only that it was withdrawn.
  const isThere = episode !== undefined && episode.status !== 'withdrawn';
  return {
    kind: 'page',
    view: 'episode',
    title: episode?.title ?? call.part('episode'),
    section: sectionOf(episode, call.now),
    values: {
      episode,
      key,
      base: pageOf(call),
      address: episode && episodePath(episode.show, episode.slug),
      isPublic: episode !== undefined && isPublic(episode, call.now),
      state: episode === undefined ? undefined : stateOf(episode, call.now),
      faults: faults.map((fault) => ({ ...fault, sentence: faultSentence(fault, call.language) })),
      versions: isThere ? await studio.publishing.episodes.versions(actor, key) : [],
      apps: isThere ? await appsThatSaw(studio, episode, call.now) : [],
      shows: shows.filter(({ slug }) => slug !== call.part('show') && mayPublishFor(actor, slug)),
      mayPublish,
    },
  };
}

/**
 * Returns the apps that can know of the episode. One that is dated in the past went out when it was
 * published, not at its date; the journal has that time.
 */
async function appsThatSaw(studio: Studio, episode: Episode, now: number) {
  const entry = await studio.records.db
    .selectFrom('journal')
    .select(({ fn }) => fn.min('at').as('at'))
    .where('subject', '=', `${episode.show}/${episode.slug}`)
    .where('action', 'in', ['episode-published', 'status-changed'])
    .executeTakeFirst();
  const publishedAt = Math.max(episode.publishedAt, entry?.at ?? 0);
  return studio.crawlers.appReadings({ publishedAt }, feedsOf(episode), now);
}

const feedsOf = ({ show }: Episode): string[] =>
  [HOME_PATH, showPath(show)].flatMap((path) => [feedPath(path), feedPath(path, 'feed.json')]);

const stateOf = (episode: Episode, now: number) =>
  episode.status === 'published' && episode.publishedAt > now ? 'scheduled' : episode.status;

function sectionOf(episode: Episode | undefined, now: number) {
  if (episode === undefined) return 'journal';
  const state = stateOf(episode, now);
  return state === 'draft' ? 'drafts' : state;
}

async function setStatus(studio: Studio, call: Call): Promise<Reply> {
  const key = keyIn(call);
  const wanted = (await call.form()).text('status');
  if (wanted !== 'published' && wanted !== 'draft' && wanted !== 'review')
    throw new Refused('value-wrong', { field: 'status', reason: wanted });
  await studio.publishing.episodes.setStatus(requiredActor(call), key, wanted);
  await indexedEpisode(studio, key, (episode) => episode?.status === wanted);
  return { kind: 'redirect', to: pageOf(call), notice: call.texts.administration.done[wanted] };
}

async function confirmWithdrawal(studio: Studio, call: Call): Promise<Reply> {
  keyIn(call, mayPublishFor);
  const episode = await studio.catalogue.episodeOfAnyStatus(call.part('show'), call.part('episode'));
  if (episode === undefined) throw new Refused('not-found');
  const title = call.texts.administration.withdrawTitle;
  return { kind: 'page', view: 'withdraw', title, values: { episode, base: pageOf(call) } };
}

async function withdraw(studio: Studio, call: Call): Promise<Reply> {
  const key = keyIn(call, mayPublishFor);
  const job = await studio.publishing.episodes.withdraw(requiredActor(call), key);
  return jobOutcome(studio, call, job, {
    to: '/studio/withdrawn',
    notice: call.texts.administration.done.withdrawn,
    seen: () => indexedEpisode(studio, key, (episode) => episode?.status === 'withdrawn'),
  });
}

async function bin(studio: Studio, call: Call): Promise<Reply> {
  const job = await studio.publishing.episodes.bin(requiredActor(call), keyIn(call, mayPublishFor));
  return jobOutcome(studio, call, job, { to: '/studio/bin', notice: call.texts.administration.done.binned });
}

async function move(studio: Studio, call: Call): Promise<Reply> {
  const key = keyIn(call, mayPublishFor);
  const show = (await call.form()).text('show');
  const job = await studio.publishing.episodes.move(requiredActor(call), key, show);
  return jobOutcome(studio, call, job, {
    to: '/studio/published',
    notice: call.texts.administration.done.moved,
    seen: (result) => indexedEpisode(studio, episodeIn(result) ?? key),
  });
}

function versionIn(call: Call): number {
  const id = Number(call.part('version'));
  if (!Number.isSafeInteger(id)) throw new Refused('not-found');
  return id;
}

async function version(studio: Studio, call: Call): Promise<Reply> {
  const actor = requiredActor(call);
  const key = keyIn(call);
  const id = versionIn(call);
  const found = (await studio.publishing.episodes.versions(actor, key)).find((one) => one.id === id);
  if (found === undefined) throw new Refused('not-found');
  const parts = await studio.publishing.episodes.difference(actor, key, id);
  return {
    kind: 'page',
    view: 'version',
    title: call.texts.administration.versionsTitle,
    values: { version: found, parts, base: pageOf(call), isSame: parts.every((part) => part.in === 'both') },
  };
}

async function restoreVersion(studio: Studio, call: Call): Promise<Reply> {
  const key = keyIn(call);
  const before = await studio.catalogue.episodeOfAnyStatus(call.part('show'), call.part('episode'));
  await studio.publishing.episodes.restoreVersion(requiredActor(call), key, versionIn(call));
  await indexedEpisode(studio, key, (episode) => !isDeepStrictEqual(episode, before));
  return { kind: 'redirect', to: pageOf(call), notice: call.texts.administration.done.version };
}

const route = (
  method: Route['method'],
  path: string,
  who: Route['who'],
  about: string,
  handle: Route['handle'],
): Route => ({ method, path: BASE + path, who, about, handle });

export const episodeRoutes: Route[] = [
  route('GET', '', 'own', 'an episode: its state, versions, apps', page),
  route('POST', '/status', 'own', 'publish, hold back, hand in', setStatus),
  route('GET', '/withdraw', 'publishers', 'asks whether to withdraw', confirmWithdrawal),
  route('POST', '/withdraw', 'publishers', 'withdraw everywhere', withdraw),
  route('POST', '/bin', 'publishers', 'put in the bin', bin),
  route('POST', '/move', 'publishers', 'move to another show', move),
  route('GET', '/versions/:version', 'own', 'how a version differs', version),
  route('POST', '/versions/:version/restore', 'own', 'go back to a version', restoreVersion),
];
