import { describe, expect, it } from 'vitest';
import { parseChaptersFile } from '../../src/audio/chapters-file.ts';
import { ChaptersBroken } from '../../src/audio/failures.ts';

const file = (chapters: unknown) => JSON.stringify({ version: '1.2.0', author: 'Stacca Stacca', chapters });

describe('a chapters file', () => {
  it('gives its chapters in order of time, with address and picture', () => {
    const text = file([
      {
        startTime: 492,
        title: ' Aperto, ma quanto? ',
        url: 'https://example.org/',
        endTime: 500,
        extra: true,
      },
      { startTime: 0, title: 'La notizia', img: 'https://example.org/a.jpg' },
    ]);
    expect(parseChaptersFile(`\uFEFF${text}`)).toEqual([
      { start: 0, title: 'La notizia', img: 'https://example.org/a.jpg' },
      { start: 492, title: 'Aperto, ma quanto?', url: 'https://example.org/' },
    ]);
  });

  it('leaves out chapters that cannot be used', () => {
    const chapters = [
      { startTime: -1, title: 'Prima' },
      { startTime: 'uno', title: 'Testo' },
      { startTime: null, title: 'Niente' },
      { title: 'Senza' },
      { startTime: 3 },
      { startTime: 4, title: 'Nascosto', toc: false },
      { startTime: 5, title: 'Buono', url: 'javascript:alert(1)', img: 7 },
    ];
    expect(parseChaptersFile(file(chapters))).toEqual([{ start: 5, title: 'Buono' }]);
  });

  it.each(['', '{', '[]', '{}', '{"chapters":{}}', 'null'])('%j is refused with a reason', (text) => {
    expect(() => parseChaptersFile(text)).toThrow(ChaptersBroken);
  });
});
