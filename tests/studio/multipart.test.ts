import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Refused } from '../../src/model/problem.ts';
import { type MultipartOptions, readMultipart } from '../../src/studio/request/multipart.ts';

type Files = { name: string; field: string; bytes: Buffer }[];

/** A server that reads every request as a form; `outcome` is what came of the last one. */
async function formServer(options: Partial<MultipartOptions> = {}) {
  const files: Files = [];
  const outcomes: unknown[] = [];
  const server = createServer(async (req, res) => {
    try {
      const fields = await readMultipart(req, {
        maxFields: 20,
        async onFile(name, stream, field) {
          const parts: Buffer[] = [];
          for await (const part of stream) parts.push(part);
          files.push({ name, field, bytes: Buffer.concat(parts) });
        },
        ...options,
      });
      outcomes.push(Object.fromEntries(fields.names().map((name) => [name, fields.all(name)])));
      res.end('taken');
    } catch (error) {
      outcomes.push(error instanceof Refused ? error.problem : error);
      res.writeHead(400).end('refused');
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const { port } = address;
  const post = (body: NonNullable<RequestInit['body']>, headers: Record<string, string> = {}) =>
    fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body, headers });
  return { files, outcomes, port, post };
}

describe('a form with files', () => {
  it('gives its fields and its files, in whatever order they stand', async () => {
    const { files, outcomes, post } = await formServer();
    const form = new FormData();
    const sound = Buffer.alloc(300_000, 7);
    form.append('voce', new Blob([sound]), 'Perché è così.wav');
    form.append('title', ' Titolo\r\ndue ');
    form.append('tag', 'uno');
    form.append('foto', new Blob(['x']), 'foto.jpg');
    form.append('tag', 'due');
    expect((await post(form)).status).toBe(200);
    expect(files.map(({ name, field }) => [name, field])).toEqual([
      ['Perché è così.wav', 'voce'],
      ['foto.jpg', 'foto'],
    ]);
    expect(files[0]?.bytes.equals(sound)).toBe(true);
    expect(files[1]?.bytes.toString()).toBe('x');
    expect(outcomes).toEqual([{ title: [' Titolo\ndue '], tag: ['uno', 'due'] }]);
  });

  it('gives names without the paths that old browsers send, and no file where none was chosen', async () => {
    const { files, outcomes, post } = await formServer();
    const form = new FormData();
    form.append('a', new Blob(['x']), '../../etc/passwd');
    form.append('b', new Blob(['y']), 'C:\\Documenti\\voce.mp3');
    form.append('c', new Blob([]), '');
    expect((await post(form)).status).toBe(200);
    expect(files.map(({ name }) => name)).toEqual(['passwd', 'voce.mp3']);
    expect(outcomes).toEqual([{}]);
  });

  it('answers at once when a file is refused, whatever else comes', async () => {
    const begun: string[] = [];
    const { outcomes, post } = await formServer({
      onFile: async (name) => {
        begun.push(name);
        throw new Refused('upload-no-room', { size: '2 GB', free: '1 GB' });
      },
    });
    const form = new FormData();
    form.append('a', new Blob([Buffer.alloc(5_000_000)]), 'a.wav');
    form.append('b', new Blob([Buffer.alloc(5_000_000)]), 'b.wav');
    const answer = await post(form);
    expect([answer.status, await answer.text()]).toEqual([400, 'refused']);
    expect(begun).toEqual(['a.wav']);
    expect(outcomes).toEqual([{ code: 'upload-no-room', values: { size: '2 GB', free: '1 GB' } }]);
  });

  it('goes on when nobody wants a file', async () => {
    const { outcomes, post } = await formServer({ onFile: async () => {} });
    const form = new FormData();
    form.append('a', new Blob([Buffer.alloc(3_000_000)]), 'a.wav');
    form.append('title', 'Titolo');
    expect((await post(form)).status).toBe(200);
    expect(outcomes).toEqual([{ title: ['Titolo'] }]);
  });

  it('of which the sender goes away ends as one that is too short, for whoever reads its file too', async () => {
    const reads: unknown[] = [];
    const { outcomes, port } = await formServer({
      async onFile(_name, stream) {
        try {
          for await (const _ of stream);
        } catch (error) {
          reads.push(error);
        }
      },
    });
    const socket = connect(port, '127.0.0.1');
    const head = '--x\r\nContent-Disposition: form-data; name="a"; filename="a.wav"\r\n\r\n';
    socket.write(
      `POST / HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 9999\r\n\r\n${head}abc`,
    );
    await sleep(100);
    socket.destroy();
    while (outcomes.length === 0) await sleep(10);
    expect(outcomes).toEqual([{ code: 'upload-length-wrong', values: {} }]);
    expect(reads).toHaveLength(1);
  });

  it.each([
    ['has no boundary', 'multipart/form-data', 'x'],
    ['is none', 'text/plain', 'x'],
    [
      'ends in the middle',
      'multipart/form-data; boundary=x',
      '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nab',
    ],
  ])('is refused that %s', async (_, type, body) => {
    const { outcomes, post } = await formServer();
    expect((await post(body, { 'Content-Type': type })).status).toBe(400);
    expect(outcomes).toEqual([
      { code: 'value-wrong', values: { field: 'form', reason: expect.any(String) } },
    ]);
  });

  it('is answered at once, however hostile it is', async () => {
    const { outcomes, post } = await formServer();
    const part = (head: string, text: string) => `--x\r\n${head}\r\n\r\n${text}\r\n`;
    const field = (name: string) => `Content-Disposition: form-data; name="${name}"`;
    const many = (head: string) => part(head, 'x').repeat(10_000);
    const refused = [
      '',
      'no delimiter at all',
      '--x\r\nContent-Dispo',
      `--x\r\n${field('a')}; filename="b"\r\n\r\ncut off`,
      `--x\r\nX: ${'y'.repeat(5_000_000)}`,
      many(field('a')),
      many(`${field('a')}; filename="b"`),
      many('X: no field'),
    ];
    const taken = [
      '--x--',
      `${part(`X: ${'y'.repeat(5_000_000)}\r\n${field('a')}`, 'lost')}--x--`,
      `${'preamble'.repeat(500_000)}\r\n${part(field('a'), 'x')}--x--${'epilogue'.repeat(500_000)}`,
      `${part(field('a'), '\r\n--'.repeat(200_000))}--x--`,
      `${part(`${field('__proto__')}; filename="c"`, '\0')}--x--`,
    ];
    const statuses = [];
    for (const body of [...refused, ...taken])
      statuses.push((await post(body, { 'Content-Type': 'multipart/form-data; boundary=x' })).status);
    expect(statuses).toEqual([...refused.map(() => 400), ...taken.map(() => 200)]);
    expect(outcomes[refused.length + 1]).toEqual({});
    const boundary = 'b'.repeat(8_000);
    expect((await post('x', { 'Content-Type': `multipart/form-data; boundary=${boundary}` })).status).toBe(
      400,
    );
  });

  it('is taken without a part whose head names no field (RFC 7578, 4.2)', async () => {
    const { outcomes, post } = await formServer();
    const part = (head: string, text: string) => `--x\r\n${head}\r\n\r\n${text}\r\n`;
    const body = `${part('Content-Disposition', 'ab')}${part('Content-Disposition: form-data; name="title"', 'Uno')}--x--`;
    expect((await post(body, { 'Content-Type': 'multipart/form-data; boundary=x' })).status).toBe(200);
    expect(outcomes).toEqual([{ title: ['Uno'] }]);
  });

  it('is refused that has more fields, or more text, than a form of ours', async () => {
    const { outcomes, post } = await formServer();
    const many = new FormData();
    for (let field = 0; field < 30; field += 1) many.append(`field ${field}`, 'x');
    expect((await post(many)).status).toBe(400);
    const long = new FormData();
    long.append('body', 'x'.repeat(13_000_000));
    expect((await post(long)).status).toBe(400);
    expect(outcomes).toMatchObject([
      { code: 'value-wrong', values: { field: 'form' } },
      { code: 'value-wrong', values: { field: 'body' } },
    ]);
  });
});
