import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, readFile, stat } from 'node:fs/promises';
import { createServer as createTcpServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { PROCESS_NAME } from '../../src/jobs/process-name.ts';
import {
  create,
  created,
  cutWay,
  head,
  noise,
  patch,
  portOf,
  sha256,
  slowPatch,
  TUS,
  tusUpload,
  type UploadRoom,
  until,
  uploadRoom,
} from './opened-uploads.ts';

const MB = 1024 * 1024;
const fileOf = (room: UploadRoom, id: string) => join(room.dataDir, 'uploads', id);
const idOf = (url: string) => url.split('/').at(-1) ?? '';
const isThere = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );

async function problemOf(answer: Response): Promise<unknown> {
  const body: unknown = await answer.json();
  return body !== null && typeof body === 'object' && 'problem' in body ? body.problem : body;
}

async function known(room: UploadRoom, id: string) {
  const upload = await room.uploads.get(id);
  if (upload === undefined) throw new Error('there is no such upload');
  return upload;
}

async function assertArrived(room: UploadRoom, url: string, bytes: Buffer): Promise<void> {
  const id = idOf(url);
  expect(sha256(await readFile(fileOf(room, id)))).toBe(sha256(bytes));
  expect(await room.uploads.get(id)).toMatchObject({ state: 'waiting', received: bytes.length });
  expect(await room.jobOf(id)).toMatchObject({ kind: 'examine', state: 'waiting' });
  expect(room.errors).toEqual([]);
}

describe('a resumable upload', () => {
  it('arrives whole, and waits to be looked at', async () => {
    const room = await uploadRoom();
    const bytes = noise(5 * MB);
    const metadata = { filename: 'Intervista è.wav', draft: room.draft };
    const url = await tusUpload(room.endpoint(), bytes, { metadata });
    await assertArrived(room, url, bytes);
    expect(await room.uploads.ofDraft(room.draft)).toMatchObject([
      { id: idOf(url), name: 'Intervista è.wav', ownerId: 'irene', bytes: bytes.length, kind: 'unknown' },
    ]);
  });

  it('goes on with what has come when its connection is cut, again and again', async () => {
    const room = await uploadRoom();
    const bytes = noise(8 * MB);
    const port = await cutWay(() => room.port, [MB, 2 * MB, 3 * MB]);
    const offsets: number[] = [];
    const url = await tusUpload(`http://127.0.0.1:${port}/studio/uploads`, bytes, {
      metadata: { filename: 'voce.wav', draft: room.draft },
      onAfterResponse: (req, res) => {
        if (req.getMethod() === 'HEAD') offsets.push(Number(res.getHeader('Upload-Offset')));
      },
    });
    await assertArrived(room, url.replace(String(port), String(room.port)), bytes);
    expect(offsets.length).toBe(3);
    expect(offsets.every((offset, at) => offset > (offsets[at - 1] ?? 0))).toBe(true);
  });

  it('goes on after the server was started anew', async () => {
    const room = await uploadRoom();
    const bytes = noise(6 * MB);
    const port = await cutWay(() => room.port, []);
    let isRestarted = false;
    const url = await tusUpload(`http://127.0.0.1:${port}/studio/uploads`, bytes, {
      metadata: { filename: 'voce.wav', draft: room.draft },
      chunkSize: MB,
      onChunkComplete: async (_size, accepted) => {
        if (isRestarted || accepted < 2 * MB) return;
        isRestarted = true;
        await room.restart();
        await room.uploads.recover();
      },
    });
    expect(isRestarted).toBe(true);
    await assertArrived(room, url.replace(String(port), String(room.port)), bytes);
  });

  it('has on the disk every byte that was acknowledged before the server is killed', async () => {
    const room = await uploadRoom();
    const bytes = noise(6 * MB);
    const probe = createTcpServer().listen(0, '127.0.0.1');
    await once(probe, 'listening');
    const port = portOf(probe.address());
    probe.close();
    await once(probe, 'close');
    const start = async () => {
      const program = new URL('../fixtures/upload-process.ts', import.meta.url);
      const child = fork(program, [room.dataDir, room.episodesDir, String(port)]);
      onTestFinished(() => void child.kill('SIGKILL'));
      await once(child, 'message');
      return child;
    };
    let server = await start();
    let acknowledged = 0;
    let found = 0;
    const url = await tusUpload(`http://127.0.0.1:${port}/studio/uploads`, bytes, {
      metadata: { filename: 'voce.wav', draft: room.draft },
      chunkSize: 256 * 1024,
      onChunkComplete: async (_size, accepted) => {
        if (acknowledged > 0 || accepted < 2 * MB) return;
        acknowledged = accepted;
        const exited = once(server, 'exit');
        server.kill('SIGKILL');
        await exited;
        const [upload] = await room.uploads.ofDraft(room.draft);
        found = upload?.received ?? 0;
        server = await start();
      },
    });
    expect(acknowledged).toBeGreaterThan(0);
    expect(found).toBeGreaterThanOrEqual(acknowledged);
    await assertArrived(room, url, bytes);
  });

  it.each(['the same process', 'another process'])(
    'is not held up by its own connection that died without a word, when it comes back to %s',
    async (where) => {
      const room = await uploadRoom();
      const bytes = noise(MB);
      const { url, id } = await created(room, bytes.length);
      const dead = await slowPatch(url, bytes.length);
      dead.write(bytes.subarray(0, 300_000));
      await until(async () => (await known(room, id)).received === 300_000);
      // The network is gone, and nobody has said so to the server.
      const back = where === 'another process' ? `${await room.elsewhere()}/${id}` : url;
      const found = await head(back);
      expect(found.headers.get('upload-offset')).toBe('300000');
      expect((await patch(back, 300_000, bytes.subarray(300_000))).status).toBe(204);
      dead.write(bytes.subarray(300_000, 400_000));
      await assertArrived(room, url, bytes);
    },
  );

  it('is not held up by a process that was killed', async () => {
    const room = await uploadRoom();
    const { id, url } = await created(room, 10);
    const lock = { name: `upload ${id}`, until: Date.now() + 60_000, release_asked: 0 };
    const exited = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
    await once(exited, 'exit');
    const holder = PROCESS_NAME.replace(`-${process.pid}-`, `-${exited.pid}-`);
    await room.records.db
      .insertInto('locks')
      .values({ ...lock, holder })
      .execute();
    expect((await patch(url, 0, '0123456789')).status).toBe(204);
  });

  it('has one writer: a second is told so, while bytes come from the first', async () => {
    const room = await uploadRoom();
    const bytes = noise(100_000);
    const { url } = await created(room, bytes.length);
    const first = await slowPatch(url, bytes.length);
    let sent = 0;
    const trickle = setInterval(() => {
      first.write(bytes.subarray(sent, sent + 100));
      sent += 100;
    }, 20);
    onTestFinished(() => clearInterval(trickle));
    await until(async () => ((await room.uploads.ofDraft(room.draft))[0]?.received ?? 0) > 0);
    const second = await patch(url, 0, noise(100));
    expect(second.status).toBe(423);
    expect(await problemOf(second)).toEqual({ code: 'upload-busy', values: {} });
    clearInterval(trickle);
    first.write(bytes.subarray(sent));
    const [answer] = await once(first, 'data');
    expect(String(answer)).toMatch(/^HTTP\/1.1 204/);
    await assertArrived(room, url, bytes);
  });

  it('that has arrived is looked at, though the answer to its last byte was lost', async () => {
    const room = await uploadRoom();
    const { id, url } = await created(room, 10);
    await patch(url, 0, '0123456789');
    await room.records.db.deleteFrom('jobs').execute();
    await room.records.db.updateTable('uploads').set({ state: 'arriving', received: 0 }).execute();
    expect((await head(url)).headers.get('upload-offset')).toBe('10');
    expect(await room.jobOf(id)).toMatchObject({ kind: 'examine', state: 'waiting' });
    expect((await patch(url, 10, '')).status).toBe(204);
  });

  it('of no bytes has arrived at once', async () => {
    const room = await uploadRoom();
    const bytes = Buffer.alloc(0);
    const { url } = await created(room, 0);
    await assertArrived(room, url, bytes);
  });
});

describe('a resumable upload is refused', () => {
  it.each([
    ['without a length', { 'Upload-Length': '' }, 400, 'value-wrong'],
    ['with a negative length', { 'Upload-Length': '-5' }, 400, 'value-wrong'],
    ['with a length that is no number', { 'Upload-Length': '1e3' }, 400, 'value-wrong'],
    ['with a length to be told later', { 'Upload-Defer-Length': '1' }, 400, 'value-wrong'],
    ['longer than a file may be', { 'Upload-Length': '1000000001' }, 413, 'upload-too-large'],
    ['of another version', { 'Tus-Resumable': '0.2.2' }, 412, 'value-wrong'],
    ['without a name', { 'Upload-Metadata': 'draft eA==' }, 400, 'value-wrong'],
    ['with broken Base64', { 'Upload-Metadata': 'filename dm9j*,draft eA==' }, 400, 'value-wrong'],
    ['with a name that is no UTF-8', { 'Upload-Metadata': 'filename //4=,draft eA==' }, 400, 'value-wrong'],
    ['with two names', { 'Upload-Metadata': 'filename eA==,filename eA==,draft eA==' }, 400, 'value-wrong'],
    ['for a draft that is none', { 'Upload-Metadata': 'filename eA==,draft Li4vLi4v' }, 404, 'not-found'],
    ['for somebody else’s draft', { Authorization: 'mario' }, 403, 'not-allowed'],
  ])('%s', async (_, headers, status, code) => {
    const room = await uploadRoom();
    const answer = await create(room, { bytes: 10, headers });
    expect(answer.status).toBe(status);
    expect(await problemOf(answer)).toMatchObject({ code });
    expect(await room.uploads.ofDraft(room.draft)).toEqual([]);
  });

  it('when there is no room for it and for what will be made of it, before its first byte', async () => {
    const room = await uploadRoom({ maxBytes: 1e15 });
    const answer = await create(room, { bytes: 1e14 });
    expect(answer.status).toBe(507);
    expect(await problemOf(answer)).toMatchObject({
      code: 'upload-no-room',
      values: { size: '186265 GB', free: expect.stringMatching(/^\d+ GB$/) },
    });
    const { free } = await room.uploads.diskUsage();
    const first = Math.floor(free * 0.35);
    expect((await create(room, { bytes: first })).status).toBe(201);
    // What has only been announced counts already.
    expect((await create(room, { bytes: first })).status).toBe(507);
    expect((await room.journal()).map(({ action, subject, by_name }) => [action, subject, by_name])).toEqual([
      ['upload-refused', room.draft, 'Irene'],
      ['upload-refused', room.draft, 'Irene'],
    ]);
  });

  it('when twenty of somebody’s are unfinished', async () => {
    const room = await uploadRoom();
    const answers = await Promise.all(Array.from({ length: 22 }, () => create(room, { bytes: 10 })));
    expect(answers.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([
      ...Array.from({ length: 20 }, () => 201),
      429,
      429,
    ]);
    expect(await room.uploads.ofDraft(room.draft)).toHaveLength(20);
  });

  it.each([
    ['by more than it said', () => noise(20)],
    [
      'by more than it said, in a body without a length',
      () =>
        new ReadableStream({
          async start(controller) {
            controller.enqueue(noise(10));
            await sleep(50);
            controller.enqueue(noise(10));
            controller.close();
          },
        }),
    ],
  ])('when it grows %s', async (_, body) => {
    const room = await uploadRoom();
    const { id, url } = await created(room, 10);
    const answer = await patch(url, 0, body());
    expect(answer.status).toBe(413);
    expect(await problemOf(answer)).toEqual({ code: 'upload-length-wrong', values: {} });
    expect((await stat(fileOf(room, id))).size).toBe(0);
    expect(await room.uploads.get(id)).toMatchObject({ state: 'arriving', received: 0 });
    // However often a program tries, it is written down once.
    expect((await patch(url, 0, noise(20))).status).toBe(413);
    expect(await room.journal()).toMatchObject([
      { action: 'upload-refused', subject: room.draft, by_id: 'irene' },
    ]);
    expect((await patch(url, 0, '0123456789')).status).toBe(204);
  });

  it('at another place than its end, with another type, and when it is whole', async () => {
    const room = await uploadRoom();
    const { url } = await created(room, 10);
    expect((await patch(url, 0, '01234')).headers.get('upload-offset')).toBe('5');
    expect((await patch(url, 4, '4')).status).toBe(409);
    expect((await patch(url, 6, '6')).status).toBe(409);
    expect((await patch(url, 5, '5', { 'Content-Type': 'text/plain' })).status).toBe(415);
    expect((await patch(url, 5, '5', { 'Upload-Offset': '-1' })).status).toBe(400);
    expect((await patch(url, 5, '56789')).status).toBe(204);
    expect((await patch(url, 0, '0123456789')).status).toBe(409);
    expect((await patch(url, 10, '0')).status).toBe(413);
  });

  it('when nobody knows it, or it is not one’s own', async () => {
    const room = await uploadRoom();
    const { url } = await created(room, 10);
    for (const id of ['00000000-0000-4000-8000-000000000000', '..%2f..%2fstudio.sqlite'])
      expect((await patch(`${room.endpoint()}/${id}`, 0, 'x')).status).toBe(404);
    expect((await patch(url, 0, 'x', { Authorization: 'mario' })).status).toBe(403);
    const headers = { ...TUS, Authorization: 'mario' };
    expect((await fetch(url, { method: 'HEAD', headers })).status).toBe(403);
    expect((await fetch(url, { method: 'DELETE', headers })).status).toBe(403);
    expect((await fetch(url, { headers: TUS })).status).toBe(405);
  });
});

describe('a resumable upload ends', () => {
  it('when it is taken back, also while it arrives', async () => {
    const room = await uploadRoom();
    const { id, url } = await created(room, 1_000);
    const writer = await slowPatch(url, 1_000);
    writer.write(noise(500));
    await until(async () => (await room.uploads.get(id))?.received === 500);
    expect((await fetch(url, { method: 'DELETE', headers: TUS })).status).toBe(204);
    const [answer] = await once(writer, 'data');
    expect(String(answer)).toMatch(/^HTTP\/1.1 410/);
    expect(await isThere(fileOf(room, id))).toBe(false);
    expect((await head(url)).status).toBe(410);
    expect((await room.uploads.get(id))?.state).toBe('cancelled');
    expect(room.changed).toEqual([room.draft]);
  });

  it('after seven days in which not all of it came, and says until when it may', async () => {
    const room = await uploadRoom();
    const answer = await create(room, { bytes: 10 });
    const url = new URL(answer.headers.get('location') ?? '', room.endpoint()).href;
    const id = idOf(url);
    const until = Date.parse(answer.headers.get('upload-expires') ?? '');
    expect(until).toBeGreaterThan(Date.now() + 6.9 * 24 * 3_600_000);
    await patch(url, 0, '01234');
    await room.uploads.expire(until - 60_000);
    expect((await head(url)).headers.get('upload-expires')).toBe(new Date(until).toUTCString());
    await room.uploads.expire(until + 60_000);
    expect((await head(url)).status).toBe(410);
    expect(await problemOf(await patch(url, 5, '56789'))).toEqual({ code: 'upload-expired', values: {} });
    expect(await isThere(fileOf(room, id))).toBe(false);
    expect(await room.uploads.get(id)).toMatchObject({
      state: 'refused',
      problem: { code: 'upload-expired' },
    });
    expect(room.changed).toEqual([room.draft]);
    expect(await room.journal()).toMatchObject([
      { action: 'upload-refused', subject: room.draft, via: 'system' },
    ]);
  });
});

it('the endpoint says what it can do', async () => {
  const room = await uploadRoom();
  const answer = await fetch(room.endpoint(), { method: 'OPTIONS' });
  expect(answer.status).toBe(204);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'tus-resumable': '1.0.0',
    'tus-version': '1.0.0',
    'tus-extension': 'creation,termination,expiration',
    'tus-max-size': '1000000000',
  });
});
