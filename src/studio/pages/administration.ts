import { faultPlace } from '../../model/fault.ts';
import { faultSentence } from '../../texts/faults.ts';
import { journalLine } from '../journal-line.ts';
import { requiredActor } from '../request/call.ts';
import type { Call, Reply, Route } from '../route.ts';
import type { Studio } from '../studio.ts';

const ENTRIES = 100;
const FAULTS = 200;

async function journal(studio: Studio, call: Call): Promise<Reply> {
  const before = Number(call.query('before')) || undefined;
  const subject = call.query('subject');
  const entries = await studio.publishing.journal.list(requiredActor(call), {
    limit: ENTRIES,
    ...(before === undefined ? {} : { before }),
    ...(subject === undefined ? {} : { subject }),
  });
  const faults = before === undefined && subject === undefined ? await studio.catalogue.faults() : [];
  const last = entries.at(-1);
  return {
    kind: 'page',
    view: 'journal',
    title: call.texts.administration.journalTitle,
    section: 'journal',
    values: {
      entries: entries.map((entry) => journalLine(entry, call.texts)),
      faults: faults.slice(0, FAULTS).map((fault) => ({
        severity: fault.severity,
        place: faultPlace(fault),
        sentence: faultSentence(fault, call.language),
      })),
      next:
        entries.length === ENTRIES && last !== undefined ? `/studio/journal?before=${last.id}` : undefined,
    },
  };
}

async function disk(studio: Studio, call: Call): Promise<Reply> {
  const ledger = await studio.uploads.diskUsage();
  return {
    kind: 'page',
    view: 'disk',
    title: call.texts.administration.diskTitle,
    section: 'disk',
    values: { ledger },
  };
}

export const administrationRoutes: Route[] = [
  {
    method: 'GET',
    path: '/studio/journal',
    who: 'editors',
    about: 'who did what; faults of folders',
    handle: journal,
  },
  { method: 'GET', path: '/studio/disk', who: 'editors', about: 'what takes the disk’s room', handle: disk },
];
