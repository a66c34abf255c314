import { z } from 'zod';
import type { Actor } from '../../model/permissions.ts';
import type { Problem } from '../../model/problem.ts';

/**
 * A text of one line, without control characters and without marks that change the direction of writing (UAX
 * #9).
 */
const text = z
  .string()
  .overwrite((value) => value.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').replace(/[\u202A-\u202E]/g, ''));
const line = text.max(1_000);
const lines = z.array(text.min(1).max(200)).max(100);
const person = z.object({
  name: text.min(1).max(200),
  role: text.max(100).optional(),
  url: z.string().max(2_000).optional(),
  img: z.string().max(2_000).optional(),
});
const uploadId = z.string().regex(/^[0-9a-f-]{36}$/);
/** A name in the episode's folder. */
const file = z
  .string()
  .min(1)
  .max(200)
  .refine((name) => !/[/\\\p{Cc}]/u.test(name) && !name.startsWith('.'), 'a-file-name');

/** The content of a draft. An empty string means that nothing was written. */
export const draftContent = z.object({
  show: z.string().max(200).default(''),
  title: line.default(''),
  summary: z.string().max(10_000).default(''),
  byline: line.default(''),
  people: z.array(person).max(50).default([]),
  categories: lines.default([]),
  tags: lines.default([]),
  /** `''`: the moment of publication. Otherwise ISO 8601, in the station's time if it has no offset. */
  date: z.string().max(40).default(''),
  source: z.string().max(2_000).default(''),
  licence: line.default(''),
  /** `''`: the show's value. */
  explicit: z.enum(['', 'yes', 'no']).default(''),
  season: z.number().int().positive().max(10_000).optional(),
  number: z.number().int().positive().max(1_000_000).optional(),
  type: z.enum(['full', 'trailer', 'bonus']).default('full'),
  /** The article in Markdown. */
  body: z.string().max(2_000_000).default(''),
  /**
   * In playing order. `upload`: the upload that the sound comes from; absent when it is in the folder
   * already.
   */
  segments: z
    .array(
      z.object({
        file,
        upload: uploadId.optional(),
        title: line.default(''),
        guid: z.string().max(500).optional(),
        people: z.array(person).max(50).optional(),
        /** How it is encoded; `auto`: mono where both channels are the same. */
        voice: z.enum(['auto', 'mono', 'stereo']).default('auto'),
      }),
    )
    .max(100)
    .default([]),
  /** Transcripts, chapter files and pictures of the article. */
  files: z
    .array(z.object({ file, upload: uploadId.optional() }))
    .max(200)
    .default([]),
  cover: z
    .object({
      file: file.optional(),
      upload: uploadId.optional(),
      alt: line.default(''),
      /** A square in fractions of the picture: of its width (`x`, `size`) and height (`y`). */
      crop: z
        .object({
          x: z.number().min(0).max(1),
          y: z.number().min(0).max(1),
          size: z.number().min(0.05).max(1),
        })
        .optional(),
    })
    .default({ alt: '' }),
});
export type DraftContent = z.output<typeof draftContent>;

/**
 * The action that was asked for. It is carried out as soon as every upload is ready. `save`: the status
 * stays.
 */
export type IntendedAction = 'publish' | 'review' | 'save';
export type Intent = {
  action: IntendedAction;
  byId: string;
  byName: string;
  via: Actor['via'];
  at: number;
  /** Whether the person may change public episodes: this one may be public by the time it is written. */
  mayPublish: boolean;
  /** Handed in for an episode that is public already: nothing is written until an editor publishes it. */
  waitsForEditor?: boolean;
};

/**
 * The working copy of an episode: saved every few seconds, never seen by the public. Its folder is written
 * when it is published, handed in for review, or saved as a folder. Then the draft is deleted, and the next
 * edit begins a new one.
 */
export type Draft = {
  id: string;
  /** Counts the saves. A save made from an older revision is a conflict. */
  revision: number;
  content: DraftContent;
  /** The folder's key, once there is one. */
  episode?: string;
  /** SHA-256 (hex) of the episode.md that it began from or that was last written from it. */
  base?: string;
  ownerId: string;
  ownerName: string;
  createdAt: number;
  updatedAt: number;
  updatedBy: string;
  updatedByName: string;
  intent?: Intent;
  problem?: Problem;
};

/** What lists show of a draft. */
export type DraftCard = Pick<
  Draft,
  'id' | 'episode' | 'ownerId' | 'ownerName' | 'updatedAt' | 'updatedByName' | 'intent' | 'problem'
> & { show: string; title: string };
