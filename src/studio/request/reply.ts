import { mayManage } from '../../model/permissions.ts';
import { navigationFor, studioViewHelpers } from '../frame.ts';
import type { Call, Reply } from '../route.ts';
import type { Studio } from '../studio.ts';
import { noticeCookie, noticeIn, noticeRead } from './cookies.ts';

/** Sends what a handler answers. */
export async function sendReply(studio: Studio, call: Call, reply: Reply): Promise<void> {
  switch (reply.kind) {
    case 'done':
      return;
    case 'json':
      setHeaders(call, { 'Content-Type': 'application/json; charset=utf-8', ...reply.headers });
      setCookies(call, reply.cookies ?? []);
      call.res.statusCode = reply.status ?? 200;
      call.res.end(reply.value === undefined ? undefined : JSON.stringify(reply.value));
      return;
    case 'redirect':
      setCookies(call, [
        ...(reply.cookies ?? []),
        ...(reply.notice === undefined ? [] : [noticeCookie(reply.notice, studio.config.isSecure)]),
      ]);
      call.res.statusCode = 303;
      call.res.setHeader('Location', reply.to);
      call.res.end();
      return;
    case 'page':
      return sendPage(studio, call, reply);
  }
}

async function sendPage(studio: Studio, call: Call, page: Extract<Reply, { kind: 'page' }>): Promise<void> {
  const passed = noticeIn(call.req.headers.cookie);
  const helpers = await studioViewHelpers(studio, call);
  const body = studio.views(`studio/${page.view}`, { ...helpers, ...page.values });
  const isBare = page.bare === true || call.actor === undefined;
  const html = studio.views('layouts/studio', {
    ...helpers,
    body,
    title: page.title,
    section: page.section,
    notice: page.notice ?? passed,
    navigation: isBare || call.actor === undefined ? [] : await navigationFor(studio, call.actor, call.now),
    manages: call.actor !== undefined && mayManage(call.actor),
    isBare,
    sheet: studio.bundles.sheet,
    scripts: (page.scripts ?? []).map((name) => studio.bundles.script(name)),
    fonts: studio.fonts,
  });
  setHeaders(call, { 'Content-Type': 'text/html; charset=utf-8' });
  setCookies(call, [
    ...(page.cookies ?? []),
    ...(passed === undefined ? [] : [noticeRead(studio.config.isSecure)]),
  ]);
  call.res.statusCode = page.status ?? 200;
  call.res.end(html);
}

function setHeaders({ res }: Call, headers: Record<string, string>): void {
  for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
}

function setCookies({ res }: Call, cookies: string[]): void {
  if (cookies.length > 0) res.setHeader('Set-Cookie', cookies);
}
