import { describe, expect, it } from 'vitest';
import { configFrom } from '../src/config.ts';

describe('settings of the studio', () => {
  it('have values when nothing is set', () => {
    expect(configFrom({})).toMatchObject({
      smtpUrl: undefined,
      mailFrom: 'riascolta@localhost',
      trustProxy: [],
      keepOriginalsDays: 30,
      monoBitrate: 96,
      stereoBitrate: 128,
      maxUploadBytes: 4 * 1024 ** 3,
    });
    expect(configFrom({ PUBLIC_URL: 'https://radio.example:8443' }).mailFrom).toBe('riascolta@radio.example');
  });

  it('are read as they are set', () => {
    const config = configFrom({
      SMTP_URL: 'smtps://radio:se%40greto@mail.example:465',
      MAIL_FROM: 'Radio Prova <studio@radio.example>',
      TRUST_PROXY: 'loopback, 10.0.0.0/8 2001:db8::1',
      KEEP_ORIGINALS: '0',
      SPEECH_KBPS: '64',
      MUSIC_KBPS: '320',
      MAX_UPLOAD_MB: '10',
    });
    expect(config).toMatchObject({
      smtpUrl: 'smtps://radio:se%40greto@mail.example:465',
      mailFrom: 'Radio Prova <studio@radio.example>',
      trustProxy: ['loopback', '10.0.0.0/8', '2001:db8::1'],
      keepOriginalsDays: 0,
      monoBitrate: 64,
      stereoBitrate: 320,
      maxUploadBytes: 10 * 1024 ** 2,
    });
  });

  it.each([
    ['SMTP_URL', 'https://mail.example'],
    ['SMTP_URL', 'mail.example:25'],
    ['SMTP_URL', 'smtp://user:%ff@mail.example'],
    ['MAIL_FROM', 'studio'],
    ['MAIL_FROM', 'a@b.example\nBcc: c@d.example'],
    ['TRUST_PROXY', 'proxy.example'],
    ['TRUST_PROXY', '10.0.0.0/33'],
    ['TRUST_PROXY', 'true'],
    ['KEEP_ORIGINALS', '3651'],
    ['SPEECH_KBPS', '100'],
    ['MUSIC_KBPS', '32'],
    ['MAX_UPLOAD_MB', '0'],
  ])('stop the start with one sentence that names them: %s=%j', (name, value) => {
    expect(() => configFrom({ [name]: value })).toThrow(new RegExp(`^The setting ${name} .*\\.$`, 's'));
  });

  it('are not repeated where they hold a password', () => {
    expect(() => configFrom({ SMTP_URL: 'http://radio:geheim@mail.example' })).toThrow(
      /^(?!.*geheim)The setting SMTP_URL must be/,
    );
  });
});
