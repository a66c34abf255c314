import { Refused } from '../../model/problem.ts';
import { requiredActor } from '../request/call.ts';
import type { Call, Reply } from '../route.ts';
import type { Studio } from '../studio.ts';
import { draftState } from './draft-state.ts';

/** How often the records are checked while a connection is open; a check costs microseconds (ms). */
const LOOK_MS = 250;
/** How often an idle connection sends a comment (ms). */
const HEARTBEAT_MS = 15_000;
/** Browsers allow six connections to a host; more event streams would leave none for requests. */
const MOST_LISTENERS = 4;

/** The listeners of each session, the oldest first. */
const listeners = new Map<string, Set<() => void>>();

/**
 * Sends the changes of a draft as server-sent events (HTML, section 9.2): `state` with the whole state,
 * `done` when the draft was written, `gone` when it was deleted, `superseded` when other pages of the same
 * session took over the connection.
 */
export async function draftEvents(studio: Studio, call: Call): Promise<Reply> {
  const actor = requiredActor(call);
  const id = call.part('id');
  // Throws `Refused` before the stream begins, if at all.
  await draftState(studio, actor, id, call);
  const { res } = call;
  res.writeHead(200, { 'Content-Type': 'text/event-stream', 'X-Accel-Buffering': 'no' });
  res.flushHeaders();
  const stop = new AbortController();
  const isOver = AbortSignal.any([stop.signal, studio.ending]);
  res.on('close', () => stop.abort());
  const leave = enter(call.session?.id ?? actor.id, () => {
    send('superseded', {});
    stop.abort();
  });
  const send = (event: string, data: object): void => {
    if (!res.writableEnded) res.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  };

  let version = '';
  let last = '';
  let saidAt = Date.now();
  try {
    while (!isOver.aborted) {
      const present = studio.records.version();
      if (present !== version) {
        version = present;
        const state = await currentState(studio, call, id);
        const text = JSON.stringify(state);
        if (text !== last) send('done' in state ? 'done' : 'gone' in state ? 'gone' : 'state', state);
        if ('done' in state || 'gone' in state) break;
        if (text !== last) saidAt = Date.now();
        last = text;
      }
      if (Date.now() - saidAt >= HEARTBEAT_MS) {
        res.write(': still here\n\n');
        saidAt = Date.now();
      }
      await pause(LOOK_MS, isOver);
    }
  } finally {
    leave();
    res.end();
  }
  return { kind: 'done' };
}

async function currentState(studio: Studio, call: Call, id: string) {
  try {
    return await draftState(studio, requiredActor(call), id, call);
  } catch (error) {
    if (error instanceof Refused) return { gone: true } as const;
    throw error;
  }
}

/**
 * Adds a listener; the oldest one is closed when there are too many. Returns the function that removes it.
 */
function enter(session: string, end: () => void): () => void {
  const own = listeners.get(session) ?? new Set();
  listeners.set(session, own);
  const [longest] = own;
  if (own.size >= MOST_LISTENERS && longest !== undefined) {
    own.delete(longest);
    longest();
  }
  own.add(end);
  return () => {
    own.delete(end);
    if (own.size === 0) listeners.delete(session);
  };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}
