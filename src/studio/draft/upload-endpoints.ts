import { z } from 'zod';
import { Refused } from '../../model/problem.ts';
import { requiredActor } from '../request/call.ts';
import type { Call, Reply } from '../route.ts';
import type { Studio } from '../studio.ts';

const voice = z.object({ voice: z.enum(['auto', 'mono', 'stereo']) });

/** Resumable uploads (tus.io 1.0). */
export async function tus(studio: Studio, call: Call): Promise<Reply> {
  const { problems } = call.texts;
  await studio.uploads.tus(call.req, call.res, requiredActor(call), ({ code, values }) =>
    problems[code](values),
  );
  return { kind: 'done' };
}

export async function cancelUpload(studio: Studio, call: Call): Promise<Reply> {
  await studio.uploads.cancel(requiredActor(call), call.part('id'));
  return { kind: 'json', value: {} };
}

export async function encodeAgain(studio: Studio, call: Call): Promise<Reply> {
  const upload = await studio.uploads.get(call.part('id'));
  if (upload === undefined) throw new Refused('not-found');
  await studio.publishing.drafts.get(requiredActor(call), upload.draft);
  const wanted = await call.json(voice);
  await studio.uploads.again(requiredActor(call), upload.id, wanted.voice);
  return { kind: 'json', value: {} };
}
