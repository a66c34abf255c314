import { requiredActor } from '../request/call.ts';
import type { Call, Reply, Route } from '../route.ts';
import type { Studio } from '../studio.ts';
import { jobOutcome } from './job-outcome.ts';

async function page(studio: Studio, call: Call): Promise<Reply> {
  const entries = await studio.publishing.bin.list(requiredActor(call));
  return {
    kind: 'page',
    view: 'bin',
    title: call.texts.administration.binTitle,
    section: 'bin',
    values: { entries },
  };
}

async function restore(studio: Studio, call: Call): Promise<Reply> {
  const job = await studio.publishing.bin.restore(requiredActor(call), call.part('id'));
  return jobOutcome(studio, call, job, {
    to: '/studio/bin',
    notice: call.texts.administration.done.restored,
  });
}

export const binRoutes: Route[] = [
  { method: 'GET', path: '/studio/bin', who: 'staff', about: 'the bin, one’s shows’', handle: page },
  {
    method: 'POST',
    path: '/studio/bin/:id/restore',
    who: 'publishers',
    about: 'put an episode back',
    handle: restore,
  },
];
