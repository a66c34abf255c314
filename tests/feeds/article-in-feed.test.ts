import { parseRssFeed } from 'feedsmith';
import { describe, expect, test } from 'vitest';
import { rssFeed } from '../../src/feeds/feeds.ts';
import { filePath } from '../../src/model/addresses.ts';
import { entriesOf, episode, ORIGIN, segment, showChannel, twoInterviews } from './station-sample.ts';

const itemsOf = (...parameters: Parameters<typeof rssFeed>) =>
  parseRssFeed(rssFeed(...parameters)).items ?? [];
const itemOf = (...parameters: Parameters<typeof rssFeed>) => itemsOf(...parameters)[0] ?? {};

describe('an article in a feed', () => {
  const bare = [segment({ chapters: [] })];
  const content = (...parameters: Parameters<typeof rssFeed>) => itemOf(...parameters).content?.encoded ?? '';

  test('leads everywhere with whole addresses, without the player that the item already is', () => {
    const html = content(showChannel(), entriesOf(episode()));
    expect(html).toContain(`<a href="${ORIGIN}/shows/stacca-stacca">`);
    expect(html).toContain('<a href="https://example.org/x">');
    expect(html).toContain(`<img src="${ORIGIN}/pictures/bbbb000001/640.jpg"`);
    expect(html).toContain(`320.jpg 320w, ${ORIGIN}/pictures/bbbb000001/640.jpg 640w"`);
    expect(html).toContain(
      `<a href="${ORIGIN}/shows/stacca-stacca/2025-01-30-sputnik-moment?t=252.5">a 4:12</a>`,
    );
    expect(html).not.toContain('<hr');
    expect(html).not.toContain('data-');
  });

  test('has a link to the audio where another segment has its player', () => {
    const [first, second] = itemsOf(showChannel(), entriesOf(twoInterviews));
    const at = (index: number) => {
      const other = twoInterviews.segments[index];
      return other && ORIGIN + filePath('stacca-stacca', twoInterviews.slug, other);
    };
    expect(first?.content?.encoded).toContain(`<a href="${at(1)}">Perché &lt;così&gt;</a> (20:\u206034)`);
    expect(first?.content?.encoded).not.toContain(at(0));
    expect(second?.content?.encoded).toContain(`<a href="${at(0)}">Prima voce</a> (20:\u206034)`);
    expect(second?.content?.encoded).toContain('?segment=2&amp;t=65">1:05</a>');
  });

  test('has no time of another segment that an app could take for one of this sound', () => {
    const [first] = itemsOf(showChannel(), entriesOf(twoInterviews));
    const html = first?.content?.encoded ?? '';
    expect(html).toContain('?segment=2&amp;t=65">');
    expect(html).not.toMatch(/\d:\d/);
    expect(html.replaceAll('\u2060', '')).toContain('>1:05</a>');
  });

  test('keeps text that only looks like an address', () => {
    const articleHtml =
      '<pre>&lt;a href="/x"&gt; = "/y" ="//z"</pre><p><a href="//cdn.example.org/a">a</a></p>';
    expect(content(showChannel(), entriesOf(episode({ articleHtml, segments: bare })))).toBe(articleHtml);
  });

  test('leads to a moment in seconds, however the article names it: apps make links of times, even within addresses', () => {
    const page = '/shows/stacca-stacca/2025-01-30-sputnik-moment';
    const articleHtml = `<p><a data-segment="0" data-start="252" href="${page}?t=4:12">4:12</a></p>`;
    const html = content(showChannel(), entriesOf(episode({ articleHtml, segments: bare })));
    expect(html).toContain(`<p><a href="${ORIGIN}${page}?t=252">4:12</a></p>`);
  });

  test('leads to a moment at its passage, also without a script, and has no ids, which would be there twice', () => {
    const articleHtml = [
      '<h2 id="il-costo">Il costo</h2>',
      '<p id="la-frase">La frase <a data-segment="0" data-start="65" href="/a#t=65">a 1:05</a>.</p>',
      '<p>Altro.</p><table><tr><td><a data-segment="0" data-start="70" href="/a#t=70">1:10</a></td></tr></table>',
      '<blockquote id="è-detto"><p>«<a data-segment="0" data-start="80" href="/a#t=80">così</a>»</p></blockquote>',
    ].join('');
    const html = content(showChannel(), entriesOf(episode({ articleHtml, segments: bare })));
    expect([...html.matchAll(/\?t=[^"]+/g)].map(([address]) => address)).toEqual([
      '?t=65#la-frase',
      '?t=70',
      '?t=80#%C3%A8-detto',
    ]);
    expect(html).not.toMatch(/ id=/);
  });

  test('is left out where there is none', () => {
    const xml = rssFeed(showChannel(), entriesOf(episode({ articleHtml: '' })));
    expect(xml).not.toContain('content:encoded>');
  });
});
