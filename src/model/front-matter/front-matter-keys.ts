import { z } from 'zod';
import type { Fault, FaultCode } from '../fault.ts';
import type { Link, Person } from '../station.ts';
import { type FrontMatter, FrontMatterBroken, parseFrontMatter } from './front-matter.ts';

/** A file of a bundle, read: its values (where they are right), its article, and what is wrong with it. */
export type FileReading<Values> = { values: Values; body: string; bodyLine: number; faults: Fault[] };

type Place = { folder: string; file: string };

/** Keys whose wrong values are errors: the bundle is left out, since guessing could do harm. */
export type Critical = Partial<Record<string, FaultCode>>;

/**
 * Returns what a file with front matter says; every key of `keys` is optional. A key whose value is wrong is left out of `values` and named by a fault:
 * an error with the code in `critical` where the key stands there, otherwise a warning. A file that is no
 * front matter at all gives no values and one error.
 */
export function readKeys<K extends z.ZodObject>(
  source: string,
  keys: K,
  place: Place,
  critical: Critical = {},
): FileReading<z.output<K>> {
  const front = frontMatterOr(source, place);
  if ('code' in front) return { values: keys.parse({}), body: '', bodyLine: 1, faults: [front] };
  const faults: Fault[] = [];
  const data = { ...front.data };
  const report = (
    key: string,
    code: FaultCode,
    severity: Fault['severity'],
    values: Record<string, string>,
  ) => faults.push({ ...place, line: front.lineOf(key), severity, code, values });
  for (const key of Object.keys(data)) {
    if (data[key] === null) delete data[key];
    else if (!Object.hasOwn(keys.shape, key)) report(key, 'key-unknown', 'warning', { key });
  }
  for (const issue of keys.safeParse(data).error?.issues ?? []) {
    const key = String(issue.path[0]);
    if (!(key in data)) continue;
    const values = { key, value: shown(data[key]), expected: issue.message };
    report(key, critical[key] ?? 'value-invalid', critical[key] ? 'error' : 'warning', values);
    delete data[key];
  }
  return { values: keys.parse(data), body: front.body, bodyLine: front.bodyLine, faults };
}

function frontMatterOr(text: string, place: Place): FrontMatter | Fault {
  try {
    return parseFrontMatter(text);
  } catch (error) {
    if (!(error instanceof FrontMatterBroken)) throw error;
    const values = { reason: error.message };
    return { ...place, line: error.line, severity: 'error', code: 'yaml-broken', values };
  }
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

/** The kinds of values that keys hold. Their messages are codes that `texts/it/reasons.json` puts into words. */
export const text = z
  .union([z.string(), z.number(), z.boolean()], 'a-text')
  .transform((value) => cleaned(String(value)))
  .refine((value) => value !== '' && value.length <= 10_000, 'a-text');
export const address = z.string('an-address').refine(isWebAddress, 'an-address');
export const colour = z
  .string('a-colour')
  .regex(/^#[0-9a-fA-F]{6}$/, 'a-colour')
  .transform((value) => value.toLowerCase());
export const yesOrNo = z.union(
  [
    z.boolean(),
    z
      .string()
      .regex(/^(yes|no|sì|si|true|false)$/i)
      .transform((value) => !/^(no|false)$/i.test(value)),
  ],
  'yes-or-no',
);
export const wholeNumber = z.coerce
  .number('a-number')
  .int('a-number')
  .positive('a-number')
  .max(1_000_000, 'a-number');
export const language = z.string('a-language').refine(isLanguage, 'a-language');
export const guid = z
  .string('a-guid')
  .transform((value) => value.trim())
  .refine((value) => /^[\x21-\x7e]{1,500}$/.test(value), 'a-guid');
export const fileName = z
  .string('a-file-name')
  .transform((value) => value.normalize('NFC').replace(/^\.\//, ''))
  .refine((value) => value !== '' && !/[/\\\0]/.test(value) && !value.startsWith('.'), 'a-file-name');

/** A list of names; one text with commas is taken as such a list. Repeated names are taken once. */
export const names = z
  .union(
    [z.array(text), z.string().transform((value) => value.split(',').map(cleaned).filter(Boolean))],
    'a-list',
  )
  .transform((list) => [...new Set(list)]);

/** Public paths, each beginning with `/`; one text is a list of one. */
export const paths = z
  .union([z.array(z.string()), z.string().transform((value) => [value])], 'paths')
  .refine((list) => list.every((path) => pathOf(path) !== undefined), 'paths')
  .transform((list) => list.flatMap((path) => pathOf(path) ?? []));

export const person = z.union(
  [
    text.transform((name): Person => ({ name })),
    z.object({ name: text, role: text.optional(), url: address.optional(), img: address.optional() }),
  ],
  'a-person',
);
export const people = z.union([z.array(person), person.transform((one) => [one])], 'people');

export const links = z
  .record(z.string(), address, 'links')
  .transform((record): Link[] => Object.entries(record).map(([name, url]) => ({ name, url })));

function cleaned(value: string): string {
  // Control characters are in no title; feeds may not carry them (XML 1.0, section 2.2).
  return value
    .normalize('NFC')
    .replace(/[\p{Cc}\u2028\u2029\uFFFE\uFFFF]+/gu, ' ')
    .toWellFormed()
    .trim();
}

function isWebAddress(value: string): boolean {
  return /^https?:\/\//i.test(value) && URL.canParse(value) && value.length <= 2000;
}

function isLanguage(value: string): boolean {
  try {
    return Intl.getCanonicalLocales(value).length === 1;
  } catch {
    return false;
  }
}

function pathOf(value: string): string | undefined {
  const path = isWebAddress(value) ? new URL(value).pathname : value;
  if (!/^\/(?!\/)[^\s?#]*$/.test(path) || !URL.canParse(path, 'http://station')) return undefined;
  return new URL(path, 'http://station').pathname;
}
