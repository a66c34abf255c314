import mime from 'mime';
import { splitFingerprint } from '../../model/addresses.ts';
import { isAudioName, isPictureName } from '../../model/file-kinds.ts';
import { Refused } from '../../model/problem.ts';
import { securityHeaders } from '../../site/security-headers.ts';
import { requiredActor } from '../request/call.ts';
import type { Call, Reply } from '../route.ts';
import type { Studio } from '../studio.ts';

/** Answers with the page as the public would see it, for a frame in the draft's page. */
export async function draftPreview(studio: Studio, call: Call): Promise<Reply> {
  const id = call.part('id');
  const preview = await studio.publishing.drafts.preview(requiredActor(call), id);
  const html = await studio.previewPage({ ...preview, filesBase: `/studio/drafts/${id}/files/` });
  const headers = securityHeaders(studio.config.publicUrl);
  const policy = headers['Content-Security-Policy']?.replace(
    "frame-ancestors 'none'",
    "frame-ancestors 'self'",
  );
  for (const [name, value] of Object.entries({ ...headers, 'Content-Security-Policy': policy ?? '' }))
    call.res.setHeader(name, value);
  call.res.setHeader('Content-Type', 'text/html; charset=utf-8');
  call.res.end(html);
  return { kind: 'done' };
}

/** Serves a file of the draft under its future name, with or without fingerprint. */
export async function draftFile(studio: Studio, call: Call): Promise<Reply> {
  const actor = requiredActor(call);
  const id = call.part('id');
  const asked = call.part('file');
  for (const file of [asked, splitFingerprint(asked)?.file ?? asked]) {
    const path = await studio.publishing.drafts.localFile(actor, id, file);
    if (path === undefined) continue;
    await studio.sendFile(call, path, typeOf(file));
    return { kind: 'done' };
  }
  throw new Refused('not-found');
}

/** Serves an upload under its own name, as it will be published; a picture also before it is ready. */
export async function uploadFile(studio: Studio, call: Call): Promise<Reply> {
  const draft = await studio.publishing.drafts.get(requiredActor(call), call.part('id'));
  return sendUpload(studio, call, draft.id, call.part('upload'));
}

async function sendUpload(studio: Studio, call: Call, draft: string, id: string): Promise<Reply> {
  const upload = await studio.uploads.get(id);
  if (upload === undefined || upload.draft !== draft) throw new Refused('not-found');
  const isReady = upload.state === 'ready';
  if (!isReady && (upload.state === 'arriving' || !isPictureName(upload.name)))
    throw new Refused('not-found');
  const path = isReady ? studio.uploads.readyPath(upload) : studio.uploads.sourcePath(upload);
  await studio.sendFile(call, path, typeOf(upload.facts?.file ?? upload.name));
  return { kind: 'done' };
}

/** Only sounds and pictures keep their type, so that an upload is never shown as a page. */
function typeOf(file: string): string {
  const type = isAudioName(file) || isPictureName(file) ? mime.getType(file) : undefined;
  return (
    type ?? (/\.(?:vtt|srt|json)$/i.test(file) ? 'text/plain; charset=utf-8' : 'application/octet-stream')
  );
}
