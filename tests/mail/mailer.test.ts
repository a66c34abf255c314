import { type AddressInfo, createServer } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createMailer } from '../../src/mail/mailer.ts';
import { refused } from '../accounts/opened.ts';

type Received = { from: string; to: string[]; user: string; text: string };

/** A mail server on loopback that keeps what it gets, until the test ends. */
async function mailServer(options: SMTPServerOptions = {}) {
  const received: Received[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    ...options,
    onAuth: ({ username, password }, _session, done) =>
      password === 'segreto@casa'
        ? done(null, { user: username ?? '' })
        : done(new Error('Wrong: segreto@casa')),
    onData(stream, { envelope, user }, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        received.push({
          from: envelope.mailFrom === false ? '' : envelope.mailFrom.address,
          to: envelope.rcptTo.map(({ address }) => address),
          user: String(user ?? ''),
          text: Buffer.concat(parts).toString(),
        });
        done();
      });
    },
  });
  const port = await new Promise<number>((resolve) => {
    const listening = server.listen(0, '127.0.0.1', () => {
      const address = listening.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  onTestFinished(() => new Promise<void>((resolve) => void server.close(() => resolve())));
  return { received, port };
}

const MESSAGE = {
  to: 'anna@radio.example',
  subject: 'Entra nello studio: caffè',
  text: 'Ciao Anna,\nqui.\n',
};

describe('a message', () => {
  it('is handed to the mail server, in the radio’s name, with the password of the setting', async () => {
    const { received, port } = await mailServer();
    const mailer = createMailer({
      smtpUrl: `smtp://radio:segreto%40casa@127.0.0.1:${port}?logger=true&debug=true`,
      mailFrom: 'Radio Prova <studio@radio.example>',
    });
    expect(mailer.enabled).toBe(true);
    await mailer.send(MESSAGE);
    expect(received).toEqual([
      {
        from: 'studio@radio.example',
        to: ['anna@radio.example'],
        user: 'radio',
        text: expect.stringContaining('Ciao Anna,\r\nqui.'),
      },
    ]);
    const text = received[0]?.text ?? '';
    expect(text).toContain('From: Radio Prova <studio@radio.example>');
    expect(text).toContain('Auto-Submitted: auto-generated');
    expect(text).toMatch(/Subject: =\?UTF-8\?/);
  });

  it('goes to one address, whatever stands in it', async () => {
    const { received, port } = await mailServer();
    const mailer = createMailer({ smtpUrl: `smtp://127.0.0.1:${port}`, mailFrom: 'studio@radio.example' });
    await expect(mailer.send({ ...MESSAGE, to: 'a@radio.example, b@evil.example' })).rejects.toMatchObject({
      problem: { code: 'mail-failed' },
    });
    expect(received).toEqual([]);
    await mailer.send({ ...MESSAGE, subject: 'x\r\nBcc: c@evil.example' });
    expect(received.map(({ to }) => to)).toEqual([['anna@radio.example']]);
    expect(received[0]?.text).not.toMatch(/^Bcc:/im);
  });

  it('that is not taken says why by a code, and repeats nothing that the server said', async () => {
    const { port } = await mailServer();
    const mailer = createMailer({
      smtpUrl: `smtp://radio:geheim@127.0.0.1:${port}`,
      mailFrom: 'studio@radio.example',
    });
    const error = await mailer.send(MESSAGE).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject(refused('mail-failed', { reason: 'EAUTH 535' }));
    expect(error).not.toHaveProperty('cause');
  });

  it('is given up when the server does not answer', async () => {
    const mute = createServer(() => {});
    await new Promise<void>((resolve) => void mute.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void mute.close());
    const { port }: AddressInfo = Object.assign({ port: 0, address: '', family: '' }, mute.address());
    const mailer = createMailer({
      smtpUrl: `smtp://127.0.0.1:${port}`,
      mailFrom: 'studio@radio.example',
      longestMs: 100,
    });
    await expect(mailer.send(MESSAGE)).rejects.toMatchObject(refused('mail-failed', { reason: 'ETIMEDOUT' }));
  });

  it('carries no password over the open network', async () => {
    const { received, port } = await mailServer({ authOptional: false });
    const mailer = createMailer({
      // A name of this machine that is not known to be it.
      smtpUrl: `smtp://radio:segreto%40casa@0.0.0.0:${port}`,
      mailFrom: 'studio@radio.example',
    });
    await expect(mailer.send(MESSAGE)).rejects.toMatchObject(refused('mail-failed', { reason: 'ETLS 500' }));
    expect(received).toEqual([]);
  });

  it('is not sent where no mail server is set', async () => {
    const mailer = createMailer({ smtpUrl: undefined, mailFrom: 'studio@radio.example' });
    expect(mailer.enabled).toBe(false);
    await expect(mailer.send(MESSAGE)).rejects.toMatchObject(refused('mail-failed', { reason: 'SMTP_URL' }));
  });
});
