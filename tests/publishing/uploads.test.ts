import { readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { EmptyAudio, NotAudio } from '../../src/audio/failures.ts';
import {
  AudioTooLong,
  CutAudio,
  DiskFull,
  ProductionFailed,
  SilentAudio,
} from '../../src/audio/production/failures.ts';
import type { ProductionOrder } from '../../src/audio/production/production.ts';
import { RetryLater } from '../../src/jobs/job.ts';
import { Refused } from '../../src/model/problem.ts';
import type { Upload } from '../../src/publishing/uploads/upload.ts';
import { plain } from '../images/pictures.ts';
import {
  created,
  fakeProducer,
  IRENE,
  MARIO,
  noise,
  PRODUCTION,
  patch,
  sha256,
  type UploadRoom,
  until,
  uploadRoom,
} from './opened-uploads.ts';

const DAY_MS = 24 * 3_600_000;
const namesIn = async (room: UploadRoom, folder: string) =>
  (await readdir(join(room.dataDir, folder))).sort();

/** Something that begins like a WAV; what it is, the fake producer decides. */
const SOUND = Buffer.concat([Buffer.from('RIFF\x24\0\0\0WAVEfmt ', 'latin1'), Buffer.alloc(100)]);

const take = (room: UploadRoom, name: string, data: Uint8Array | string = SOUND, draft = room.draft) =>
  room.uploads.take(IRENE, draft, { name, data: Buffer.from(data) });

/** Takes a file and has it examined. Returns what became of it. */
async function examined(room: UploadRoom, name: string, data?: Uint8Array | string): Promise<Upload> {
  const { id } = await take(room, name, data);
  await room.examine(id).catch((error: unknown) => {
    if (!(error instanceof Refused)) throw error;
  });
  return known(room, id);
}

async function known(room: UploadRoom, id: string): Promise<Upload> {
  const upload = await room.uploads.get(id);
  if (upload === undefined) throw new Error('there is no such upload');
  return upload;
}

describe('a file that is taken whole', () => {
  it('lies in the uploads, under a safe name, and waits to be looked at', async () => {
    const room = await uploadRoom();
    const bytes = noise(3_000_000);
    async function* data() {
      for (let at = 0; at < bytes.length; at += 100_000) yield bytes.subarray(at, at + 100_000);
    }
    const upload = await room.uploads.take(IRENE, room.draft, { name: '../../x\u202Egpj.mp3', data: data() });
    expect(upload).toMatchObject({
      name: 'xgpj.mp3',
      bytes: bytes.length,
      state: 'waiting',
      kind: 'unknown',
    });
    expect(sha256(await readFile(room.uploads.sourcePath(upload)))).toBe(sha256(bytes));
    expect(await room.jobOf(upload.id)).toMatchObject({ kind: 'examine', state: 'waiting' });
    expect(await namesIn(room, 'uploads')).toEqual([upload.id]);
  });

  it.each([
    ['is longer than it said', { bytes: 5 }, 'upload-length-wrong'],
    ['is shorter than it said', { bytes: 50 }, 'upload-length-wrong'],
    ['says that it is larger than a file may be', { bytes: 2e9 }, 'upload-too-large'],
  ])('is refused when it %s, and nothing of it stays', async (_, said, code) => {
    const room = await uploadRoom();
    const taking = room.uploads.take(IRENE, room.draft, { name: 'x', data: Buffer.alloc(10), ...said });
    await expect(taking).rejects.toMatchObject({ problem: { code } });
    expect(await namesIn(room, 'uploads')).toEqual([]);
    expect(await room.uploads.ofDraft(room.draft)).toEqual([]);
    expect(await room.journal()).toMatchObject([
      { action: 'upload-refused', by_id: 'irene', subject: room.draft },
    ]);
  });

  it('is refused when it turns out larger than a file may be, when its sender goes away, or may not bring it', async () => {
    const room = await uploadRoom({ maxBytes: 1_000 });
    async function* cut() {
      yield Buffer.alloc(10);
      throw new Error('the connection was cut');
    }
    const file = { name: 'x', data: Buffer.alloc(1_001) };
    await expect(room.uploads.take(IRENE, room.draft, file)).rejects.toMatchObject({
      problem: { code: 'upload-too-large' },
    });
    await expect(room.uploads.take(IRENE, room.draft, { name: 'x', data: cut() })).rejects.toMatchObject({
      problem: { code: 'upload-length-wrong' },
    });
    await expect(room.uploads.take(MARIO, room.draft, file)).rejects.toMatchObject({
      problem: { code: 'not-allowed' },
    });
    await expect(room.uploads.take(IRENE, '..', file)).rejects.toMatchObject({
      problem: { code: 'not-found' },
    });
    expect(await namesIn(room, 'uploads')).toEqual([]);
  });

  it('leaves whose bytes they are what they were', async () => {
    const room = await uploadRoom();
    const bytes = new Uint8Array(new ArrayBuffer(1_000)).fill(7);
    await room.uploads.take(IRENE, room.draft, { name: 'cover.jpg', data: bytes });
    expect(bytes.length).toBe(1_000);
  });
});

describe('what an upload is', () => {
  it('is told by its content: sound is made ready to publish', async () => {
    const orders: ProductionOrder[] = [];
    const room = await uploadRoom({
      producer: fakeProducer(async (order, { report }) => {
        orders.push(order);
        report?.('encoding', 0.5);
        await writeFile(order.target, 'the mp3');
        await writeFile(order.peaks, 'the peaks');
        return PRODUCTION;
      }),
    });
    const upload = await examined(room, 'Intervista Gilberto.txt');
    const { seconds, loudness, tags, chapters } = PRODUCTION;
    expect(upload).toMatchObject({
      state: 'ready',
      kind: 'audio',
      facts: {
        file: 'intervista-gilberto.mp3',
        sound: { seconds, loudness, tags, chapters, untouched: false },
      },
    });
    expect(orders).toMatchObject([{ voice: 'auto', source: room.uploads.sourcePath(upload) }]);
    expect(await readFile(room.uploads.readyPath(upload), 'utf8')).toBe('the mp3');
    expect(await readFile(room.uploads.peaksPath(upload), 'utf8')).toBe('the peaks');
    expect(room.changed).toEqual([room.draft]);
  });

  it.each([
    ['foto.mp3', 'jpeg', 'foto.jpg'],
    ['foto.JPG', 'png', 'foto.png'],
    ['foto', 'webp', 'foto.webp'],
    ['foto.gif', 'avif', 'foto.avif'],
    ['foto.tiff', 'tiff', 'foto.tif'],
  ] as const)('a picture called %s that is %s is %s', async (name, format, file) => {
    const room = await uploadRoom();
    const bytes = await plain(20, 10, '#c00').toFormat(format).toBuffer();
    const upload = await examined(room, name, bytes);
    expect(upload).toMatchObject({ kind: 'picture', facts: { file, picture: { width: 20, height: 10 } } });
    expect(await readFile(room.uploads.readyPath(upload))).toEqual(bytes);
  });

  const VTT = 'WEBVTT\n\n00:01.000 --> 00:02.000\nCiao\n';
  const SRT = '1\n00:00:01,000 --> 00:00:02,000\nPerché\n';
  const JSON_TRANSCRIPT = JSON.stringify({
    version: '1.0.0',
    segments: [{ startTime: 0, endTime: 1, body: 'Ciao' }],
  });
  const CHAPTERS = JSON.stringify({ version: '1.2.0', chapters: [{ startTime: 0, title: 'Inizio' }] });
  it.each([
    ['Voce.vtt', VTT, 'transcript', 'voce.vtt', VTT],
    ['voce.txt', `\uFEFF${VTT.replaceAll('\n', '\r\n')}`, 'transcript', 'voce.vtt', VTT],
    ['voce.srt', Buffer.from(SRT, 'latin1'), 'transcript', 'voce.srt', SRT],
    ['voce.srt', Buffer.from(`\uFEFF${SRT}`, 'utf16le'), 'transcript', 'voce.srt', SRT],
    ['voce.mp3', JSON_TRANSCRIPT, 'transcript', 'voce.json', JSON_TRANSCRIPT],
    ['voce.json', CHAPTERS, 'chapters', 'voce.chapters.json', CHAPTERS],
  ])('a text called %s is read, and stored in UTF-8', async (name, data, kind, file, text) => {
    const room = await uploadRoom();
    const upload = await examined(room, name, data);
    expect(upload).toMatchObject({ state: 'ready', kind, facts: { file } });
    expect(await readFile(room.uploads.readyPath(upload), 'utf8')).toBe(text);
  });

  it('gets a name that nothing else of the draft has, and keeps it', async () => {
    const room = await uploadRoom();
    const draft = await room.addDraft({ segments: [{ file: 'voce.mp3' }] });
    const files: (string | undefined)[] = [];
    for (const name of ['voce.wav', 'VOCE.flac']) {
      const { id } = await take(room, name, SOUND, draft);
      await room.examine(id);
      await room.uploads.again(IRENE, id, 'stereo');
      await room.examine(id, { voice: 'stereo' });
      files.push((await known(room, id)).facts?.file);
    }
    expect(files).toEqual(['voce-2.mp3', 'voce-3.mp3']);
  });
});

describe('an upload is refused that', () => {
  const HTML = '<!DOCTYPE html><html><body>404</body></html>';
  it.each([
    [
      'is a page called .mp3',
      'voce.mp3',
      HTML,
      { code: 'sound-not-audio', values: { name: 'voce.mp3', reason: 'HTML' } },
    ],
    [
      'is a page called .jpg',
      'foto.jpg',
      HTML,
      { code: 'picture-refused', values: { name: 'foto.jpg', reason: 'HTML' } },
    ],
    [
      'is a page called .vtt',
      'voce.vtt',
      HTML,
      { code: 'transcript-refused', values: { name: 'voce.vtt', reason: 'HTML' } },
    ],
    ['is a page', 'pagina', HTML, { code: 'file-not-for-us', values: { name: 'pagina' } }],
    ['is a drawing with scripts', 'foto.svg', '<svg xmlns="x"><script/></svg>', { code: 'file-not-for-us' }],
    ['is empty', 'voce.mp3', '', { code: 'sound-empty', values: { name: 'voce.mp3' } }],
    [
      'has a time that is none',
      'voce.vtt',
      'WEBVTT\n\n00:61.000 --> 00:02\nCiao',
      { code: 'transcript-refused', values: { name: 'voce.vtt', reason: 'WebVTT, 3: 00:61.000 --> 00:02' } },
    ],
    ['says nothing', 'voce.vtt', 'WEBVTT\n', { code: 'transcript-refused' }],
    [
      'is JSON of something else',
      'voce.json',
      '{"a":1}',
      { code: 'transcript-refused', values: { name: 'voce.json', reason: 'JSON: segments' } },
    ],
    ['is no JSON', 'voce.json', '{"a":', { code: 'transcript-refused' }],
    ['has no chapters', 'voce.chapters.json', '{"chapters":[]}', { code: 'transcript-refused' }],
  ])('%s', async (_, name, data, problem) => {
    const room = await uploadRoom();
    const upload = await examined(room, name, data);
    expect(upload).toMatchObject({ state: 'refused', problem });
    expect(room.changed).toEqual([room.draft]);
    expect(await room.journal()).toMatchObject([
      { action: 'upload-refused', subject: room.draft, via: 'system' },
    ]);
  });

  it('is a picture of more pixels than can be held', async () => {
    const room = await uploadRoom();
    const bomb = await plain(10, 10, '#000').png().toBuffer();
    // PNG 11.2.1: width and height in the first chunk, behind its type, and its checksum at the end.
    bomb.writeUInt32BE(30_000, 16);
    bomb.writeUInt32BE(30_000, 20);
    bomb.writeUInt32BE(crc32(bomb.subarray(12, 29)), 29);
    const { problem } = await examined(room, 'foto.png', bomb);
    expect(problem).toEqual({
      code: 'picture-refused',
      values: { name: 'foto.png', reason: '30000 × 30000 px' },
    });
  });

  it.each([
    [new NotAudio('it is noise'), 'sound-not-audio', { reason: 'it is noise' }],
    [new EmptyAudio('it holds no sound'), 'sound-empty', {}],
    [new SilentAudio(), 'sound-silent', {}],
    [new CutAudio(12.3), 'sound-cut', { seconds: '12' }],
    [new AudioTooLong(50_000, 43_200), 'sound-too-long', { hours: '12' }],
  ])('makes the producer say %s', async (error, code, values) => {
    const room = await uploadRoom({
      producer: fakeProducer(async () => {
        throw error;
      }),
    });
    const { state, problem } = await examined(room, 'voce.wav');
    expect([state, problem]).toEqual(['refused', { code, values: { name: 'voce.wav', ...values } }]);
  });

  it('breaks what works on it again and again', async () => {
    const room = await uploadRoom({
      producer: fakeProducer(async () => {
        throw new ProductionFailed('it fell');
      }),
    });
    const { id } = await take(room, 'voce.wav');
    const { signal } = new AbortController();
    for (const attempt of [1, 2]) {
      await expect(room.examine(id, {}, signal, attempt)).rejects.toThrow('it fell');
      expect((await known(room, id)).state).toBe('waiting');
    }
    await expect(room.examine(id, {}, signal, 3)).rejects.toMatchObject({
      problem: { code: 'sound-crashed' },
    });
    expect((await known(room, id)).problem).toMatchObject({ code: 'sound-crashed' });
  });

  it('nobody could examine, when the job runner gives up', async () => {
    const room = await uploadRoom();
    const { id } = await take(room, 'voce.wav');
    await room.uploads.examineFailed(id, { code: 'machine-failed', values: { reason: 'crash' } });
    expect(await known(room, id)).toMatchObject({ state: 'refused', problem: { code: 'machine-failed' } });
    expect(room.changed).toEqual([room.draft]);
  });
});

describe('the examination of an upload', () => {
  it.each([new DiskFull('no room'), Object.assign(new Error('write'), { code: 'ENOSPC' })])(
    'waits for room on the disk (%s)',
    async (error) => {
      const room = await uploadRoom({
        producer: fakeProducer(async () => {
          throw error;
        }),
      });
      const { id } = await take(room, 'voce.wav');
      const failing = room.examine(id);
      await expect(failing).rejects.toBeInstanceOf(RetryLater);
      await expect(failing).rejects.toMatchObject({ problem: { code: 'disk-full' } });
      expect((await known(room, id)).state).toBe('waiting');
    },
  );

  it('ends the same when it is done twice', async () => {
    const room = await uploadRoom();
    const upload = await examined(room, 'voce.wav');
    await room.examine(upload.id);
    expect(await known(room, upload.id)).toEqual(upload);
  });

  it('takes the voice that the draft, or whoever asks again, wants', async () => {
    const voices: string[] = [];
    const room = await uploadRoom({
      producer: fakeProducer(async ({ voice, target }) => {
        voices.push(voice);
        await writeFile(target, voice);
        return PRODUCTION;
      }),
    });
    const { id } = await take(room, 'voce.wav');
    const content_json = JSON.stringify({ segments: [{ file: 'voce.mp3', upload: id, voice: 'mono' }] });
    await room.records.db.updateTable('drafts').set({ content_json }).execute();
    await room.examine(id);
    const [first] = await room.jobs.ofSubjects([id]);
    await room.uploads.again(IRENE, id, 'stereo');
    expect((await known(room, id)).state).toBe('waiting');
    expect((await room.jobs.get(first?.id ?? 0))?.state).toBe('cancelled');
    const again = await room.records.db
      .selectFrom('jobs')
      .select('payload_json')
      .where('state', '=', 'waiting')
      .executeTakeFirstOrThrow();
    await room.examine(id, JSON.parse(again.payload_json));
    expect(voices).toEqual(['mono', 'stereo']);
    await expect(room.uploads.again(MARIO, id, 'mono')).rejects.toMatchObject({
      problem: { code: 'not-allowed' },
    });
  });

  it('leaves nothing of an upload that is taken back meanwhile', async () => {
    const begun = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    const room = await uploadRoom({
      producer: fakeProducer(async ({ target, peaks }) => {
        begun.resolve();
        await goOn.promise;
        await writeFile(target, 'the mp3');
        await writeFile(peaks, 'the peaks');
        return PRODUCTION;
      }),
    });
    const { id } = await take(room, 'voce.wav');
    const examining = room.examine(id);
    await begun.promise;
    await room.uploads.cancel(IRENE, id);
    goOn.resolve();
    await examining;
    expect((await known(room, id)).state).toBe('cancelled');
    expect((await room.jobs.ofSubjects([id])).map(({ state }) => state)).toEqual(['cancelled']);
    expect([...(await namesIn(room, 'uploads')), ...(await namesIn(room, 'sounds'))]).toEqual([]);
  });
});

describe('the uploads of a draft', () => {
  it('leave their originals for thirty days when it is published', async () => {
    const room = await uploadRoom();
    const sound = await examined(room, 'La voce.wav');
    await examined(room, 'voce.vtt', 'WEBVTT\n\n00:01.000 --> 00:02.000\nCiao\n');
    await room.uploads.release(room.draft);
    expect(await room.uploads.ofDraft(room.draft)).toEqual([]);
    const day = new Date().toISOString().slice(0, 10);
    const original = `${day}-${room.draft}-${sound.id}-La voce.wav`;
    expect(await namesIn(room, 'originals')).toEqual([original]);
    expect(await readFile(join(room.dataDir, 'originals', original))).toEqual(SOUND);
    expect([...(await namesIn(room, 'uploads')), ...(await namesIn(room, 'sounds'))]).toEqual([]);
    // A crash may have it called again.
    await room.uploads.release(room.draft);
    await writeFile(join(room.dataDir, 'originals', 'replaced-x-voce.mp3'), 'x');
    await room.uploads.expire(Date.now() + 29 * DAY_MS);
    expect(await namesIn(room, 'originals')).toEqual([original, 'replaced-x-voce.mp3']);
    await room.uploads.expire(Date.now() + 32 * DAY_MS);
    expect(await namesIn(room, 'originals')).toEqual([]);
  });

  it('leave nothing when no originals are kept, and when they are purged', async () => {
    const room = await uploadRoom({ keepOriginalsDays: 0 });
    await examined(room, 'voce.wav');
    await room.uploads.release(room.draft);
    expect(await namesIn(room, 'originals')).toEqual([]);
    room.reopen({ keepOriginalsDays: 30 });
    await examined(room, 'voce.wav');
    await room.uploads.release(room.draft);
    const other = await room.addDraft();
    await room.examine((await take(room, 'altra.wav', SOUND, other)).id);
    await room.uploads.release(other);
    await examined(room, 'voce.wav');
    await created(room, 1_000);
    await room.uploads.purge(room.draft);
    expect(await room.uploads.ofDraft(room.draft)).toEqual([]);
    expect(await namesIn(room, 'originals')).toEqual([expect.stringContaining(other)]);
    expect([...(await namesIn(room, 'uploads')), ...(await namesIn(room, 'sounds'))]).toEqual([]);
    expect(await room.jobs.underWay()).toEqual([]);
  });

  it('that were refused or taken back go in time', async () => {
    const room = await uploadRoom();
    const refused = await examined(room, 'voce.mp3', '<html>');
    const cancelled = await take(room, 'voce.wav');
    await room.uploads.cancel(IRENE, cancelled.id);
    await room.uploads.expire(Date.now() + 2 * DAY_MS);
    expect((await room.uploads.ofDraft(room.draft)).map(({ id }) => id)).toEqual([refused.id]);
    expect(await namesIn(room, 'uploads')).toEqual([refused.id]);
    await room.uploads.expire(Date.now() + 31 * DAY_MS);
    expect(await namesIn(room, 'uploads')).toEqual([]);
    expect((await known(room, refused.id)).problem?.code).toBe('sound-not-audio');
  });
});

describe('after a crash', () => {
  it('what has come whole is looked at, what has lost its bytes has expired, what is half there waits on', async () => {
    const room = await uploadRoom();
    const whole = await created(room, 10);
    const lost = await created(room, 10);
    const half = await created(room, 10);
    await writeFile(join(room.dataDir, 'uploads', whole.id), '0123456789');
    await rm(join(room.dataDir, 'uploads', lost.id));
    await patch(half.url, 0, '01234');
    await room.reopen().recover();
    expect(await known(room, whole.id)).toMatchObject({ state: 'waiting', received: 10 });
    expect(await room.jobOf(whole.id)).toMatchObject({ kind: 'examine' });
    expect(await known(room, lost.id)).toMatchObject({
      state: 'refused',
      problem: { code: 'upload-expired' },
    });
    expect(await known(room, half.id)).toMatchObject({ state: 'arriving', received: 5 });
    expect((await patch(half.url, 5, '56789')).status).toBe(204);
  });

  it('what waits to be looked at has a job, and is refused where that has failed', async () => {
    const room = await uploadRoom();
    const [waiting, failed] = [await take(room, 'a.wav'), await take(room, 'b.wav')];
    const problem_json = JSON.stringify({ code: 'machine-failed', values: { reason: 'crash' } });
    await room.records.db.deleteFrom('jobs').where('subject', '=', waiting.id).execute();
    await room.records.db.updateTable('jobs').set({ state: 'failed', problem_json }).execute();
    await room.uploads.recover();
    expect(await room.jobOf(waiting.id)).toMatchObject({ kind: 'examine', state: 'waiting' });
    expect(await known(room, failed.id)).toMatchObject({
      state: 'refused',
      problem: { code: 'machine-failed' },
    });
  });

  it('what belongs to nothing goes: at once what was being written, after a day what is whole', async () => {
    const room = await uploadRoom();
    const { id } = await examined(room, 'voce.wav');
    const [young, old] = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222'];
    const then = new Date(Date.now() - 2 * DAY_MS);
    for (const path of [`uploads/${young}`, `uploads/${old}`, `sounds/${old}.mp3`, `sounds/${id}.mp3.part`]) {
      await writeFile(join(room.dataDir, path), 'x');
      if (!path.includes(young)) await utimes(join(room.dataDir, path), then, then);
    }
    await utimes(join(room.dataDir, 'uploads', id), then, then);
    await room.uploads.recover();
    expect(await namesIn(room, 'uploads')).toEqual([young, id].sort());
    expect(await namesIn(room, 'sounds')).toEqual([`${id}.mp3`, `${id}.peaks`]);
  });

  it('the uploads of a draft that was published meanwhile are released', async () => {
    const room = await uploadRoom();
    await examined(room, 'voce.wav');
    await room.records.db.deleteFrom('drafts').execute();
    await room.uploads.recover();
    expect(await room.uploads.ofDraft(room.draft)).toEqual([]);
    expect(await namesIn(room, 'originals')).toHaveLength(1);
    await until(async () => (await namesIn(room, 'uploads')).length === 0);
  });
});
