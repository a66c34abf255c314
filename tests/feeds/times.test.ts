import { parseRssFeed } from 'feedsmith';
import { describe, expect, test } from 'vitest';
import { parseArticle } from '../../src/article/article.ts';
import { passagesOf } from '../../src/article/passages.ts';
import { rssFeed } from '../../src/feeds/feeds.ts';
import { entriesOf, episode, ORIGIN, segment, showChannel, twoInterviews } from './station-sample.ts';

const itemsOf = (...parameters: Parameters<typeof rssFeed>) =>
  parseRssFeed(rssFeed(...parameters)).items ?? [];
const itemOf = (...parameters: Parameters<typeof rssFeed>) => itemsOf(...parameters)[0] ?? {};

describe('the times in an item', () => {
  const moment = (id: string, start: number, words: string, segmentAt = 0) =>
    `<p id="${id}"><a href="/a#t=${start}" data-segment="${segmentAt}" data-start="${start}">${words}</p>`;
  const linesOf = (changes: Parameters<typeof episode>[0], at = 0): string[] =>
    timesIn(itemsOf(showChannel(), entriesOf(episode(changes)))[at]?.description);
  const timesIn = (html = ''): string[] =>
    (/<p>([^<]*(?:<br>[^<]*)*)<\/p>$/.exec(html)?.[1] ?? '').split('<br>\n');
  const chapters = (...all: [start: number, title: string][]) => ({
    chapters: all.map(([start, title]) => ({ start, title })),
  });

  test('are its chapters, also as Podlove’s, each with its address and picture', () => {
    const own = [
      { start: 252.5, title: 'Il <costo> & "altro"', url: '/shows/a?b=1&c=2', img: '/pictures/x/640.jpg' },
      { start: 0, title: 'Apertura' },
      { start: 9_999, title: 'Oltre la fine' },
    ];
    const item = itemOf(showChannel(), entriesOf(episode({ segments: [segment({ chapters: own })] })));
    expect(item.psc).toEqual({
      chapters: [
        { start: '00:00:00.000', title: 'Apertura' },
        {
          start: '00:04:12.500',
          title: 'Il <costo> & "altro"',
          href: `${ORIGIN}/shows/a?b=1&c=2`,
          image: `${ORIGIN}/pictures/x/640.jpg`,
        },
      ],
    });
    expect(rssFeed(showChannel(), entriesOf(episode()))).toContain('<psc:chapters version="1.2">');
    expect(timesIn(item.description)).toEqual([
      '00:00 Apertura',
      '04:12 Il &lt;costo&gt; &amp; "altro"'.replaceAll('"', '&quot;'),
    ]);
    expect(timesIn(item.content?.encoded)).toEqual(timesIn(item.description));
  });

  test('are the article’s moments where there are no chapters: of this sound, in order, as they begin', () => {
    const articleHtml = [
      moment(
        'dopo',
        300,
        '5:00</a> Una frase che continua per molte parole, ben oltre quello che sta in una riga sola.',
      ),
      moment('altra', 20, 'Di un’altra voce</a>', 1),
      moment('prima', 65.9, '(1:05)</a> – Prima di tutto'),
      moment('stessa', 65, 'Nello stesso secondo</a>'),
      moment('oltre', 5_000, 'Oltre la fine</a>'),
    ].join('');
    const segments = [segment({ chapters: [] }), segment({ chapters: [], guid: 'b', file: 'b.mp3' })];
    expect(linesOf({ articleHtml, segments })).toEqual([
      '00:00 Gilberto',
      '01:05 Nello stesso secondo',
      '05:00 Una frase che continua per molte parole, ben oltre quello…',
    ]);
    expect(linesOf({ articleHtml, segments }, 1)).toEqual(['00:00:20 Di un’altra voce']);
  });

  test('and the links in the article come of one pairing, which is the text’s own', () => {
    const markdown = [
      '[Gilberto](gilberto.mp3)',
      '[0:12](gilberto.mp3#t=12.6) Lunedì 27 gennaio DeepSeek era in testa alla classifica.',
      '> Ti danno il pane e mezza ricetta.\n>\n> [0:58](gilberto.mp3#t=0:58)',
      '- Il conto\n- La stessa pagina avverte, [più avanti](gilberto.mp3#t=1:34), che altro resta fuori.',
    ].join('\n\n');
    const href = '/shows/s/e/gilberto.mp3';
    const heard = [{ file: 'gilberto.mp3', seconds: 200, href }];
    const surroundings = { segments: heard, files: new Map(), pictures: new Map() };
    const { html } = parseArticle(markdown).render(surroundings);
    const segments = [segment({ chapters: [], seconds: 200 })];
    const item = itemOf(showChannel(), entriesOf(episode({ articleHtml: html, segments })));
    expect(timesIn(item.description)).toEqual([
      '00:00 Gilberto',
      '00:12 Lunedì 27 gennaio DeepSeek era in testa alla classifica.',
      '00:58 Ti danno il pane e mezza ricetta.',
      '01:34 La stessa pagina avverte, più avanti, che altro resta fuori.',
    ]);
    const passages = passagesOf(html).map(({ id, start }) => `?t=${start}#${id}`);
    expect(passages).toHaveLength(3);
    expect([...(item.content?.encoded ?? '').matchAll(/\?t=[^"]+/g)].map(([address]) => address)).toEqual(
      passages,
    );
    for (const { id } of passagesOf(html)) expect(html).toContain(` id="${id}"`);
  });

  test('begin at the beginning, since apps take lines for chapters only so', () => {
    const segments = [segment(chapters([10, 'Uno'], [70, 'Due']))];
    expect(linesOf({ segments })).toEqual(['00:00 Gilberto', '00:10 Uno', '01:10 Due']);
  });

  test('have hours in each line of a long sound, and where minutes could be taken for hours', () => {
    const all = chapters([0, 'Uno'], [40, 'Due'], [3_700, 'Tre']);
    expect(linesOf({ segments: [segment({ ...all, seconds: 4_000 })] })).toEqual([
      '00:00:00 Uno',
      '00:00:40 Due',
      '01:01:40 Tre',
    ]);
    // As hours and minutes, 00:40 would still be within three quarters of an hour, but not within half of one.
    expect(linesOf({ segments: [segment({ ...all, seconds: 2_700 })] })).toEqual([
      '00:00:00 Uno',
      '00:00:40 Due',
    ]);
    expect(linesOf({ segments: [segment({ ...all, seconds: 1_800 })] })).toEqual(['00:00 Uno', '00:40 Due']);
  });

  test('stay within 4000 bytes of description: the summary first, then whole lines; the article has all of them', () => {
    const many = Array.from({ length: 200 }, (_, at): [number, string] => [at * 6, `Capitolo & città ${at}`]);
    const item = itemOf(
      showChannel(),
      entriesOf(episode({ summary: 'è & '.repeat(300), segments: [segment(chapters(...many))] })),
    );
    const bytes = Buffer.byteLength(item.description ?? '');
    expect(bytes).toBeLessThanOrEqual(4000);
    expect(bytes).toBeGreaterThan(3900);
    expect(item.description).toMatch(/^<p>è &amp; è.*<\/p>\n<p>00:00 Capitolo/s);
    const lines = timesIn(item.description);
    for (const [at, line] of lines.entries())
      expect(line).toMatch(new RegExp(`^\\d\\d:\\d\\d Capitolo &amp; città ${at}$`));
    expect(timesIn(item.content?.encoded)).toHaveLength(200);
    const full = itemOf(showChannel(), entriesOf(episode({ summary: 'parola '.repeat(2000) })));
    expect(full.description).toMatch(/parola…$/);
  });

  test('are nowhere in an item without chapters and moments', () => {
    const item = itemOf(showChannel(), entriesOf(twoInterviews));
    expect(item.description).toBe(twoInterviews.summary);
  });
});
