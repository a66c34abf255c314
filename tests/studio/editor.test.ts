import type { Node } from 'prosemirror-model';
import { describe, expect, test } from 'vitest';
import { docFromMarkdown } from '../../public/studio/js/editor/from-markdown.js';
import { markdownOfPlainText } from '../../public/studio/js/editor/paste-text.js';
import { schema } from '../../public/studio/js/editor/schema.js';
import { runsOf, signatureOf } from '../../public/studio/js/editor/sentence-runs.js';
import { openBook } from '../../public/studio/js/editor/source-book.js';
import { blocksMarkdown, childrenOf } from '../../public/studio/js/editor/to-markdown.js';

/** Everything that people write in their own ways, and what the editor knows nothing of. */
const ARTICLE = `
Una riga
che va a capo,  con due spazi \\
e un a capo voluto.


Titolo alla vecchia maniera
===

## Titolo [0:40](gilberto.mp3#t=0:40) ##

* una voce
* un'altra
    con il suo seguito

    e un paragrafo

+ un elenco diverso
1) numerato
2) ancora

> Citazione
senza segno, e _corsivo_ e __grassetto__
>
> > dentro

[Gilberto, Stacca Stacca](gilberto.mp3)

| a | b |
|---|---|
| 1 | 2 |

<div class="x">
HTML <b>a mano</b>
</div>

Testo con <sup>apice</sup>, \`codice\`, https://example.org/a_b_c, <https://example.org>, &egrave; e ~~barrato~~.

\`\`\`
codice
\`\`\`

    codice rientrato
***
![Un cavo](<foto bella.jpg> "titolo")

Un [riferimento][uno] e 3 * 4 * 5.

[uno]: https://example.org/uno  "Uno"

- [ ] da fare
- fatto
ultima riga senza a capo`;

/** The document with one of its blocks replaced. */
function edited(markdown: string, at: number, text: string): string {
  const book = openBook(markdown);
  const children = childrenOf(book.doc);
  children[at] = schema.node('paragraph', null, [schema.text(text)]);
  return book.markdownOf(schema.node('doc', null, children));
}

describe('a text that nobody touched', () => {
  test.each([
    ['everything at once', ARTICLE],
    ['nothing', ''],
    ['empty lines', '\n\n\n'],
    ['empty lines around', '\n\nTesto.\n\n\n'],
    ['no line end', '# Titolo'],
    ['only a definition', '[a]: https://example.org'],
    ['a list without empty lines', 'Testo\n- uno\n- due\n1. tre'],
  ])('comes back as it was: %s', (_what, markdown) => {
    const book = openBook(markdown);
    expect(book.markdownOf(book.doc)).toBe(markdown);
  });

  test('comes back as it was around the one block that was', () => {
    const count = openBook(ARTICLE).doc.childCount;
    expect(count).toBeGreaterThan(15);
    for (let at = 0; at < count; at += 1) {
      const after = edited(ARTICLE, at, 'ALTRO');
      const [before = '', behind = ''] = after.split('ALTRO');
      expect(ARTICLE.startsWith(before.trimEnd()), `before block ${at}`).toBe(true);
      expect(ARTICLE.endsWith(behind.trimStart()), `behind block ${at}`).toBe(true);
    }
  });

  test('comes back as it was after an undo, which makes the block anew', () => {
    const book = openBook('Uno *due*\n\n* tre');
    const children = childrenOf(book.doc).map((node) => schema.nodeFromJSON(node.toJSON()));
    expect(book.markdownOf(schema.node('doc', null, children))).toBe('Uno *due*\n\n* tre');
  });
});

test('a paragraph that was edited keeps its lines and its signs', () => {
  const book = openBook('Una _riga_\ncon **altre** <sup>2</sup>\n\nFine');
  const [first, last] = childrenOf(book.doc);
  const more = first?.copy(first.content.addToEnd(schema.text(' e poi')));
  if (more === undefined || last === undefined) throw new Error('There are two paragraphs');
  expect(book.markdownOf(schema.node('doc', null, [more, last]))).toBe(
    'Una _riga_\ncon **altre** <sup>2</sup> e poi\n\nFine',
  );
});

test('players, moments and pictures are what they are', () => {
  const doc = docFromMarkdown(
    '[Gilberto](gilberto.mp3)\n\nUn [8:12](gilberto.mp3#t=8:12) e [il file](gilberto.mp3).\n\n![cavo](foto.jpg)',
  );
  const kinds = childrenOf(doc).map((node) => node.type.name);
  expect(kinds).toEqual(['player', 'paragraph', 'paragraph']);
  expect(doc.child(0).attrs).toEqual({ href: 'gilberto.mp3', label: 'Gilberto' });
  expect(doc.child(2).firstChild?.type.name).toBe('picture');
});

/** The same numbers each time (mulberry32). */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const WORDS = [
  'aperto',
  '*',
  '_',
  '**',
  'a_b',
  '1.',
  '- ',
  '# ',
  '«detto»',
  '<b>',
  '&amp;',
  '`',
  '[x](y)',
  '!',
  '~~',
  '\\',
  '|',
  '=',
  '> ',
  'https://example.org/a_b',
  'perché',
  '.',
  '—',
  '(nota)',
  '3',
  '+ ',
];
const MARKS = ['strong', 'emphasis', 'strike', 'code'] as const;

function randomDoc(random: () => number) {
  const pick = <T>(all: readonly T[]): T => {
    const found = all[Math.floor(random() * all.length)];
    if (found === undefined) throw new Error('There is nothing to choose from');
    return found;
  };
  const text = () => {
    const marks = MARKS.filter(() => random() < 0.2).map((name) => schema.mark(name));
    const own = marks.some(({ type }) => type.name === 'code') ? marks.slice(-1) : marks;
    const link =
      random() < 0.15
        ? [
            schema.mark('link', {
              href: pick(['gilberto.mp3#t=1:02', 'https://example.org/(a)', 'città e mare.mp3']),
            }),
          ]
        : [];
    const words = Array.from({ length: 1 + Math.floor(random() * 4) }, () => pick(WORDS)).join(
      random() < 0.7 ? ' ' : '',
    );
    return schema.text(words, [...link, ...own]);
  };
  const inlines = () => Array.from({ length: 1 + Math.floor(random() * 4) }, text);
  const paragraph = () => schema.node('paragraph', null, inlines());
  const block = (depth: number): ReturnType<typeof paragraph> => {
    const kind = random();
    if (depth < 2 && kind < 0.15) return schema.node('blockquote', null, [block(depth + 1), paragraph()]);
    if (depth < 2 && kind < 0.4) {
      const items = Array.from({ length: 1 + Math.floor(random() * 3) }, () =>
        schema.node('list_item', null, [paragraph(), ...(random() < 0.3 ? [block(depth + 1)] : [])]),
      );
      return schema.node(pick(['bullet_list', 'ordered_list']), null, items);
    }
    if (kind < 0.55) return schema.node('heading', { level: pick([2, 3, 4]) }, inlines());
    if (kind < 0.6) return schema.node('horizontal_rule');
    return paragraph();
  };
  return schema.node(
    'doc',
    null,
    Array.from({ length: 1 + Math.floor(random() * 5) }, () => block(0)),
  );
}

/** What a document says, block for block, with its marks. A link alone that leads to a sound is that sound's player. */
function meaningOf(doc: Node): string[] {
  const blocks: string[] = [];
  doc.descendants((node) => {
    if (node.type.name === 'player')
      blocks.push(`paragraph ${JSON.stringify([[`${node.attrs.href} `, node.attrs.label]])}`);
    if (node.isTextblock)
      blocks.push(`${node.type.name} ${signatureOf(runsOf(node, node.type.name === 'heading'))}`);
  });
  return blocks;
}

test('whatever was written is read again as it was meant', () => {
  const random = chance(7);
  for (let round = 0; round < 400; round += 1) {
    const doc = randomDoc(random);
    const markdown = blocksMarkdown(childrenOf(doc)).join('\n\n');
    expect(meaningOf(docFromMarkdown(markdown)), markdown).toEqual(meaningOf(doc));
  }
});

test.each([
  ['a text in lines', `${'parola '.repeat(20)}\n${'altra '.repeat(20)}`, /parola \n\naltra/],
  ['a verse', 'Nel mezzo\ndel cammin', /^Nel mezzo\ndel cammin$/],
  ['Markdown', `- ${'voce '.repeat(30)}\n- due`, /voce \n- due$/],
])('pasted plain text has its paragraphs: %s', (_what, text, expected) => {
  expect(markdownOfPlainText(text)).toMatch(expected);
});
