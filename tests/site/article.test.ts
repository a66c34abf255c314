import { describe, expect, test } from 'vitest';
import { articleParts } from '../../src/site/look/article.ts';

const link = (text: string) => `<a href="/a.mp3#t=252" data-segment="0" data-start="252">${text}</a>`;

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

  test('sets a time code at the head of a paragraph in the margin, and other moments in their line', () => {
    const [part] = articleParts(`<p>${link('4:12')} Allora.</p><p>Poi ${link('la proposta')}.</p>`, 1).body;
    const html = part !== undefined && 'html' in part ? part.html : '';
    expect(html).toContain('<p class="at-moment"><a class="moment moment-margin" href="/a.mp3#t=252"');
    expect(html).toContain('<p>Poi <a class="moment" href="/a.mp3#t=252"');
  });

  test('sets a quotation that holds a moment as a headline that plays, and no other quotation', () => {
    const [part] = articleParts(
      `<blockquote><p>Chi paga?</p><p>${link('4:12')}</p></blockquote><blockquote><p>Nessuno.</p></blockquote>`,
      1,
    ).body;
    const html = part !== undefined && 'html' in part ? part.html : '';
    expect(html).toContain('<blockquote class="pull"><p>Chi paga?</p><p> <a class="moment moment-below"');
    expect(html).toContain('<blockquote><p>Nessuno.</p></blockquote>');
  });
});
