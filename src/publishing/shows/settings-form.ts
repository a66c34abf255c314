import { parseFrontMatter } from '../../model/front-matter/front-matter.ts';
import { Refused } from '../../model/problem.ts';
import type { SettingsForm } from '../publishing.ts';

/** The settings that staff may change; guids and old addresses are not among them. */
export const SHOW_FIELDS = [
  ...['title', 'description', 'category', 'language', 'hosts', 'colour', 'explicit', 'type', 'link'],
  ...['complete', 'licence'],
];
export const STATION_FIELDS = [
  ...['title', 'description', 'language', 'timezone', 'link', 'frequency', 'email', 'links', 'colour'],
  ...['support', 'licence'],
];

/**
 * Returns a file's settings as a form shows them: `hosts` one a line, with an address as `Ada <https://…>`;
 * `links` as `Diretta: https://…`, one a line; `support` as its address and text; `explicit` and `complete`
 * as `yes` or `no`.
 */
export function parseSettingsForm(text: string, fields: readonly string[]): SettingsForm {
  const { data } = parseFrontMatter(text);
  return Object.fromEntries(fields.map((field) => [field, shown(field, data[field])]));
}

function shown(field: string, value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (field === 'hosts') return (Array.isArray(value) ? value : [value]).map(shownPerson).join('\n');
  const record = recordOf(value);
  if (record === undefined) return String(value);
  if (field === 'support') return `${textIn(record, 'url')} ${textIn(record, 'text')}`.trim();
  return Object.keys(record)
    .map((name) => `${name}: ${textIn(record, name)}`)
    .join('\n');
}

function shownPerson(value: unknown): string {
  const record = recordOf(value);
  if (record === undefined) return String(value);
  const url = textIn(record, 'url');
  return url === '' ? textIn(record, 'name') : `${textIn(record, 'name')} <${url}>`;
}

const recordOf = (value: unknown): Record<string, unknown> | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
const textIn = (record: Record<string, unknown>, key: string): string =>
  record[key] === undefined || record[key] === null ? '' : String(record[key]);

/**
 * Returns the keys that a form changes, with their values. A field that is unchanged or not in the form is
 * left out. Throws `Refused` (`value-wrong`) where a field cannot be read.
 */
export function changesIn(
  text: string,
  form: SettingsForm,
  fields: readonly string[],
): Record<string, unknown> {
  const before = parseSettingsForm(text, fields);
  const { data } = parseFrontMatter(text);
  const changes: Record<string, unknown> = {};
  for (const field of fields) {
    const written = form[field]?.replaceAll('\r\n', '\n').trim();
    if (written === undefined || written === before[field]) continue;
    changes[field] = written === '' ? undefined : writtenValue(field, written, data[field]);
  }
  return changes;
}

function writtenValue(field: string, written: string, before: unknown): unknown {
  if (field === 'explicit' || field === 'complete') return yesOrNo(field, written);
  if (field === 'hosts') return linesOf(written).map((line) => personOf(line, before));
  if (field === 'links') return Object.fromEntries(linesOf(written).map(linkOf));
  if (field === 'support') return supportOf(written);
  return written.replace(/\s*\n\s*/g, ' ');
}

const linesOf = (written: string): string[] => written.split('\n').flatMap((line) => line.trim() || []);

function yesOrNo(field: string, written: string): boolean {
  if (/^(yes|true|s[iì])$/i.test(written)) return true;
  if (/^(no|false)$/i.test(written)) return false;
  throw new Refused('value-wrong', { field, reason: 'yes-or-no' });
}

/** A person who was listed before keeps the keys that the form does not show. */
function personOf(line: string, before: unknown): unknown {
  const known = (Array.isArray(before) ? before : [before]).find((one) => shownPerson(one) === line);
  if (known !== undefined) return known;
  const [, name = line, url] = /^(.*?)\s*<(\S+)>$/.exec(line) ?? [];
  return url === undefined ? name : { name, url };
}

function linkOf(line: string): [string, string] {
  const [, name, url] = /^(.+?)\s*:\s*(https?:\/\/\S+)$/i.exec(line) ?? [];
  if (name === undefined || url === undefined)
    throw new Refused('value-wrong', { field: 'links', reason: 'links' });
  return [name, url];
}

function supportOf(written: string): { url: string; text: string } {
  const [, url, text] = /^(https?:\/\/\S+)\s+(.+)$/is.exec(written) ?? [];
  if (url === undefined || text === undefined)
    throw new Refused('value-wrong', { field: 'support', reason: 'support' });
  return { url, text: text.replace(/\s*\n\s*/g, ' ') };
}
