import express, { type NextFunction, type Request, type Response } from 'express';
import { Refused } from '../model/problem.ts';
import { FeedWouldBreak } from '../publishing/dry-run/dry-run.ts';
import { failureOfError } from './errors.ts';
import { readCall } from './request/call.ts';
import { studioHeaders } from './request/headers.ts';
import { sendReply } from './request/reply.ts';
import { isSameOrigin } from './request/same-origin.ts';
import type { Call, Reply, Route } from './route.ts';
import type { Studio } from './studio.ts';

const CHANGES = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/**
 * Returns the staff's side as an Express application over a table of routes. Access is decided here, for all
 * routes, and every error becomes one sentence.
 */
export function studioApplication(studio: Studio, routes: readonly Route[]): express.Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.enable('case sensitive routing');
  app.enable('strict routing');
  app.set('query parser', false);
  const protect = studioHeaders(studio.config.publicUrl);
  app.use((_req: Request, res: Response, next: NextFunction) => {
    protect(res);
    next();
  });
  for (const route of routes) {
    app[methodOf(route)](route.path, async (req: Request, res: Response) => answer(studio, route, req, res));
  }
  app.use(async (req: Request, res: Response) => {
    const call = await readCall(studio, req, res);
    await sendFailure(studio, NOWHERE, call, new Refused('not-found'));
  });
  // The request could not be understood; Express's own answer would be a stack trace.
  app.use((error: unknown, req: Request, res: Response, _next: NextFunction) => {
    const { status, isOurs } = failureOfError(error);
    if (isOurs) studio.log.error({ err: error, path: req.path }, 'A request of the studio failed');
    if (res.headersSent) res.destroy();
    else res.status(status).end();
  });
  return app;
}

const NOWHERE: Route = {
  method: 'GET',
  path: '*',
  who: 'anyone',
  about: 'whatever is not there',
  handle: async () => ({ kind: 'done' }),
};

const methodOf = ({ method }: Route) => METHODS[method];
const METHODS = {
  GET: 'get',
  HEAD: 'head',
  POST: 'post',
  PUT: 'put',
  PATCH: 'patch',
  DELETE: 'delete',
  OPTIONS: 'options',
} as const;

async function answer(studio: Studio, route: Route, req: Request, res: Response): Promise<void> {
  const call = await readCall(studio, req, res);
  try {
    const refused = entryRefused(studio, route, call);
    const reply = refused ?? (await route.handle(studio, call));
    await sendReply(studio, call, reply);
  } catch (error) {
    await sendFailure(studio, route, call, error);
  }
}

/**
 * Returns a redirect when login is needed; throws when the person may not, or the request comes from another
 * site.
 */
function entryRefused(studio: Studio, route: Route, call: Call): Reply | undefined {
  const byToken = call.path.startsWith('/api/');
  if (!byToken && CHANGES.has(route.method) && !isSameOrigin(call.req, studio.config.publicUrl))
    throw new Refused('other-origin');
  if (route.who === 'anyone') return undefined;
  const { actor } = call;
  if (actor === undefined) {
    if (route.isForScripts || route.method !== 'GET') throw new Refused('login-needed');
    return { kind: 'redirect', to: `/studio/login?next=${encodeURIComponent(call.req.url ?? '/studio')}` };
  }
  const reads = route.method === 'GET' || route.method === 'HEAD';
  if (
    actor.scopes !== undefined &&
    !actor.scopes.includes(reads ? 'read' : 'write') &&
    !(!reads && actor.scopes.includes('publish'))
  )
    throw new Refused('not-allowed');
  if (route.who === 'admins' && actor.role !== 'admin') throw new Refused('not-allowed');
  if (route.who === 'editors' && actor.role === 'contributor') throw new Refused('not-allowed');
  return undefined;
}

async function sendFailure(studio: Studio, route: Route, call: Call, error: unknown): Promise<void> {
  const { status, problem, isOurs } = failureOfError(error);
  if (isOurs) studio.log.error({ err: error, path: call.path }, 'A request of the studio failed');
  if (call.res.headersSent) {
    call.res.destroy();
    return;
  }
  const sentence = call.texts.problems[problem.code](problem.values);
  // RFC 9110, section 15.5.2, and RFC 6750, section 3. Browsers log in by a page and get no such header.
  if (status === 401 && call.path.startsWith('/api/')) call.res.setHeader('WWW-Authenticate', 'Bearer');
  const differences = error instanceof FeedWouldBreak ? error.differences : [];
  if (route.isForScripts || call.path.startsWith('/api/')) {
    const value = { problem: { ...problem, sentence }, ...(differences.length > 0 ? { differences } : {}) };
    await sendReply(studio, call, { kind: 'json', status, value });
    return;
  }
  await sendReply(studio, call, {
    kind: 'page',
    view: 'error',
    title: call.texts.errorTitle,
    status,
    values: { sentence, differences, needsLogin: problem.code === 'login-needed' },
    bare: call.actor === undefined,
  });
}
