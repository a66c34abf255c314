import { requiredActor } from '../request/call.ts';
import type { Call, Reply } from '../route.ts';
import type { Studio } from '../studio.ts';
import type { Operation } from './operation.ts';

async function tus(studio: Studio, call: Call): Promise<Reply> {
  const { problems } = call.texts;
  await studio.uploads.tus(call.req, call.res, requiredActor(call), ({ code, values }) =>
    problems[code](values),
  );
  return { kind: 'done' };
}

const UPLOAD = '/api/v1/uploads/:id';

/** Resumable uploads by tus.io 1.0; `Upload-Metadata` names the `draft` and the `filename`. */
export const uploadOperations: Operation[] = [
  {
    method: 'POST',
    path: '/api/v1/uploads',
    who: 'own',
    about: 'Begins a resumable upload (tus 1.0) into a draft.',
    tag: 'uploads',
    handle: tus,
  },
  {
    method: 'HEAD',
    path: UPLOAD,
    who: 'own',
    about: 'How much of it has come.',
    tag: 'uploads',
    handle: tus,
  },
  { method: 'PATCH', path: UPLOAD, who: 'own', about: 'The next bytes.', tag: 'uploads', handle: tus },
  { method: 'DELETE', path: UPLOAD, who: 'own', about: 'Takes it back.', tag: 'uploads', handle: tus },
];
