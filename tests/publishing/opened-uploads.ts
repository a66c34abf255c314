import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { type AddressInfo, connect, createServer as createTcpServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DetailedError, Upload as TusUpload, type UploadOptions } from 'tus-js-client';
import { onTestFinished } from 'vitest';
import { HOUSE_RULES, type Producer, type Production } from '../../src/audio/production/production.ts';
import { openJobs } from '../../src/jobs/jobs.ts';
import type { Actor } from '../../src/model/permissions.ts';
import { openUploads, type UploadsOptions } from '../../src/publishing/uploads/open-uploads.ts';
import { openRecords } from '../../src/records/records.ts';
import { temporaryFolder } from '../fixtures/station-folder.ts';

export const IRENE: Actor = {
  id: 'irene',
  name: 'Irene',
  role: 'editor',
  shows: [],
  mayPublish: true,
  via: 'studio',
};
export const MARIO: Actor = { ...IRENE, id: 'mario', name: 'Mario', role: 'contributor', shows: ['altro'] };

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
export const noise = (bytes: number) => randomBytes(bytes);

/** Waits until something is so. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await sleep(10);
}

export const PRODUCTION: Production = {
  seconds: 60,
  bytes: 7,
  channels: 1,
  bitrate: 96,
  untouched: false,
  loudnessBefore: -23,
  loudness: -16.1,
  truePeak: -1.3,
  tags: { title: 'Gilberto' },
  chapters: [{ start: 0, title: 'Inizio' }],
};

/** A producer that makes of every sound the bytes `the mp3`, or does what it is told. */
export function fakeProducer(produce?: Producer['produce']): Producer {
  return {
    produce:
      produce ??
      (async ({ target, peaks }) => {
        await writeFile(target, 'the mp3');
        await writeFile(peaks, 'the peaks');
        return PRODUCTION;
      }),
    drawPeaks: ({ target }) => writeFile(target, 'the peaks'),
    warm: () => {},
    close: async () => {},
  };
}

type Settings = Partial<UploadsOptions>;

/** A data folder with a draft of Irene's in it, and its uploads behind an HTTP server. */
export async function uploadRoom(settings: Settings = {}) {
  const folder = await temporaryFolder();
  const [dataDir, episodesDir] = [join(folder, 'var'), join(folder, 'episodes')];
  await mkdir(episodesDir);
  const records = await openRecords(dataDir);
  onTestFinished(() => records.close());
  const jobs = openJobs({ records, now: settings.now });
  const changed: string[] = [];
  const draft = await addDraft();

  async function addDraft(content: object = {}): Promise<string> {
    const id = randomUUID();
    const by = {
      owner_id: IRENE.id,
      owner_name: IRENE.name,
      updated_by: IRENE.id,
      updated_by_name: IRENE.name,
    };
    await records.db
      .insertInto('drafts')
      .values({
        ...{ id, revision: 1, content_json: JSON.stringify(content), show: 'stacca-stacca', title: '' },
        ...{ created_at: 1, updated_at: 1, ...by },
      })
      .execute();
    return id;
  }

  const open = (more: Settings = {}, through = records) =>
    openUploads({
      ...{
        records: through,
        jobs: openJobs({ records: through, now: settings.now }),
        dataDir,
        episodesDir,
        maxBytes: 1e9,
        keepOriginalsDays: 30,
        rules: HOUSE_RULES,
      },
      producer: fakeProducer(),
      onSettled: (id) => void changed.push(id),
      ...settings,
      ...more,
    });
  let uploads = open();
  const errors: unknown[] = [];

  /** Serves the uploads to Irene, and to Mario where he says that he is. */
  async function serve(served = () => uploads) {
    const server = createServer((req, res) => {
      const actor = req.headers.authorization === 'mario' ? MARIO : IRENE;
      served()
        .tus(req, res, actor)
        .catch((error: unknown) => {
          errors.push(error);
          res.writeHead(500).end();
        });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const close = async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    };
    onTestFinished(async () => {
      if (server.listening) await close();
    });
    return { port: portOf(server.address()), close };
  }

  let serving = await serve();
  const journal = () => records.db.selectFrom('journal').selectAll().orderBy('id').execute();
  const jobOf = (id: string) =>
    records.db.selectFrom('jobs').selectAll().where('subject', '=', id).executeTakeFirst();
  return {
    folder,
    dataDir,
    episodesDir,
    records,
    jobs,
    draft,
    addDraft,
    changed,
    errors,
    journal,
    jobOf,
    get uploads() {
      return uploads;
    },
    /** Opens them anew, as a process does that has just started. */
    reopen(more: Settings = {}) {
      uploads = open(more);
      return uploads;
    },
    get port() {
      return serving.port;
    },
    endpoint: () => `http://127.0.0.1:${serving.port}/studio/uploads`,
    /** Serves the same data folder as another process does. Returns its endpoint. */
    async elsewhere(): Promise<string> {
      const theirs = await openRecords(dataDir);
      onTestFinished(() => theirs.close());
      const other = open({}, theirs);
      return `http://127.0.0.1:${(await serve(() => other)).port}/studio/uploads`;
    },
    async restart() {
      await serving.close();
      uploads = open();
      serving = await serve();
    },
    /** Examines an upload as the job runner does. */
    examine: (id: string, payload: unknown = {}, signal = new AbortController().signal, attempt = 1) =>
      uploads.examine({ subject: id, payload, report: () => {}, signal, attempt }),
  };
}
export type UploadRoom = Awaited<ReturnType<typeof uploadRoom>>;

export function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

export const TUS = { 'Tus-Resumable': '1.0.0' };

const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** Creates an upload by hand. Returns the answer. */
export const create = (
  room: UploadRoom,
  {
    bytes,
    name = 'voce.wav',
    draft = room.draft,
    headers = {},
  }: {
    bytes: number | string;
    name?: string;
    draft?: string;
    headers?: Record<string, string>;
  },
): Promise<Response> =>
  fetch(room.endpoint(), {
    method: 'POST',
    headers: {
      ...TUS,
      'Upload-Length': String(bytes),
      'Upload-Metadata': `filename ${base64(name)},draft ${base64(draft)}`,
      ...headers,
    },
  });

/** Creates an upload by hand. Returns its address. */
export async function created(
  room: UploadRoom,
  bytes: number,
  name?: string,
): Promise<{ id: string; url: string }> {
  const answer = await create(room, { bytes, ...(name !== undefined && { name }) });
  const location = answer.headers.get('location') ?? '';
  return { id: location.split('/').at(-1) ?? '', url: new URL(location, room.endpoint()).href };
}

export const patch = (
  url: string,
  offset: number,
  body: NonNullable<RequestInit['body']>,
  headers: Record<string, string> = {},
): Promise<Response> =>
  fetch(url, {
    method: 'PATCH',
    headers: {
      ...TUS,
      'Upload-Offset': String(offset),
      'Content-Type': 'application/offset+octet-stream',
      ...headers,
    },
    body,
    ...(body instanceof ReadableStream && { duplex: 'half' }),
  });

export const head = (url: string): Promise<Response> => fetch(url, { method: 'HEAD', headers: TUS });

/** Uploads with tus-js-client. Resolves with the address when all is there. */
export function tusUpload(
  endpoint: string,
  bytes: Buffer,
  options: Partial<UploadOptions> & { metadata: Record<string, string> },
): Promise<string> {
  return new Promise((resolve, reject) => {
    const upload = new TusUpload(bytes, {
      endpoint,
      retryDelays: [50, 200, 500, 1_000, 2_000, 2_000],
      onSuccess: () => resolve(upload.url ?? ''),
      onError: (error) => reject(error instanceof DetailedError ? error : new Error(String(error))),
      ...options,
    });
    upload.start();
  });
}

/** Begins a PATCH on a connection of its own, of which the caller sends the body as it likes. */
export async function slowPatch(url: string, length: number): Promise<Socket> {
  const { port, pathname } = new URL(url);
  const socket = connect(Number(port), '127.0.0.1');
  await once(socket, 'connect');
  socket.on('error', () => {});
  socket.write(
    [
      `PATCH ${pathname} HTTP/1.1`,
      'Host: 127.0.0.1',
      'Tus-Resumable: 1.0.0',
      'Upload-Offset: 0',
      'Content-Type: application/offset+octet-stream',
      `Content-Length: ${length}`,
      '\r\n',
    ].join('\r\n'),
  );
  onTestFinished(() => void socket.destroy());
  return socket;
}

/** A way to a server that is cut after so many bytes, as often as told; then it holds. */
export async function cutWay(port: () => number, cuts: number[]): Promise<number> {
  const left = [...cuts];
  const way = createTcpServer((client) => {
    const server = connect(port(), '127.0.0.1');
    let passed = 0;
    const end = () => {
      client.destroy();
      server.destroy();
    };
    client.on('data', (piece) => {
      passed += piece.length;
      server.write(piece);
      if (left[0] !== undefined && passed > left[0]) {
        left.shift();
        end();
      }
    });
    server.on('data', (piece) => client.write(piece));
    for (const socket of [client, server]) socket.on('error', end).on('close', end);
  });
  way.listen(0, '127.0.0.1');
  await once(way, 'listening');
  onTestFinished(() => void way.close());
  return portOf(way.address());
}
