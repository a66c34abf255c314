import { describe, expect, it } from 'vitest';
import { publishedName, safeName } from '../../src/publishing/uploads/safe-name.ts';

describe('the name of an uploaded file', () => {
  it.each([
    ['Intervista Gilberto.wav', 'Intervista Gilberto.wav'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Documenti\\voce.mp3', 'voce.mp3'],
    ['/srv/radio/', 'radio'],
    ['..', 'file'],
    ['...', 'file'],
    ['', 'file'],
    ['\u0000\u0007', 'file'],
    ['.htaccess', 'htaccess'],
    ['a\u0000b\nc\td.mp3', 'a b c d.mp3'],
    // A right-to-left override makes `exe.3pm` of what ends in `mp3.exe`.
    ['voce\u202E3pm.exe', 'voce3pm.exe'],
    ['\u2066voce\u2069\uFEFF\u200B.mp3', 'voce.mp3'],
    ['cafe\u0301.mp3', 'caf\u00E9.mp3'],
    ['voce.mp3. . ', 'voce.mp3'],
    ['NUL', '_NUL'],
    ['con.mp3', '_con.mp3'],
    ['console.mp3', 'console.mp3'],
    ['mezzo \uD83D surrogato.mp3', 'mezzo surrogato.mp3'],
  ])('%j becomes %j', (raw, safe) => {
    expect(safeName(raw)).toBe(safe);
  });

  it('has at most 120 bytes, whole characters, and its extension', () => {
    const long = safeName(`${'è'.repeat(300)}.flac`);
    expect(Buffer.byteLength(long)).toBeLessThanOrEqual(120);
    expect(long).toMatch(/^è+\.flac$/);
    expect(Buffer.byteLength(safeName('🎙'.repeat(100)))).toBe(120);
    expect(Buffer.byteLength(safeName(`a.${'x'.repeat(300)}`))).toBe(120);
  });

  it('stays as it is when it is made safe again', () => {
    for (const name of ['../ voce\u202E .mp3', `${'è'.repeat(300)}.flac`, 'NUL.wav'])
      expect(safeName(safeName(name))).toBe(safeName(name));
  });
});

describe('the name of a published file', () => {
  it.each([
    ['Intervista Gilberto.wav', 'audio', 'intervista-gilberto.mp3'],
    ['È già così – Straße 2.FLAC', 'audio', 'e-gia-cosi-strasse-2.mp3'],
    ['录音.m4a', 'audio', 'audio.mp3'],
    ['CON.wav', 'audio', 'file-con.mp3'],
    ['Gilberto.VTT', 'transcript', 'gilberto.vtt'],
    ['Gilberto.chapters.json', 'chapters', 'gilberto.chapters.json'],
    ['kapitel.json', 'chapters', 'kapitel.chapters.json'],
    ['Foto di gruppo.JPEG', 'picture', 'foto-di-gruppo.jpeg'],
    ['senza', 'picture', 'senza'],
    ['..\\x.mp3;rm -rf', 'audio', 'x.mp3'],
  ] as const)('of %j is, as %s, %j', (name, kind, published) => {
    expect(publishedName(safeName(name), kind, [])).toBe(published);
  });

  it('follows the bytes where they are something else than the name says', () => {
    expect(publishedName('foto.png', 'picture', [], 'jpg')).toBe('foto.jpg');
  });

  it('is one that nothing else of the draft has, whatever the case', () => {
    const taken = ['Voce.mp3', 'voce-2.MP3', 'voce.vtt'];
    expect(publishedName('voce.wav', 'audio', taken)).toBe('voce-3.mp3');
    expect(publishedName('voce.srt', 'transcript', taken)).toBe('voce.srt');
  });
});
