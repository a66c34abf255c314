import { describe, expect, test } from 'vitest';
import { linkIn } from '../../src/site/links.ts';
import { articleParts as cutArticle } from '../../src/site/view-models/article.ts';
import { chapterViews, momentAddress } from '../../src/site/view-models/chapters.ts';
import { segmentOf } from '../fixtures/episodes.ts';

const link = (text: string) => `<a href="/a.mp3#t=252" data-segment="0" data-start="252">${text}</a>`;
const marks = {
  address: ({ id, start }: { id: string; start: number }) => `?t=${start}#${id}`,
  addressName: (time: string) => `Link, ${time}`,
};
const articleParts = (html: string, segments: number) => cutArticle(html, segments, marks);
const marked = (html: string): string => {
  const [part] = articleParts(html, 1).body;
  return part !== undefined && 'html' in part ? part.html : '';
};
const ADDRESS = '<a class="passage-address" href="?t=252#x" aria-label="Link, 04:12">#</a>';

describe('articleParts', () => {
  test('puts each player where its mark stands, between the text before and after', () => {
    const parts = articleParts('<p>uno</p><hr data-segment="1"><p>due</p><hr data-segment="0" />', 2);
    expect(parts).toEqual({
      head: [],
      body: [{ html: '<p>uno</p>' }, { segment: 1 }, { html: '<p>due</p>' }, { segment: 0 }],
    });
  });

  test('puts the players that no mark names at the head', () => {
    expect(articleParts('<p>uno</p><hr data-segment="1">', 3).head).toEqual([0, 2]);
    expect(articleParts('', 1)).toEqual({ head: [0], body: [] });
  });

  test('shows a segment once, at its first mark, and leaves out a mark without a segment', () => {
    const { body } = articleParts(
      '<hr data-segment="0"><p>a</p><hr data-segment="0"><hr data-segment="7">',
      1,
    );
    expect(body).toEqual([{ segment: 0 }, { html: '<p>a</p>' }]);
  });

  test('leaves a rule alone that is only a rule', () => {
    expect(articleParts('<p>a</p><hr><p>b</p>', 0).body).toEqual([{ html: '<p>a</p><hr><p>b</p>' }]);
  });

  test('sets a time code at the head of a paragraph in the margin, with the link to the passage', () => {
    expect(marked(`<p id="x">${link('4:12')} Allora.</p>`)).toBe(
      `<p id="x" class="passage at-moment" data-moments="0 252"><span class="passage-mark"><a class="moment moment-margin" href="/a.mp3#t=252" data-segment="0" data-start="252">4:12</a> ${ADDRESS}</span> Allora.</p>`,
    );
  });

  test('shows in the margin the time of a moment that stands in the text, for the eye only', () => {
    const html = marked(`<p id="x">Poi ${link('la proposta')}.</p>`);
    expect(html).toContain(
      '<a class="moment moment-margin" href="/a.mp3#t=252" data-segment="0" data-start="252" tabindex="-1" aria-hidden="true">04:12</a>',
    );
    expect(html).toContain('Poi <a class="moment" href="/a.mp3#t=252"');
  });

  test('sets the time of a heading behind its words', () => {
    expect(marked(`<h2 id="x">Aperto ${link('4:12')}</h2>`)).toMatch(
      /^<h2 id="x" class="passage at-moment"[^>]*>Aperto <span class="passage-mark">.*4:12<\/a>.*<\/span><\/h2>$/,
    );
  });

  test('marks a list item inside its paragraph, where it has one', () => {
    expect(marked(`<ul><li id="x">\n<p>${link('4:12')} Allora.</p></li></ul>`)).toContain(
      '<li id="x" class="passage at-moment" data-moments="0 252">\n<p><span class="passage-mark">',
    );
  });

  test('sets a quotation that holds a moment as a headline that plays, and no other quotation', () => {
    const html = marked(
      `<blockquote id="x"><p>Chi paga?</p><p>${link('4:12')}</p></blockquote><blockquote><p>Nessuno.</p></blockquote>`,
    );
    expect(html).toContain(
      '<blockquote id="x" class="passage pull" data-moments="0 252"><p>Chi paga?</p><p> <span',
    );
    expect(html).toContain('<a class="moment moment-below" href="/a.mp3#t=252"');
    expect(html).toContain('<blockquote><p>Nessuno.</p></blockquote>');
  });
});

describe('the address of a moment', () => {
  test('keeps the language, counts segments from 1 and carries the passage', () => {
    const at = { segment: 1, start: 12.6, id: 'perché' };
    expect(momentAddress(linkIn('en', 'it'), at)).toBe('?segment=2&t=12.6&lang=en#perch%C3%A9');
    expect(momentAddress(linkIn('it', 'it'), { segment: 0, start: 5 })).toBe('?t=5');
  });

  test('of a chapter leads to the first passage that is within it', () => {
    const chapters = [
      { start: 0, title: 'Inizio' },
      { start: 100, title: 'Metà' },
      { start: 300, title: 'Fine' },
    ];
    const articleHtml = `<p id="x">${link('4:12')} Allora.</p>`;
    const listed = chapterViews(
      { articleHtml, segments: [segmentOf({ file: 'a.mp3', chapters })] },
      linkIn('it', 'it'),
    );
    expect(listed[0]?.chapters.map(({ address }) => address)).toEqual(['?t=0', '?t=100#x', '?t=300']);
  });
});
