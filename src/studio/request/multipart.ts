import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { Busboy, type BusboyInstance } from '@fastify/busboy';
import { Refused } from '../../model/problem.ts';
import { type FormFields, formFields } from './form.ts';

export type MultipartOptions = {
  /** Takes a file as it comes: its name as the browser sent it, its bytes, the field that it stood in. */
  onFile(name: string, stream: Readable, field: string): Promise<void>;
  maxFields: number;
};

/** What all fields that are no files may have together (bytes); an article is the longest of them. */
const MOST_TEXT = 12 * 1024 * 1024;
const MOST_FILES = 100;

/**
 * Reads a form with files (`multipart/form-data`, RFC 7578). Each file is taken while it comes; one after the other, since that is
 * how they lie in the body. Returns the other fields when all is there. Throws `Refused` (`value-wrong`, `upload-length-wrong`)
 * and what `onFile` throws; the rest of the body is then read and dropped, so that the answer arrives.
 */
export async function readMultipart(
  req: IncomingMessage,
  { onFile, maxFields }: MultipartOptions,
): Promise<FormFields> {
  const parser = parserOf(req, maxFields);
  const fields = new URLSearchParams();
  const files: Promise<void>[] = [];
  const streams = new Set<Readable>();
  let text = 0;
  let failure: { error: unknown } | undefined;
  const { promise: ended, resolve } = Promise.withResolvers<void>();

  function fail(error: unknown): void {
    if (failure !== undefined) return;
    failure = { error };
    req.unpipe(parser);
    req.resume();
    parser.destroy();
    // The parser leaves what it began to give: whoever reads it would wait for ever.
    for (const stream of streams) stream.destroy(new Refused('upload-length-wrong'));
    resolve();
  }

  parser.on('field', (name, value, nameTruncated, valueTruncated) => {
    text += Buffer.byteLength(value);
    if (nameTruncated || valueTruncated || text > MOST_TEXT) fail(tooMuch(name));
    // Where the head has no name at all, the parser gives none, whatever its types say.
    else if (typeof name === 'string') fields.append(name, value);
  });
  parser.on('file', (field, stream, filename) => {
    streams.add(stream);
    stream.once('close', () => streams.delete(stream));
    // Cut off, it says so to whoever reads it; to nobody else.
    stream.on('error', () => {});
    // A field in which nothing was chosen comes as a file without a name.
    if (failure !== undefined || !filename) {
      stream.resume();
      return;
    }
    const taken = onFile(filename, stream, field).catch(fail);
    files.push(taken.finally(() => stream.resume()));
  });
  for (const limit of ['fieldsLimit', 'filesLimit', 'partsLimit'] as const)
    parser.on(limit, () => fail(tooMuch('form')));
  parser.on('error', (error) => fail(wrongForm(error)));
  parser.on('finish', resolve);
  const onClose = () => req.complete || fail(new Refused('upload-length-wrong'));
  req.once('close', onClose).once('error', onClose);
  req.pipe(parser);
  await ended;
  await Promise.all(files);
  req.off('close', onClose);
  if (failure !== undefined) throw failure.error;
  return formFields(fields.toString());
}

function parserOf(req: IncomingMessage, maxFields: number): BusboyInstance {
  try {
    // HTML, "multipart form data": names are in the form's own encoding, which is UTF-8, as the parser takes them to be.
    return new Busboy({
      headers: { ...req.headers, 'content-type': req.headers['content-type'] ?? '' },
      limits: { fields: maxFields, fieldSize: MOST_TEXT, files: MOST_FILES, parts: maxFields + MOST_FILES },
    });
  } catch (error) {
    throw wrongForm(error);
  }
}

const tooMuch = (field: string): Refused => new Refused('value-wrong', { field, reason: 'too much' });

const wrongForm = (error: unknown): Refused =>
  new Refused(
    'value-wrong',
    { field: 'form', reason: error instanceof Error ? error.message : '' },
    { cause: error },
  );
