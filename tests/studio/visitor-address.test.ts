import { describe, expect, it } from 'vitest';
import { clientAddress, trustedProxies } from '../../src/studio/request/client-address.ts';

/** The address found for a connection from `remote` with these headers. */
function addressFor(
  trusted: string[],
  remote: string,
  headers: { 'x-forwarded-for'?: string; forwarded?: string } = {},
): string {
  return clientAddress({ socket: { remoteAddress: remote }, headers }, trustedProxies(trusted));
}

describe('where a request comes from', () => {
  it('is the connection’s own address when no proxy is trusted, whatever the headers say', () => {
    const headers = { 'x-forwarded-for': '198.51.100.1', forwarded: 'for=198.51.100.1' };
    expect(addressFor([], '192.0.2.7', headers)).toBe('192.0.2.7');
    expect(addressFor(['loopback'], '192.0.2.7', headers)).toBe('192.0.2.7');
    expect(addressFor([], '::ffff:192.0.2.7')).toBe('192.0.2.7');
    expect(addressFor([], 'fe80::1%eth0')).toBe('fe80::1');
  });

  it('is what a trusted proxy says of the connection before it', () => {
    for (const remote of ['127.0.0.1', '::1', '::ffff:127.0.0.1'])
      expect(addressFor(['loopback'], remote, { 'x-forwarded-for': '198.51.100.1' })).toBe('198.51.100.1');
    expect(addressFor(['10.0.0.0/8'], '10.3.2.1', { forwarded: 'for=198.51.100.1;proto=https' })).toBe(
      '198.51.100.1',
    );
  });

  it('is read from the right, through trusted proxies only', () => {
    const trusted = ['loopback', '10.0.0.0/8'];
    const through = (list: string) => addressFor(trusted, '127.0.0.1', { 'x-forwarded-for': list });
    expect(through('1.1.1.1, 198.51.100.1')).toBe('198.51.100.1');
    expect(through('1.1.1.1, 198.51.100.1, 10.0.0.1')).toBe('198.51.100.1');
    expect(through('10.0.0.2, 10.0.0.1')).toBe('10.0.0.2');
    expect(through('1.1.1.1, unknown')).toBe('127.0.0.1');
    expect(through('1.1.1.1, ')).toBe('127.0.0.1');
    expect(through('1.1.1.1, 0x7f000001')).toBe('127.0.0.1');
    expect(through('')).toBe('127.0.0.1');
  });

  it('is found with ports, brackets and quotes, and commas that separate nothing', () => {
    const forwarded = (text: string) => addressFor(['loopback'], '127.0.0.1', { forwarded: text });
    expect(forwarded('for="[2001:db8:cafe::17]:4711"')).toBe('2001:db8:cafe::17');
    expect(forwarded('For=1.1.1.1, by=10.0.0.1; for="198.51.100.1:47"; host="a,for=2.2.2.2,b"')).toBe(
      '198.51.100.1',
    );
    expect(forwarded('for=_hidden')).toBe('127.0.0.1');
    expect(addressFor(['loopback'], '127.0.0.1', { 'x-forwarded-for': '[2001:db8::1]:80' })).toBe(
      '2001:db8::1',
    );
    expect(addressFor(['loopback'], '127.0.0.1', { 'x-forwarded-for': '198.51.100.1:80' })).toBe(
      '198.51.100.1',
    );
  });

  it('is the proxy’s own address when the two headers disagree: one of them is the visitor’s', () => {
    const headers = { 'x-forwarded-for': '198.51.100.1', forwarded: 'for=1.1.1.1' };
    expect(addressFor(['loopback'], '127.0.0.1', headers)).toBe('127.0.0.1');
    expect(addressFor(['loopback'], '127.0.0.1', { ...headers, forwarded: 'for=198.51.100.1' })).toBe(
      '198.51.100.1',
    );
  });

  it('takes no longer for a header that is made to be slow', () => {
    const hostile = `"${'\\"'.repeat(7_000)}`;
    const headers = { 'x-forwarded-for': ','.repeat(15_000), forwarded: hostile };
    expect(addressFor(['loopback'], '127.0.0.1', headers)).toBe('127.0.0.1');
  });
});
