import type { Job } from '../../jobs/job.ts';
import { mayWriteFor } from '../../model/permissions.ts';
import { Refused } from '../../model/problem.ts';
import { requiredActor } from '../request/call.ts';
import type { Call, Reply, Route } from '../route.ts';
import type { Studio } from '../studio.ts';

/** A job with what it is about, in words. */
type JobLine = Job & { name: string };

/** Returns the show and name of what a job is about; `undefined` when it is gone. */
async function aboutJob(
  studio: Studio,
  { kind, subject }: Job,
): Promise<{ show: string; name: string } | undefined> {
  if (kind === 'rename-show') return { show: subject, name: subject };
  if (kind === 'withdraw' || kind === 'bin' || kind === 'move' || kind === 'draw')
    return { show: subject.split('/')[0] ?? '', name: subject };
  if (kind === 'restore') {
    const row = await studio.records.db
      .selectFrom('bin')
      .selectAll()
      .where('id', '=', subject)
      .executeTakeFirst();
    return row && { show: row.episode.split('/')[0] ?? '', name: row.title };
  }
  const upload = kind === 'examine' ? await studio.uploads.get(subject) : undefined;
  const draft = await studio.records.db
    .selectFrom('drafts')
    .select(['show', 'title'])
    .where('id', '=', upload?.draft ?? subject)
    .executeTakeFirst();
  return draft && { show: draft.show, name: upload?.name ?? draft.title };
}

async function page(studio: Studio, call: Call): Promise<Reply> {
  const actor = requiredActor(call);
  const jobs: JobLine[] = [];
  for (const job of await studio.jobs.underWay()) {
    const about = await aboutJob(studio, job);
    if (actor.role !== 'contributor' || (about !== undefined && mayWriteFor(actor, about.show)))
      jobs.push({ ...job, name: about?.name ?? job.subject });
  }
  const sentences = jobs.map(({ problem }) => problem && call.texts.problems[problem.code](problem.values));
  return {
    kind: 'page',
    view: 'jobs',
    title: call.texts.administration.jobsTitle,
    section: 'journal',
    values: { jobs, sentences },
  };
}

async function jobIn(studio: Studio, call: Call): Promise<Job> {
  const actor = requiredActor(call);
  const job = await studio.jobs.get(Number(call.part('id')) || 0);
  if (job === undefined) throw new Refused('not-found');
  const about = await aboutJob(studio, job);
  if (actor.role === 'contributor' && (about === undefined || !mayWriteFor(actor, about.show)))
    throw new Refused('not-allowed');
  return job;
}

async function cancel(studio: Studio, call: Call): Promise<Reply> {
  const { id, kind, subject } = await jobIn(studio, call);
  await studio.jobs.cancel(id);
  await studio.publishing.journal.add(requiredActor(call), 'job-cancelled', `${kind} ${subject}`);
  return { kind: 'redirect', to: '/studio/jobs', notice: call.texts.administration.done.cancelled };
}

async function retry(studio: Studio, call: Call): Promise<Reply> {
  const { id } = await jobIn(studio, call);
  await studio.jobs.retry(id);
  return { kind: 'redirect', to: '/studio/jobs', notice: call.texts.administration.done.retried };
}

export const jobRoutes: Route[] = [
  { method: 'GET', path: '/studio/jobs', who: 'staff', about: 'work under way, one’s shows’', handle: page },
  { method: 'POST', path: '/studio/jobs/:id/cancel', who: 'own', about: 'cancel a job', handle: cancel },
  { method: 'POST', path: '/studio/jobs/:id/retry', who: 'own', about: 'try a job again', handle: retry },
];
