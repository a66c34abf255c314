import { describe, expect, it } from 'vitest';
import { parseArticle } from '../../src/article/article.ts';
import { passagesOf } from '../../src/article/passages.ts';

const html = (markdown: string) =>
  parseArticle(markdown).render({
    segments: [
      { file: 'a.mp3', seconds: 7200, href: '/a.mp3' },
      { file: 'b.mp3', seconds: 600, href: '/b.mp3' },
    ],
    files: new Map(),
    pictures: new Map(),
  }).html;
const passages = (markdown: string) => passagesOf(html(markdown));
const ids = (markdown: string) => passages(markdown).map(({ id }) => id);

const MONDAY = '[0:12](a.mp3#t=12.6) Lunedì 27 gennaio DeepSeek era in testa alla classifica.';

describe('the id of a passage', () => {
  it('is made of its first telling words and stands on its block', () => {
    expect(html(MONDAY)).toContain('<p id="lunedi-27-gennaio-deepseek"><a href="/a.mp3#t=12.6"');
  });

  it('stays when others are added and moved, when its end is edited and when its moment is', () => {
    const edited = `Prima.\n\n[5:00](a.mp3#t=300) Un'altra cosa ancora.\n\n- uno\n\n[0:14](a.mp3#t=14) Lunedì 27 gennaio DeepSeek, che sorpresa.`;
    expect(ids(edited)).toEqual(
      ['altra-cosa-ancora', 'lunedi-27-gennaio-deepseek'].map((id) => expect.stringContaining(id)),
    );
  });

  it('is never given twice', () => {
    expect(ids(`${MONDAY}\n\n${MONDAY}\n\n${MONDAY} 2`)).toEqual([
      'lunedi-27-gennaio-deepseek',
      'lunedi-27-gennaio-deepseek-2',
      'lunedi-27-gennaio-deepseek-3',
    ]);
  });

  it.each(['Segment 1', 'content', 'q', 'Transcript 1', 't1 754', 'bar'])(
    'is no id that the page may have: %s',
    (words) => {
      expect(ids(`## ${words} [1:00](a.mp3#t=60)`)[0]).toMatch(/^p-/);
    },
  );

  it('is there for a passage that is only a time, and for other scripts', () => {
    expect(ids('[1:00](a.mp3#t=60)\n\n[1:10](a.mp3#t=70) Это тридцать слов')).toEqual([
      'p-60',
      'это-тридцать-слов',
    ]);
  });

  it('cannot be forged by raw HTML, nor given to what carries no moment', () => {
    const forged = html(
      `<p id="content">a</p>\n\n<div id="q"></div>\n\n<h2 id="segment-1" title='" id="x'>b</h2>\n\n${MONDAY}`,
    );
    expect(forged.match(/ id="[^"]*"/g)).toEqual([' id="lunedi-27-gennaio-deepseek"']);
  });
});

describe('passages', () => {
  it('are the blocks that hold a moment, in the order of the text, with their words', () => {
    expect(
      passages(
        `## Lunedì nero di borsa [0:10](a.mp3#t=10)\n\n${MONDAY}\n\nSenza niente.\n\n- Poi [una cosa strana](b.mp3#t=1:02) & basta\n- no`,
      ),
    ).toEqual([
      {
        id: 'lunedi-nero-borsa',
        segment: 0,
        start: 10,
        href: '/a.mp3#t=10',
        words: 'Lunedì nero di borsa',
        heading: true,
      },
      {
        id: 'lunedi-27-gennaio-deepseek',
        segment: 0,
        start: 12.6,
        href: '/a.mp3#t=12.6',
        words: 'Lunedì 27 gennaio DeepSeek era in testa alla classifica.',
        heading: false,
      },
      {
        id: 'cosa-strana-basta',
        segment: 1,
        start: 62,
        href: '/b.mp3#t=62',
        words: 'Poi una cosa strana & basta',
        heading: false,
      },
    ]);
  });

  it('are whole quotations and list items where all moments are in one paragraph of them', () => {
    const quoted = '> Moltiplicala per dieci, e resta una cifra.\n>\n> [0:40](a.mp3#t=40.6)';
    expect(html(quoted)).toContain('<blockquote id="moltiplicala-dieci-resta-cifra">\n<p>Molt');
    expect(
      ids('> [0:40](a.mp3#t=40) Prima frase detta.\n>\n> [0:50](a.mp3#t=50) Seconda frase detta.'),
    ).toEqual(['prima-frase-detta', 'seconda-frase-detta']);
  });

  it('keep a list item apart from the list in it', () => {
    const [outer, inner] = passages(
      '- Una cosa detta [1:00](a.mp3#t=60)\n  - Un dettaglio ulteriore qui [1:10](a.mp3#t=70)',
    );
    expect(outer).toMatchObject({ start: 60, words: 'Una cosa detta' });
    expect(inner).toMatchObject({ start: 70, words: 'Un dettaglio ulteriore qui' });
  });

  it('have the first moment of each segment that they name', () => {
    expect(
      passages('Prima [uno](b.mp3#t=5), poi [due](a.mp3#t=9), poi [tre](b.mp3#t=7).').map(
        ({ segment, start }) => [segment, start],
      ),
    ).toEqual([
      [1, 5],
      [0, 9],
    ]);
  });

  it('are not made of a link to a whole segment, unless it says its beginning', () => {
    expect(ids('Qui parla a lungo [Gilberto](a.mp3).')).toEqual([]);
    expect(passages('Si comincia [da qui](a.mp3#t=0:00) subito.')).toMatchObject([{ start: 0 }]);
  });
});
