import type { Selectable } from 'kysely';
import { z } from 'zod';
import { parseProblem } from '../../model/problem.ts';
import type { RecordsTables } from '../../records/tables.ts';
import type { Upload, UploadFacts } from './upload.ts';

export type UploadRow = Selectable<RecordsTables['uploads']>;

const text = z.string().optional();
const facts: z.ZodType<UploadFacts> = z.object({
  file: z.string(),
  sound: z
    .object({
      seconds: z.number(),
      bytes: z.number(),
      loudness: z.number().nullable(),
      truePeak: z.number().nullable(),
      channels: z.union([z.literal(1), z.literal(2)]),
      bitrate: z.number(),
      untouched: z.boolean(),
      loudnessBefore: z.number().nullable(),
      tags: z.object({ title: text, artist: text, album: text, comment: text, date: text }),
      chapters: z.array(z.object({ start: z.number(), title: z.string() })),
    })
    .optional(),
  picture: z.object({ width: z.number(), height: z.number() }).optional(),
});

/** Returns the facts of an upload from its row. */
export const parseFacts = ({ facts_json }: Pick<UploadRow, 'facts_json'>): UploadFacts | undefined =>
  facts_json === null ? undefined : facts.parse(JSON.parse(facts_json));

/** Returns the upload of a row. `received`: how many bytes its file has now, while it arrives. */
export function uploadFromRow(row: UploadRow, received: number = row.received): Upload {
  const [found, problem] = [parseFacts(row), parseProblem(row.problem_json)];
  return {
    id: row.id,
    draft: row.draft_id,
    ownerId: row.owner_id,
    name: row.name,
    bytes: row.bytes,
    received,
    kind: row.kind,
    state: row.state,
    ...(found && { facts: found }),
    ...(problem && { problem }),
    createdAt: row.created_at,
    ...(row.finished_at !== null && { finishedAt: row.finished_at }),
  };
}
