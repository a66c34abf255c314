import { expect, it } from 'vitest';
import { parseArticle } from '../../src/article/article.ts';
import { headingChapters } from '../../src/article/heading-chapters.ts';
import { leadingText } from '../../src/article/plain-text.ts';
import type { Surroundings } from '../../src/article/surroundings.ts';

const surroundings: Surroundings = {
  segments: [
    { file: 'gilberto.mp3', seconds: 600, href: '/g.mp3' },
    { file: 'città e frontiere.mp3', seconds: 60, href: '/c.mp3' },
  ],
  files: new Map([['gilberto.vtt', '/g.vtt']]),
  pictures: new Map([['foto.jpg', { src: '/foto.webp', width: 1280, height: 720 }]]),
};
const render = (markdown: string) => parseArticle(markdown).render(surroundings);
const html = (markdown: string) => render(markdown).html;

const PLAYERS = '<hr data-segment="0" />\n<hr data-segment="1" />';

it('puts a player where a paragraph is a link to the segment', () => {
  expect(html('Uno.\n\n[Gilberto](gilberto.mp3)\n\nDue.\n\n[Città](citt%C3%A0%20e%20frontiere.mp3)')).toBe(
    '<p>Uno.</p>\n<hr data-segment="0" />\n<p>Due.</p>\n<hr data-segment="1" />',
  );
});

it('finds a file whose name is written in the other normal form', () => {
  expect(parseArticle(`[x](<${'città e frontiere.mp3'.normalize('NFD')}>)`).linked).toEqual([
    'città e frontiere.mp3',
  ]);
});

it('puts the player behind the block that names the segment in a sentence, and keeps the sentence', () => {
  expect(html('- Qui [Gilberto](gilberto.mp3) parla.\n- Due')).toContain('</ul>\n<hr data-segment="0" />');
  expect(html('Qui [Gilberto](gilberto.mp3) parla.')).toContain(
    '<p>Qui <a href="/g.mp3" data-segment="0" data-start="0">Gilberto</a> parla.</p>\n<hr data-segment="0" />',
  );
});

it('puts a player once, however often the segment is named', () => {
  expect(
    html('[a](gilberto.mp3)\n\n[b](gilberto.mp3)\n\n[c](gilberto.mp3) d').match(/data-segment="0" \/>/g),
  ).toHaveLength(1);
});

it('puts the players of segments that no link names at the head', () => {
  expect(html('Testo [0:40](gilberto.mp3#t=0:40).')).toBe(
    `${PLAYERS}\n<p id="p-testo">Testo <a href="/g.mp3#t=40" data-segment="0" data-start="40">0:40</a>.</p>`,
  );
});

it('names a moment past the end with its line, and leads to the beginning', () => {
  const { html, faults } = render('Uno\n\n[fine](gilberto.mp3#t=99:00)');
  expect(faults).toEqual([
    {
      severity: 'warning',
      code: 'moment-past-end',
      line: 3,
      values: { value: 'gilberto.mp3#t=99:00', found: 'gilberto.mp3' },
    },
  ]);
  expect(html).toContain('href="/g.mp3" data-segment="0" data-start="0"');
});

it('shows pictures of the folder and fetches none from elsewhere', () => {
  const { html, faults } = render('![una foto](foto.jpg) ![spia](https://spia.example/1.gif)');
  expect(html).toContain('<img src="/foto.webp" alt="una foto" width="1280" height="720" loading="lazy" />');
  expect(html).not.toContain('spia.example');
  expect(faults.map(({ code }) => code)).toEqual(['link-not-found']);
});

it.each([
  ['a script', 'a <script>alert(1)</script> b'],
  ['an event', '<b onclick="alert(1)">b</b> <img src=x onerror=alert(1)>'],
  [
    'a script address',
    '[x](javascript:alert(1)) <a href="java\nscript:alert(1)">y</a> <a href=" javascript:alert(1)">z</a>',
  ],
  ['a data address', '[x](data:text/html;base64,PHNjcmlwdD4=)'],
  [
    'a frame',
    '<iframe src="https://x.example"></iframe><object data=x></object><embed src=x><base href="//x.example">',
  ],
  ['style', '<style>*{display:none}</style><p style="position:fixed">x</p>'],
  ['a form', '<form action="https://x.example"><input name=q><button>b</button></form>'],
  ['SVG', '<svg onload=alert(1)><a xlink:href="javascript:alert(1)">x</a></svg>'],
  ['MathML', '<math><mtext></mtext><mglyph><style><img src=x onerror=alert(1)></style></mglyph></math>'],
  ['a comment', '<!--><img src=x onerror=alert(1)>-->'],
  ['an address without a scheme', '[x](//x.example/) <a href="\\\\x.example">y</a>'],
])('lets no %s through', (_, markdown) => {
  const result = html(markdown);
  expect(result).not.toMatch(
    /<(?:script|iframe|object|embed|base|style|form|input|svg|math)\b|\son\w+=|style=/i,
  );
  expect(result).not.toMatch(/href="(?:javascript|data|\/\/|\\)/i);
  expect(result).not.toContain('x.example"');
});

it('lets nobody forge a player or a moment', () => {
  const forged = html(
    '<hr data-segment="1">\n\n<a data-segment="1" data-start="5" href="https://x.org">f</a>\n\n\uE0001\uE001',
  );
  expect(forged).toBe(`${PLAYERS}\n<hr />\n<p><a href="https://x.org" rel="noopener">f</a></p>\n<p>1</p>`);
});

it.each(['../../etc/passwd', '..%2f..%2fetc%2fpasswd', 'altra/gilberto.mp3', 'a%00b.mp3'])(
  'refuses a link that leads out of the folder: %s',
  (href) => {
    const { html, faults } = render(`[x](${href})`);
    expect(faults.map(({ code }) => code)).toEqual(['link-leads-out']);
    expect(html).toContain('<p><a>x</a></p>');
  },
);

it('lowers the headlines, so that the page’s own stays the first', () => {
  expect(html('# Uno\n\n## Due')).toContain('<h2>Uno</h2>\n<h2>Due</h2>');
});

it('makes chapters of headings that carry a moment of the segment', () => {
  const page = html(
    '## Due [2:00](gilberto.mp3#t=2:00)\n\n## [Uno](gilberto.mp3#t=0:10)\n\n## Altrove [0:05](<città e frontiere.mp3#t=5>)\n\n## Senza',
  );
  expect(headingChapters(page, 0)).toEqual([
    { start: 10, title: 'Uno' },
    { start: 120, title: 'Due' },
  ]);
});

it('gives the text without marks, a block a paragraph', () => {
  expect(render('## Titolo\n\nA & **b** <c>\n\n- uno\n- due\n').text).toBe('Titolo\n\nA & b\n\nuno\ndue');
});

it('begins a text with whole sentences, or whole words', () => {
  const text = 'Prima frase, che basta da sola. Seconda frase che non ci sta più.';
  expect(leadingText(text, 40)).toBe('Prima frase, che basta da sola.');
  expect(leadingText('parola '.repeat(20), 30)).toBe('parola parola parola parola…');
});
