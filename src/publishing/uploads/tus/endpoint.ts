import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Actor } from '../../../model/permissions.ts';
import { type Problem, Refused } from '../../../model/problem.ts';
import { diskError } from '../../disk-full.ts';
import { cancelUpload } from '../cancel-upload.ts';
import { completeUpload } from '../complete-upload.ts';
import { createUpload, notingRefusal } from '../create-upload.ts';
import { EXPIRES_MS, type UploadContext, writableUploadRow } from '../upload-context.ts';
import type { UploadRow } from '../upload-rows.ts';
import { append, lengthWhenFree } from './append.ts';
import {
  byteHeader,
  EXTENSIONS,
  metadataHeader,
  parseMetadata,
  parseUploadAddress,
  refusalStatus,
  TusRefused,
  VERSION,
  wrongHeader,
} from './protocol.ts';

/** The answer to a request; `undefined` when its sender has gone away. */
type Answer = { status: number; headers?: Record<string, string> } | undefined;
/** `sentenceOf`: returns the sentence for a problem. */
type Request = {
  req: IncomingMessage;
  res: ServerResponse;
  actor: Actor;
  sentenceOf?: ((problem: Problem) => string) | undefined;
};
type Asked = { intake: UploadContext; req: IncomingMessage; actor: Actor; base: string };

/**
 * How long the rest of a refused body is read, so that the answer arrives before the connection ends (ms).
 */
const LINGERS_MS = 2_000;

/** Answers a tus request. Throws errors that are not the request's fault, before anything is answered. */
export async function answerTus(context: UploadContext, request: Request): Promise<void> {
  const { req, res, actor } = request;
  try {
    const answer = await answerTo(context, req, actor);
    if (answer === undefined) res.destroy();
    else send(res, answer.status, answer.headers);
  } catch (error) {
    const refused = diskError(error);
    if (!(refused instanceof Refused)) throw error;
    refuse(request, refused);
  }
}

function answerTo(context: UploadContext, req: IncomingMessage, actor: Actor): Promise<Answer> | Answer {
  const overriding = req.method === 'POST' ? req.headers['x-http-method-override'] : undefined;
  const method = typeof overriding === 'string' ? overriding : req.method;
  if (method === 'OPTIONS') return options(context);
  if (req.headers['tus-resumable'] !== VERSION)
    throw new TusRefused(
      412,
      { code: 'value-wrong', values: { field: 'Tus-Resumable', reason: VERSION } },
      { 'Tus-Version': VERSION },
    );
  const { base, id } = parseUploadAddress(req);
  const asked: Asked = { intake: context, req, actor, base };
  if (id === undefined) {
    if (method === 'POST') return create(asked);
    throw notThisMethod('OPTIONS, POST');
  }
  if (method === 'HEAD') return look(asked, id);
  if (method === 'PATCH') return patch(asked, id);
  if (method === 'DELETE') return terminate(asked, id);
  throw notThisMethod('OPTIONS, HEAD, PATCH, DELETE');
}

const notThisMethod = (allowed: string): TusRefused =>
  new TusRefused(
    405,
    { code: 'value-wrong', values: { field: 'method', reason: allowed } },
    { Allow: allowed },
  );

const options = ({ maxBytes }: UploadContext): Answer => ({
  status: 204,
  headers: { 'Tus-Version': VERSION, 'Tus-Extension': EXTENSIONS, 'Tus-Max-Size': String(maxBytes) },
});

async function create({ intake: context, req, actor, base }: Asked): Promise<Answer> {
  if (req.headers['upload-defer-length'] !== undefined)
    throw wrongHeader('Upload-Defer-Length', 'Upload-Length');
  const bytes = byteHeader(req, 'Upload-Length');
  const metadata = parseMetadata(req.headers['upload-metadata']?.toString());
  const [name, draft] = [metadata.get('filename'), metadata.get('draft')];
  if (name === undefined || draft === undefined)
    throw wrongHeader('Upload-Metadata', name === undefined ? 'filename' : 'draft');
  const row = await createUpload(context, actor, { draft, name, bytes });
  if (bytes === 0) await completeUpload(context, row.id);
  return { status: 201, headers: { Location: `${base}/${row.id}`, ...expiry(row) } };
}

/**
 * Returns the header that says until when the bytes must have come (extension Expiration; date by RFC 9110
 * §5.6.7).
 */
const expiry = ({ created_at }: UploadRow): Record<string, string> => ({
  'Upload-Expires': new Date(created_at + EXPIRES_MS).toUTCString(),
});

/**
 * Returns the row of an upload that is arriving or has arrived. Throws `Refused` (`not-found`, `not-allowed`,
 * `upload-expired`).
 */
async function known({ intake: context, actor }: Asked, id: string): Promise<UploadRow> {
  const row = await writableUploadRow(context, actor, id);
  const isGone = row.state === 'cancelled' || (row.state === 'refused' && row.received < row.bytes);
  if (isGone) throw new Refused('upload-expired');
  return row;
}

async function look(asked: Asked, id: string): Promise<Answer> {
  const row = await known(asked, id);
  const isArriving = row.state === 'arriving';
  const length = isArriving ? await lengthWhenFree(asked.intake, row) : row.bytes;
  return {
    status: 200,
    headers: {
      'Upload-Offset': String(length),
      'Upload-Length': String(row.bytes),
      'Upload-Metadata': metadataHeader({ filename: row.name, draft: row.draft_id }),
      ...(length < row.bytes && expiry(row)),
    },
  };
}

async function patch(asked: Asked, id: string): Promise<Answer> {
  const row = await known(asked, id);
  const { intake: context, req, actor } = asked;
  const file = { draft: row.draft_id, name: row.name };
  const length = await notingRefusal(context, actor, file, append(context, req, row));
  if (length === undefined) return undefined;
  return {
    status: 204,
    headers: { 'Upload-Offset': String(length), ...(length < row.bytes && expiry(row)) },
  };
}

async function terminate(asked: Asked, id: string): Promise<Answer> {
  await cancelUpload(asked.intake, await known(asked, id));
  return { status: 204 };
}

const ALWAYS = { 'Tus-Resumable': VERSION, 'Cache-Control': 'no-store' };

function send(res: ServerResponse, status: number, headers: Record<string, string> = {}): void {
  res.writeHead(status, { ...ALWAYS, ...headers, ...(status !== 204 && { 'Content-Length': '0' }) }).end();
}

function refuse({ req, res, sentenceOf }: Request, refused: Refused): void {
  if (res.destroyed || res.headersSent) return;
  const { problem } = refused;
  const said = sentenceOf === undefined ? problem : { ...problem, sentence: sentenceOf(problem) };
  const body = Buffer.from(JSON.stringify({ problem: said }));
  const headers = {
    ...ALWAYS,
    ...(refused instanceof TusRefused && refused.headers),
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': String(body.length),
  };
  res.writeHead(refusalStatus(refused), headers).end(req.method === 'HEAD' ? undefined : body);
  // A client that is still sending sees the answer only while somebody reads.
  req.resume();
  const limit = setTimeout(() => req.destroy(), LINGERS_MS);
  req.once('close', () => clearTimeout(limit));
}
