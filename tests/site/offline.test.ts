import { HtmlValidate } from 'html-validate';
import sharp from 'sharp';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { siteCatalogue, station } from '../fixtures/site-catalogue.ts';
import { MARKUP_RULES } from './markup-rules.ts';
import { openSite, type SiteUnderTest } from './site-under-test.ts';

const EPISODE = '/shows/stacca-stacca/2025-01-30-venti-volte-meno';
const ManifestSchema = z.object({
  name: z.string(),
  short_name: z.string().max(15),
  lang: z.string(),
  start_url: z.string(),
  scope: z.string(),
  display: z.literal('standalone'),
  theme_color: z.string(),
  background_color: z.string(),
  icons: z.array(z.object({ src: z.string(), sizes: z.string(), type: z.string(), purpose: z.string() })),
  shortcuts: z.array(z.object({ name: z.string(), url: z.string() })),
});
const ShellSchema = z.object({
  version: z.string(),
  files: z.array(z.string()),
  pages: z.record(z.string(), z.object({ offline: z.string(), saved: z.string() })),
});

let site: SiteUnderTest;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

const get = (path: string, from = site) => request(from.server).get(path);

async function manifestAt(path: string) {
  const { text } = await get(path)
    .expect(200)
    .expect('Content-Type', /application\/manifest\+json/);
  return ManifestSchema.parse(JSON.parse(text));
}

async function shellOf(from = site) {
  const { text } = await get('/sw.js', from)
    .expect(200)
    .expect('Content-Type', /text\/javascript/);
  return ShellSchema.parse(JSON.parse(/^const SHELL=(.*);\n/.exec(text)?.[1] ?? ''));
}

describe('the installed site', () => {
  test('is named and coloured as the station, in each language', async () => {
    const { text } = await get(`${EPISODE}?lang=en`);
    const path = /rel="manifest" href="([^"]+)"/.exec(text)?.[1] ?? '';
    expect(path).toBe('/manifest.webmanifest?lang=en');
    const [italian, english] = [await manifestAt('/manifest.webmanifest'), await manifestAt(path)];
    expect(italian).toMatchObject({
      name: station.title,
      lang: 'it',
      start_url: '/',
      theme_color: '#e8321a',
    });
    expect(english).toMatchObject({ name: station.title, lang: 'en', start_url: '/?lang=en' });
    expect(italian.shortcuts.map(({ url }) => url)).toEqual(['/', '/saved', '/search']);
    for (const { url } of [...italian.shortcuts, ...english.shortcuts]) await get(url).expect(200);
  });

  test('has icons of the sizes that it names, for ever under their addresses', async () => {
    const { icons } = await manifestAt('/manifest.webmanifest');
    expect(icons.map(({ purpose, sizes }) => `${purpose} ${sizes}`)).toEqual([
      'any 192x192',
      'any 512x512',
      'maskable 512x512',
      'monochrome any',
    ]);
    for (const { src, sizes, type } of icons) {
      const { body } = await get(src)
        .expect(200)
        .expect('Content-Type', type)
        .expect('Cache-Control', /immutable/);
      const { width, height } = await sharp(body).metadata();
      if (sizes !== 'any') expect(`${width}x${height}`).toBe(sizes);
    }
    const touch = /rel="apple-touch-icon" href="([^"]+)"/.exec((await get('/')).text)?.[1] ?? '';
    expect(await sharp((await get(touch).expect(200)).body).metadata()).toMatchObject({
      width: 180,
      height: 180,
    });
  });

  test('has other icons as soon as the station has another colour, to which the old addresses lead', async () => {
    const { icons } = await manifestAt('/manifest.webmanifest');
    const green = await openSite(siteCatalogue({ station: async () => ({ ...station, colour: '#2f6f4f' }) }));
    const { text } = await get('/manifest.webmanifest', green);
    const [before, now] = [icons[0]?.src ?? '', ManifestSchema.parse(JSON.parse(text)).icons[0]?.src ?? ''];
    expect(now).not.toBe(before);
    await get(before, green).expect(302).expect('Location', now);
    await get('/icons/any-64.png').expect(404);
    await green.close();
  });
});

describe('the service worker', () => {
  test('is asked for anew each time, may fetch from us alone, and runs as a classic script', async () => {
    const { text, headers } = await get('/sw.js').expect('Cache-Control', 'public, no-cache');
    expect(headers['content-security-policy']).toContain("connect-src 'self'");
    expect(() => new Function(text)).not.toThrow();
    expect((await get('/')).headers['content-security-policy']).toContain("worker-src 'self'");
  });

  test('names all that the shell needs, and all of it is there', async () => {
    const { files, pages } = await shellOf();
    const { text } = await get('/');
    const named = [...text.matchAll(/(?:src|href)="(\/assets\/[^"]+\.(?:js|css|woff2))"/g)].map(
      (match) => match[1],
    );
    expect(named.length).toBeGreaterThan(3);
    expect(files).toEqual(expect.arrayContaining(named));
    for (const path of files) await get(path).expect(200);
    for (const { offline, saved } of Object.values(pages)) {
      await get(offline).expect(200);
      await get(saved).expect(200);
    }
    expect(Object.keys(pages)).toEqual(['it', 'en']);
  });

  test('has another version when what it keeps is different, and only then', async () => {
    const same = await openSite();
    const coloured = await openSite(
      siteCatalogue({ station: async () => ({ ...station, colour: '#2f6f4f' }) }),
    );
    const renamed = await openSite(
      siteCatalogue({ station: async () => ({ ...station, title: 'Radio Altra' }) }),
    );
    const { version } = await shellOf();
    expect((await shellOf(same)).version).toBe(version);
    expect((await shellOf(coloured)).version).not.toBe(version);
    expect((await shellOf(renamed)).version).not.toBe(version);
    for (const each of [same, coloured, renamed]) await each.close();
  });
});

describe('saving', () => {
  test('an episode’s page names each sound with its bytes, its waveform and the forms of its transcript', async () => {
    const { text } = await get(EPISODE);
    const value = (name: string): unknown =>
      JSON.parse(new RegExp(`data-${name}="([^"]*)"`).exec(text)?.[1]?.replaceAll('&#34;', '"') ?? '');
    const sound = `${EPISODE}/gilberto-1f2e3d4c5b.mp3`;
    expect(value('sounds')).toEqual([{ src: sound, type: 'audio/mpeg', bytes: 20_896_000 }]);
    expect(value('files')).toEqual([
      `${sound}.peaks`,
      ...['vtt', 'srt', 'json', 'txt'].map((form) => `${EPISODE}/gilberto-aabbccddee.${form}`),
    ]);
    expect(text).toContain('Salva per ascoltare senza rete</span>, 21 MB');
  });

  test('without JavaScript the page of what is saved says what it needs', async () => {
    const { text } = await get('/saved').expect(200);
    const [, main = ''] = /<main[^>]*>([\s\S]*)<\/main>/.exec(text) ?? [];
    const seen = main.replace(/<template[\s\S]*?<\/template>/g, '');
    expect(seen).toContain('Per salvare servono JavaScript e un browser recente');
    expect(seen).not.toContain('<button');
    expect(text).toContain('<meta name="robots" content="noindex, follow">');
    expect((await get('/?lang=en')).text).toContain('href="/saved?lang=en">Saved</a>');
  });

  test.each(['/saved', '/saved?lang=en', '/offline', EPISODE])('%s is valid HTML', async (path) => {
    const validator = new HtmlValidate({ extends: ['html-validate:recommended'], rules: MARKUP_RULES });
    const { results } = await validator.validateString((await get(path)).text);
    expect(
      results.flatMap(({ messages }) => messages.map(({ ruleId, message }) => `${ruleId}: ${message}`)),
    ).toEqual([]);
  });
});
