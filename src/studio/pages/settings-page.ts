import { Refused } from '../../model/problem.ts';
import type { SettingsForm } from '../../publishing/publishing.ts';
import { failureOfError } from '../errors.ts';
import { requiredActor } from '../request/call.ts';
import type { FormFields } from '../request/form.ts';
import type { Call, Reply } from '../route.ts';
import type { Studio } from '../studio.ts';

/** A form of settings, with the file that it was made from. */
export type WrittenSettings = { form: SettingsForm; body: string; hash: string };

/** The problem shown with a form, and its field. */
export type SettingsProblem = { sentence: string; field: string; status: number };

const FORM_FIELD = /^set-(\w+)$/;

/** Returns what was typed into a form of settings. Each field is named `set-<key>`. */
export function writtenIn(fields: FormFields): WrittenSettings {
  const form: SettingsForm = {};
  for (const name of fields.names()) {
    const key = FORM_FIELD.exec(name)?.[1];
    if (key !== undefined) form[key] = fields.text(name);
  }
  return { form, body: fields.text('body'), hash: fields.text('hash') };
}

/** Returns what a form of settings shows for an error. Throws it when it is a fault of the program. */
export function settingsProblem(call: Call, error: unknown): SettingsProblem {
  const { problem, status, isOurs } = failureOfError(error);
  if (isOurs || NOT_THE_FORMS.has(problem.code)) throw error;
  const { field = '' } = problem.values;
  const label = nameOf(call, field);
  return {
    sentence: call.texts.problems[problem.code]({ ...problem.values, field: label }),
    field: problem.code === 'title-missing' ? 'title' : field,
    status,
  };
}

const NOT_THE_FORMS = new Set<string>(['not-found', 'not-allowed']);

function nameOf({ texts }: Call, field: string): string {
  const names: Record<string, string> = texts.administration.fields;
  return names[field] ?? field;
}

/**
 * Returns the page of a show's settings, or of the station's (`slug` undefined). `written`: what somebody
 * typed and could not be saved. If the file has changed since the form was opened, its present values are
 * shown beside it.
 */
export async function settingsPage(
  studio: Studio,
  call: Call,
  slug: string | undefined,
  { written, problem }: { written?: WrittenSettings; problem?: SettingsProblem } = {},
): Promise<Reply> {
  const actor = requiredActor(call);
  const { publishing, catalogue } = studio;
  const [present, about] = await Promise.all([
    slug === undefined ? publishing.station.settings(actor) : publishing.shows.settings(actor, slug),
    slug === undefined ? catalogue.station() : catalogue.show(slug),
  ]);
  const isOther = written !== undefined && written.hash !== present.hash;
  // The index may be a moment behind the file.
  const title = slug === undefined ? call.texts.administration.stationTitle : present.form.title || slug;
  return {
    kind: 'page',
    view: 'settings',
    title,
    section: 'shows',
    status: problem?.status,
    values: {
      form: { ...present.form, ...written?.form },
      body: written?.body ?? present.body,
      // Somebody who sees both texts and saves again has chosen.
      hash: present.hash,
      theirs: isOther ? differing(present, written) : {},
      problem,
      slug,
      heading: title,
      cover: about?.cover,
      base: slug === undefined ? '/studio/station' : `/studio/shows/${encodeURIComponent(slug)}`,
    },
  };
}

/** Returns the file's present values where they differ. */
function differing(
  present: { form: SettingsForm; body: string },
  written: WrittenSettings,
): Record<string, string> {
  const fields = Object.entries(present.form).filter(
    ([key, value]) => (written.form[key] ?? value) !== value.trim(),
  );
  const body = present.body.trim() === written.body.trim() ? [] : [['body', present.body]];
  return Object.fromEntries([...fields, ...body]);
}

/** Saves a form of settings; a form that cannot be saved is shown again as it was filled in. */
export async function saveSettings(
  studio: Studio,
  call: Call,
  slug: string | undefined,
  save: (written: WrittenSettings) => Promise<void>,
): Promise<Reply> {
  const written = writtenIn(await call.form());
  try {
    await save(written);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return settingsPage(studio, call, slug, { written, problem: settingsProblem(call, error) });
  }
  const to = slug === undefined ? '/studio/station' : `/studio/shows/${encodeURIComponent(slug)}`;
  return { kind: 'redirect', to, notice: call.texts.administration.done.saved };
}
