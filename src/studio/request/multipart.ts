import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { Busboy, type BusboyInstance } from '@fastify/busboy';
import { Refused } from '../../model/problem.ts';
import { type FormFields, formFields } from './form.ts';

export type MultipartOptions = {
  /** Takes a file while it arrives: its name as the browser sent it, its bytes, and its field. */
  onFile(name: string, stream: Readable, field: string): Promise<void>;
  maxFields: number;
};

/** The most bytes of all fields without files together; an article is the longest of them. */
const MOST_TEXT = 12 * 1024 * 1024;
const MOST_FILES = 100;

/**
 * Reads a form with files (`multipart/form-data`, RFC 7578). Files are taken while they arrive, in the order
 * of the body. Returns the other fields at the end. Throws `Refused` (`value-wrong`, `upload-length-wrong`)
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
    // The parser does not end the streams that it began, so their readers would wait for ever.
    for (const stream of streams) stream.destroy(new Refused('upload-length-wrong'));
    resolve();
  }

  parser.on('field', (name, value, nameTruncated, valueTruncated) => {
    text += Buffer.byteLength(value);
    if (nameTruncated || valueTruncated || text > MOST_TEXT) fail(tooMuch(name));
    // For a part without a name the parser gives no name, whatever its types say.
    else if (typeof name === 'string') fields.append(name, value);
  });
  parser.on('file', (field, stream, filename) => {
    streams.add(stream);
    stream.once('close', () => streams.delete(stream));
    // The error of a cut stream is for its reader alone.
    stream.on('error', () => {});
    // A field in which no file was chosen comes as a file without a name.
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
    // HTML, "multipart form data": names are in the encoding of the form. That is UTF-8, which the parser
    // assumes.
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
