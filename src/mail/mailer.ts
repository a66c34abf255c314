import { isIP } from 'node:net';
import type { Config } from '../config.ts';
import { Refused } from '../model/problem.ts';

export type Message = { to: string; subject: string; text: string };

export type Mailer = {
  /** Whether there is a server to hand messages to. */
  enabled: boolean;
  /** Resolves when the server has taken the message. Throws `Refused` (`mail-failed`, with a code for a reason). */
  send(message: Message): Promise<void>;
};

/** Somebody waits for the page that says whether the message went out. */
const LONGEST_MS = 15_000;

/**
 * Returns what hands messages to the server of `SMTP_URL`. Passwords go out encrypted only: by `smtps:`, or by STARTTLS
 * (RFC 3207), which a server elsewhere must then offer. Of an error nothing is passed on but its code, because what
 * a server says may repeat what was sent.
 */
export function createMailer({
  smtpUrl,
  mailFrom,
  longestMs = LONGEST_MS,
}: Pick<Config, 'smtpUrl' | 'mailFrom'> & { longestMs?: number }): Mailer {
  if (smtpUrl === undefined) {
    return {
      enabled: false,
      send: async () => {
        throw new Refused('mail-failed', { reason: 'SMTP_URL' });
      },
    };
  }
  const options = {
    ...serverOf(smtpUrl),
    logger: false,
    connectionTimeout: longestMs,
    greetingTimeout: longestMs,
    socketTimeout: longestMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
  return {
    enabled: true,
    async send({ to, subject, text }) {
      // Loaded when the first message goes out: it takes 25 MB.
      const { createTransport } = await import('nodemailer');
      const transport = createTransport(options);
      try {
        await transport.sendMail({
          from: mailFrom,
          // As an object it is one address, whatever is in it.
          to: { name: '', address: to },
          subject,
          text,
          // RFC 3834, section 5: no holiday answers to a machine.
          headers: { 'Auto-Submitted': 'auto-generated' },
          xMailer: false,
          signal: AbortSignal.timeout(longestMs),
        });
      } catch (error) {
        throw new Refused('mail-failed', { reason: reasonOf(error) });
      }
    },
  };
}

/** Only what says where and as whom: options in the address, such as for logging, are not for here. */
function serverOf(smtpUrl: string) {
  const { protocol, hostname, port, username, password } = new URL(smtpUrl);
  const host = hostname.replace(/^\[|\]$/g, '');
  const secure = protocol === 'smtps:';
  const login = { user: decodeURIComponent(username), pass: decodeURIComponent(password) };
  return {
    host,
    secure,
    ...(port === '' ? {} : { port: Number(port) }),
    ...(username === '' ? {} : { auth: login, requireTLS: !secure && !isThisMachine(host) }),
  };
}

const isThisMachine = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if (error.name === 'AbortError' || error.name === 'TimeoutError') return 'ETIMEDOUT';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  const status = 'responseCode' in error && typeof error.responseCode === 'number' ? error.responseCode : '';
  return `${code} ${status}`.trim();
}
