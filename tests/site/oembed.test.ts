import { DOMParser, parseHTML } from 'linkedom';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { z } from 'zod';
import { openSite, PUBLIC_URL, type SiteUnderTest } from './site-under-test.ts';

let site: SiteUnderTest;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

const NEWEST = `${PUBLIC_URL}/shows/stacca-stacca/2025-01-30-venti-volte-meno`;
const HOSTILE = `${PUBLIC_URL}/shows/frittura-mista/2025-01-29-hostile`;
const TWO = `${PUBLIC_URL}/shows/bello-come-una-prigione/2025-01-28-lettere-da-dentro`;

/** oembed.com, section 2.3.4: what every answer of the type `rich` has, and how. */
const rich = z.strictObject({
  type: z.literal('rich'),
  version: z.literal('1.0'),
  title: z.string(),
  author_name: z.string(),
  author_url: z.url(),
  provider_name: z.string(),
  provider_url: z.url(),
  cache_age: z.coerce.number().int(),
  thumbnail_url: z.url().optional(),
  thumbnail_width: z.coerce.number().int().optional(),
  thumbnail_height: z.coerce.number().int().optional(),
  html: z.string(),
  width: z.coerce.number().int(),
  height: z.coerce.number().int(),
});

/** The same as XML has it: one element each, in any order. */
const SCHEMA = `<?xml version="1.0"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="oembed"><xs:complexType><xs:all>${Object.keys(
  rich.shape,
)
  .map((name) => {
    const type = /width|height|age/.test(name) ? 'positiveInteger' : /url/.test(name) ? 'anyURI' : 'string';
    return `<xs:element name="${name}" type="xs:${type}" minOccurs="${name.startsWith('thumbnail') ? 0 : 1}"/>`;
  })
  .join('')}</xs:all></xs:complexType></xs:element></xs:schema>`;

const ask = (parameters: Record<string, string>) => request(site.server).get('/oembed').query(parameters);

async function answerTo(parameters: Record<string, string>) {
  const { text } = await ask(parameters).expect(200);
  const answer = rich.parse(JSON.parse(text));
  const { document } = parseHTML(`<html><body>${answer.html}</body></html>`);
  const frame = document.querySelector('iframe');
  if (frame === null) throw new Error('The answer has no frame');
  return { answer, frame, around: document.body.childNodes.length };
}

describe('oEmbed', () => {
  test('answers for an episode in JSON, which any site may read', async () => {
    const { headers } = await ask({ url: NEWEST })
      .expect(200)
      .expect('Content-Type', /^application\/json/);
    expect(headers['access-control-allow-origin']).toBe('*');
    const { answer, frame, around } = await answerTo({ url: NEWEST, format: 'json' });
    expect(answer).toMatchObject({
      title: 'Il modello che costa venti volte meno',
      author_name: 'Stacca Stacca',
      author_url: `${PUBLIC_URL}/shows/stacca-stacca`,
      provider_name: 'Radio Blackout',
      provider_url: `${PUBLIC_URL}/`,
      thumbnail_width: 640,
    });
    // WordPress keeps one iframe, with nothing between its tags, and throws all else away.
    expect(around).toBe(1);
    expect(answer.html).toMatch(/^<iframe [^>]+><\/iframe>$/);
    expect(frame.getAttribute('src')).toBe(`${PUBLIC_URL}/embed/stacca-stacca/2025-01-30-venti-volte-meno`);
    expect(frame.getAttribute('title')).toContain('Il modello che costa');
    expect(frame.getAttribute('loading')).toBe('lazy');
    expect(frame.getAttribute('height')).toBe(String(answer.height));
  });

  test('says the same in XML', async () => {
    const { text } = await ask({ url: HOSTILE, format: 'xml' })
      .expect(200)
      .expect('Content-Type', /^text\/xml/);
    const { valid, errors } = await validateXML({
      xml: [{ fileName: 'oembed.xml', contents: text }],
      schema: [{ fileName: 'oembed.xsd', contents: SCHEMA }],
    });
    expect([valid, errors]).toEqual([true, []]);
    const { documentElement } = new DOMParser().parseFromString(text, 'text/xml');
    const values = [...(documentElement?.children ?? [])].map((each) => [each.nodeName, each.textContent]);
    const { answer } = await answerTo({ url: HOSTILE });
    expect(rich.parse(Object.fromEntries(values))).toEqual(answer);
    expect(answer.title).toBe('Turno di notte: "la logistica" </script><b>si ferma</b> & riparte');
  });

  test.each([
    ['?t=754', '?t=754'],
    ['#t=12:34', '?t=754'],
    ['?lang=en#t=754', '?t=754&lang=en'],
    ['?lang=de', ''],
    ['/', ''],
    ['?segment=9', ''],
    ['?segment=-1&t=x', ''],
  ])('an address with %j plays from there, in its language', async (ending, query) => {
    const { frame } = await answerTo({ url: NEWEST + ending });
    expect(frame.getAttribute('src')).toBe(
      `${PUBLIC_URL}/embed/stacca-stacca/2025-01-30-venti-volte-meno${query}`,
    );
  });

  test('a moment of the second segment plays the second segment', async () => {
    for (const ending of ['?segment=2&t=9', '#segment=2&t=0:09'])
      expect((await answerTo({ url: TWO + ending })).frame.getAttribute('src')).toMatch(/\?segment=2&t=9$/);
  });

  test('the player’s own address, one of old, and one under http lead to it, too', async () => {
    for (const url of [
      `${PUBLIC_URL}/embed/stacca-stacca/2025-01-30-venti-volte-meno`,
      `${PUBLIC_URL}/shows/stacca-stacca/vecchio-nome`,
      NEWEST.replace('https:', 'http:'),
    ])
      expect((await answerTo({ url })).frame.getAttribute('src')).toBe(
        `${PUBLIC_URL}/embed/stacca-stacca/2025-01-30-venti-volte-meno`,
      );
  });

  test('nothing is larger than the asker has room for', async () => {
    const { answer, frame } = await answerTo({ url: NEWEST, maxwidth: '300', maxheight: '150' });
    expect([answer.width, answer.height]).toEqual([300, 150]);
    expect([frame.getAttribute('width'), frame.getAttribute('height')]).toEqual(['300', '150']);
    expect(answer.thumbnail_width).toBeLessThanOrEqual(150);
    expect(answer.thumbnail_height).toBeLessThanOrEqual(150);
    expect((await answerTo({ url: NEWEST, maxwidth: '60' })).answer.thumbnail_url).toBeUndefined();
    expect((await answerTo({ url: NEWEST, maxwidth: 'x', maxheight: '-3' })).answer.width).toBe(640);
  });

  test.each([
    'https://other.example/shows/stacca-stacca/2025-01-30-venti-volte-meno',
    'https://ascolta.example.org.evil.example/shows/stacca-stacca/2025-01-30-venti-volte-meno',
    'https://ascolta.example.org@evil.example/shows/stacca-stacca/2025-01-30-venti-volte-meno',
    'https://evil@ascolta.example.org/shows/stacca-stacca/2025-01-30-venti-volte-meno',
    'https://ascolta.example.org:8443/shows/stacca-stacca/2025-01-30-venti-volte-meno',
    'javascript:alert(1)',
    'file:///etc/passwd',
    '/shows/stacca-stacca/2025-01-30-venti-volte-meno',
    'no address',
    `${PUBLIC_URL}/`,
    `${PUBLIC_URL}/shows/stacca-stacca`,
    `${PUBLIC_URL}/shows/stacca-stacca/%E0%A4%A`,
    `${PUBLIC_URL}/shows/arabesque/bozza`,
    `${PUBLIC_URL}/shows/arabesque/domani`,
    `${PUBLIC_URL}/shows/arabesque/ritirata`,
    `${PUBLIC_URL}/${'x'.repeat(6000)}`,
  ])('there is nothing at %s', async (url) => {
    const { text } = await ask({ url }).expect(404);
    expect(text).not.toMatch(/bozza|domani|ritirata|evil/);
  });

  test('refuses other formats and no address, in a sentence', async () => {
    await ask({ url: NEWEST, format: 'yaml' }).expect(501);
    const { text } = await ask({}).expect(400);
    expect(text).toMatch(/^Manca l’indirizzo/);
  });
});

test('every episode page names its answers, as WordPress and others look for them', async () => {
  for (const [page, lang] of [
    [NEWEST, ''],
    [HOSTILE, ''],
    [NEWEST, '?lang=en'],
  ] as const) {
    const { text } = await request(site.server).get(page.slice(PUBLIC_URL.length) + lang);
    const { document } = parseHTML(text);
    for (const type of ['application/json+oembed', 'text/xml+oembed']) {
      const href = document.querySelector(`link[rel=alternate][type="${type}"]`)?.getAttribute('href') ?? '';
      const { pathname, searchParams, origin } = new URL(href);
      expect(origin).toBe(PUBLIC_URL);
      expect(searchParams.get('url')).toBe(page + lang);
      await request(site.server)
        .get(pathname + new URL(href).search)
        .expect(200);
    }
  }
  const { text } = await request(site.server).get('/shows/stacca-stacca');
  expect(text).not.toContain('+oembed');
});
