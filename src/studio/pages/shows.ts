import { slugOf } from '../../model/addresses.ts';
import { Refused } from '../../model/problem.ts';
import { requiredActor } from '../request/call.ts';
import { readMultipart } from '../request/multipart.ts';
import type { Call, Reply, Route } from '../route.ts';
import type { Studio } from '../studio.ts';
import { jobOutcome } from './job-outcome.ts';
import {
  type SettingsProblem,
  saveSettings,
  settingsPage,
  settingsProblem,
  type WrittenSettings,
  writtenIn,
} from './settings-page.ts';

const LARGEST_COVER = 30 * 1024 * 1024;

/** Returns the page of the shows, with the form for a new one. `problem`: why the last one was not made. */
async function listPage(
  studio: Studio,
  call: Call,
  {
    written,
    slug = '',
    problem,
  }: { written?: WrittenSettings; slug?: string; problem?: SettingsProblem } = {},
): Promise<Reply> {
  return {
    kind: 'page',
    view: 'shows',
    title: call.texts.administration.showsTitle,
    section: 'shows',
    status: problem?.status,
    values: { shows: await studio.catalogue.shows(call.now), form: written?.form ?? {}, slug, problem },
  };
}

async function create(studio: Studio, call: Call): Promise<Reply> {
  const fields = await call.form();
  const written = writtenIn(fields);
  const slug = slugOf(fields.text('slug') || fields.text('set-title'));
  try {
    await studio.publishing.shows.create(requiredActor(call), slug, written.form, written.body);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const problem = settingsProblem(call, error);
    return listPage(studio, call, { written, slug: fields.text('slug'), problem });
  }
  return {
    kind: 'redirect',
    to: `/studio/shows/${encodeURIComponent(slug)}`,
    notice: call.texts.administration.done.created,
  };
}

const showPage = (studio: Studio, call: Call): Promise<Reply> =>
  settingsPage(studio, call, call.part('show'));

function saveShow(studio: Studio, call: Call): Promise<Reply> {
  const slug = call.part('show');
  return saveSettings(studio, call, slug, ({ hash, form, body }) =>
    studio.publishing.shows.save(requiredActor(call), slug, hash, form, body),
  );
}

async function rename(studio: Studio, call: Call): Promise<Reply> {
  const slug = slugOf((await call.form()).text('slug'));
  const job = await studio.publishing.shows.rename(requiredActor(call), call.part('show'), slug);
  return jobOutcome(studio, call, job, {
    to: `/studio/shows/${encodeURIComponent(slug)}`,
    notice: call.texts.administration.done.renamed,
  });
}

const setCover =
  (to: (call: Call) => string, show: (call: Call) => string | undefined) =>
  async (studio: Studio, call: Call): Promise<Reply> => {
    let cover: Buffer | undefined;
    await readMultipart(call.req, {
      maxFields: 5,
      async onFile(_name, stream) {
        const parts: Buffer[] = [];
        let length = 0;
        for await (const part of stream) {
          length += part.length;
          if (length > LARGEST_COVER)
            throw new Refused('upload-too-large', { size: '> 30 MB', most: '30 MB' });
          parts.push(Buffer.from(part));
        }
        if (length > 0) cover = Buffer.concat(parts);
      },
    });
    if (cover === undefined)
      throw new Refused('value-wrong', { field: call.texts.administration.cover, reason: '—' });
    await studio.publishing.shows.setCover(requiredActor(call), show(call), cover);
    return { kind: 'redirect', to: to(call), notice: call.texts.administration.done.saved };
  };

const stationPage = (studio: Studio, call: Call): Promise<Reply> => settingsPage(studio, call, undefined);

const saveStation = (studio: Studio, call: Call): Promise<Reply> =>
  saveSettings(studio, call, undefined, ({ hash, form, body }) =>
    studio.publishing.station.save(requiredActor(call), hash, form, body),
  );

const route = (method: Route['method'], path: string, about: string, handle: Route['handle']): Route => ({
  method,
  path,
  who: 'admins',
  about,
  handle,
});

export const showRoutes: Route[] = [
  route('GET', '/studio/shows', 'the shows', (studio, call) => listPage(studio, call)),
  route('POST', '/studio/shows', 'make a show', create),
  route('GET', '/studio/shows/:show', 'a show’s settings', showPage),
  route('POST', '/studio/shows/:show', 'save them', saveShow),
  route('POST', '/studio/shows/:show/rename', 'give a show another address', rename),
  route(
    'POST',
    '/studio/shows/:show/cover',
    'replace a show’s cover',
    setCover(
      (call) => `/studio/shows/${encodeURIComponent(call.part('show'))}`,
      (call) => call.part('show'),
    ),
  ),
  route('GET', '/studio/station', 'the station’s settings', stationPage),
  route('POST', '/studio/station', 'save them', saveStation),
  route(
    'POST',
    '/studio/station/cover',
    'replace the station’s cover',
    setCover(
      () => '/studio/station',
      () => undefined,
    ),
  ),
];
