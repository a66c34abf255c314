import type { IncomingMessage } from 'node:http';
import type { z } from 'zod';
import { Refused } from '../../model/problem.ts';
import type { Language } from '../../texts/languages.ts';
import { type FormFields, formFields } from './form.ts';
import { parseOrRefuse } from './wrong-value.ts';

/** More than the longest article with all other fields (bytes). */
const LARGEST_BODY = 6 * 1024 * 1024;

/**
 * Returns the fields of an urlencoded form. Throws `Refused` for another kind of body, and for one that is
 * too large.
 */
export async function readForm(req: IncomingMessage): Promise<FormFields> {
  if (!isOfType(req, 'application/x-www-form-urlencoded'))
    throw new Refused('value-wrong', { field: 'Content-Type', reason: 'application/x-www-form-urlencoded' });
  return formFields((await readBody(req)).toString('utf8'));
}

/**
 * Returns a JSON body that fits the schema. Throws `Refused` (`value-wrong` with the field, and why in this
 * language).
 */
export async function readJson<T extends z.ZodType>(
  req: IncomingMessage,
  schema: T,
  language: Language,
): Promise<z.output<T>> {
  if (!isOfType(req, 'application/json'))
    throw new Refused('value-wrong', { field: 'Content-Type', reason: 'application/json' });
  const value = jsonOf((await readBody(req)).toString('utf8'));
  return parseOrRefuse(schema, value, { language, whole: 'JSON' });
}

const isOfType = (req: IncomingMessage, type: string): boolean =>
  (req.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() === type;

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Refused('value-wrong', { field: 'JSON', reason: 'not-json' }, { cause: error });
  }
}

async function readBody(req: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of req) {
    const bytes = Buffer.from(part);
    length += bytes.length;
    if (length > LARGEST_BODY)
      throw new Refused('upload-too-large', { size: `> ${LARGEST_BODY / 1024 ** 2} MB`, most: '6 MB' });
    parts.push(bytes);
  }
  return Buffer.concat(parts);
}
