import { z } from 'zod';

/** The schemas of what programs send and get; the OpenAPI document is made from them. */

export const person = z.object({
  name: z.string().min(1).max(200),
  role: z.string().max(100).optional().describe('free, or of the Podcasting 2.0 taxonomy: host, guest, …'),
  url: z.url().max(2_000).optional(),
});

/** The fields of an episode, all optional in a change. Unknown fields are refused. */
export const episodeFields = z.strictObject({
  show: z.string().max(200).describe('the show’s slug'),
  title: z.string().max(1_000),
  date: z
    .string()
    .max(40)
    .describe(
      'ISO 8601; without an offset in the station’s time; in the future: scheduled; empty: when it is published',
    ),
  summary: z.string().max(10_000),
  byline: z.string().max(1_000),
  people: z.array(person).max(50),
  categories: z.array(z.string().min(1).max(200)).max(100),
  tags: z.array(z.string().min(1).max(200)).max(100),
  source: z.string().max(2_000),
  licence: z.string().max(1_000),
  explicit: z.boolean(),
  season: z.number().int().positive().max(10_000),
  number: z.number().int().positive().max(1_000_000),
  type: z.enum(['full', 'trailer', 'bonus']),
  body: z.string().max(2_000_000).describe('the article in Markdown'),
  coverAlt: z.string().max(1_000),
});

export const action = z
  .enum(['draft', 'review', 'publish'])
  .describe('what is to happen as soon as the sound is ready; `draft`: nothing');

export const newEpisode = episodeFields.partial().extend({
  show: episodeFields.shape.show,
  title: episodeFields.shape.title,
  action: action.default('draft'),
});

export const changedEpisode = episodeFields
  .omit({ show: true })
  .partial()
  .extend({ action: z.enum(['draft', 'review', 'publish', 'save']).default('save') });

export const submission = z.strictObject({ action: z.enum(['review', 'publish', 'save']) });
export const newStatus = z.strictObject({ status: z.enum(['published', 'draft', 'review']) });

export const problem = z.object({
  problem: z.object({
    code: z.string(),
    values: z.record(z.string(), z.string()),
    sentence: z.string().describe('for people, in the language of Accept-Language'),
  }),
});

export const upload = z.object({
  id: z.string(),
  name: z.string(),
  bytes: z.number(),
  received: z.number(),
  state: z.enum(['arriving', 'waiting', 'working', 'ready', 'refused', 'cancelled']),
  stage: z.string().optional(),
  progress: z.number().optional(),
  secondsLeft: z.number().optional(),
  loudness: z.number().nullable().optional().describe('LUFS, of what will be published'),
  seconds: z.number().optional(),
  sentence: z.string().optional().describe('why it was refused'),
});

export const draftState = z.object({
  id: z.string(),
  state: z
    .enum(['draft', 'waiting', 'review', 'stopped', 'done'])
    .describe('`review`: what is out stays as it is until an editor publishes the change'),
  show: z.string().optional(),
  title: z.string().optional(),
  revision: z.number().optional(),
  uploads: z.array(upload),
  episode: z.string().optional().describe('the folder, once it is written: show/episode'),
  address: z.string().optional().describe('the page, once it is written'),
  sentence: z.string().optional().describe('why it does not go on'),
});

export const episodeState = z.object({
  key: z.string(),
  show: z.string(),
  slug: z.string(),
  title: z.string(),
  status: z.string(),
  date: z.string(),
  address: z.string(),
  seconds: z.number(),
});

export const episodeList = z.object({
  episodes: z.array(episodeState),
  next: z.string().optional().describe('pass it as `before` for the next page'),
});

export const showList = z.object({
  shows: z.array(z.object({ slug: z.string(), title: z.string(), feed: z.string(), episodes: z.number() })),
});
