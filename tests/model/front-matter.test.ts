import { expect, it } from 'vitest';
import { FrontMatterBroken, parseFrontMatter, withKeys } from '../../src/model/front-matter/front-matter.ts';

const EPISODE = `---
# dalla redazione
title: "Ciao"   # provvisorio
x-sala: {posti: 30}
segments:
  - file: a.mp3   # la prima
    title: A

  - file: b.mp3
# fine
---

Testo --- con righe
---
dentro`;

it('reads values, body and the line of each key', () => {
  const front = parseFrontMatter(EPISODE);
  expect(front.data.title).toBe('Ciao');
  expect(front.body).toBe('\nTesto --- con righe\n---\ndentro');
  expect(front.lineOf('segments')).toBe(5);
  expect(EPISODE.split('\n')[front.bodyLine]).toBe('Testo --- con righe');
});

it('adds a key and leaves every other byte as it was', () => {
  const added = withKeys(EPISODE, { guid: 'abc' });
  expect(added.replace('guid: abc\n', '')).toBe(EPISODE);
  expect(parseFrontMatter(added).data.guid).toBe('abc');
});

it('changes a value and keeps the comment behind it, unknown keys and the order', () => {
  const changed = withKeys(EPISODE, { title: 'Nuovo: titolo' });
  expect(changed).toBe(EPISODE.replace('title: "Ciao"', 'title: "Nuovo: titolo"'));
});

it('changes an entry of a list and keeps the comments in the others', () => {
  const changed = withKeys(EPISODE, {
    segments: [{ file: 'a.mp3', title: 'A', guid: 'uno' }, { file: 'b.mp3' }],
  });
  expect(changed).toContain('- file: a.mp3 # la prima');
  expect(parseFrontMatter(changed).data.segments).toEqual([
    { file: 'a.mp3', title: 'A', guid: 'uno' },
    { file: 'b.mp3' },
  ]);
  expect(changed).toContain('# fine\n---\n\nTesto');
});

it('takes a key out with its comment and nothing else', () => {
  expect(withKeys(EPISODE, { title: undefined })).toBe(
    EPISODE.replace('title: "Ciao"   # provvisorio\n', ''),
  );
});

it('leaves a value that is the same as it is, quotes and comment too', () => {
  expect(withKeys(EPISODE, { title: 'Ciao' })).toBe(EPISODE);
});

it('keeps the line endings of Windows', () => {
  const text = EPISODE.replaceAll('\n', '\r\n');
  expect(withKeys(text, { guid: 'abc' })).toBe(text.replace('# fine\r\n', '# fine\r\nguid: abc\r\n'));
});

it('gives a file that has no front matter one of its own', () => {
  const text = withKeys('Solo testo.\n', { title: 'Titolo' });
  expect(parseFrontMatter(text)).toMatchObject({ data: { title: 'Titolo' }, body: '\nSolo testo.\n' });
});

it.each([
  ['a bracket left open', '---\ntitle: [uno\ndate: 2025-01-30\n---\n', 3],
  ['a list instead of keys', '---\n- uno\n---\n', 2],
  ['a missing end', '---\ntitle: uno\n', 1],
  ['a key given twice', '---\ntitle: uno\ntitle: due\n---\n', 3],
])('names the line of %s', (_, text, line) => {
  expect(() => parseFrontMatter(text)).toThrow(FrontMatterBroken);
  try {
    parseFrontMatter(text);
  } catch (error) {
    expect(error).toHaveProperty('line', line);
  }
});

it('refuses a document that unfolds into millions of values', () => {
  const lines = ['a: &a [x, x, x, x, x, x, x, x, x]'];
  for (const [at, name] of [...'bcdefgh'].entries()) {
    const before = 'abcdefg'.charAt(at);
    lines.push(`${name}: &${name} [${Array.from({ length: 9 }, () => `*${before}`).join(', ')}]`);
  }
  expect(() => parseFrontMatter(`---\n${lines.join('\n')}\n---\n`)).toThrow(FrontMatterBroken);
});
