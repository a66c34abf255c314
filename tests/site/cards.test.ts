import { parseHTML } from 'linkedom';
import sharp from 'sharp';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { english, newest, siteCatalogue, twoVoices } from '../fixtures/site-catalogue.ts';
import { openSite, PUBLIC_URL, type SiteUnderTest } from './site-under-test.ts';

let site: SiteUnderTest;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

const NEWEST = '/shows/stacca-stacca/2025-01-30-venti-volte-meno';
const PEAKS = new Uint8Array(1800).fill(120);

async function headOf(server: SiteUnderTest['server'], path: string) {
  const { document } = parseHTML((await request(server).get(path).expect(200)).text);
  const content = (selector: string) =>
    document.querySelector(selector)?.getAttribute('content') ?? undefined;
  return {
    document,
    property: (name: string) => content(`meta[property="${name}"]`),
    named: (name: string) => content(`meta[name="${name}"]`),
  };
}

const cardAddress = async (path = NEWEST): Promise<string> =>
  ((await headOf(site.server, path)).property('og:image') ?? '').slice(PUBLIC_URL.length);

describe('what links to an episode show', () => {
  test('is a picture of its own, as large as it says', async () => {
    const { property } = await headOf(site.server, NEWEST);
    const path = property('og:image')?.slice(PUBLIC_URL.length) ?? '';
    expect(path).toMatch(/^\/shows\/stacca-stacca\/2025-01-30-venti-volte-meno\/card-[0-9a-f]{10}\.png$/);
    const { body, headers } = await request(site.server)
      .get(path)
      .expect(200)
      .expect('Content-Type', 'image/png');
    expect(await sharp(body).metadata()).toMatchObject({
      width: Number(property('og:image:width')),
      height: Number(property('og:image:height')),
    });
    expect(headers['cache-control']).toContain('immutable');
    expect(property('og:image:alt')).toContain('Il modello che costa venti volte meno');
  });

  test('changes its address when a waveform is drawn, and the older one leads there', async () => {
    const two = '/shows/bello-come-una-prigione/2025-01-28-lettere-da-dentro';
    const before = await cardAddress(two);
    await request(site.server).get(before).expect(200);
    expect(site.wished).toContain(two.slice('/shows/'.length));
    for (const { fingerprint } of twoVoices.segments) site.drawn.set(fingerprint, PEAKS);
    const { headers } = await request(site.server)
      .get(before.replace(/-\w{10}\.png/, '-0000000000.png'))
      .expect(302);
    expect(headers.location).toMatch(/card-[0-9a-f]{10}\.png$/);
    expect(headers.location).not.toBe(before);
    await request(site.server)
      .get(headers.location ?? '')
      .expect(200);
    site.drawn.clear();
  });

  test.each(['/shows/arabesque/bozza', '/shows/arabesque/domani', '/shows/niente/niente'])(
    'is not there for %s',
    async (path) => {
      await request(site.server).get(`${path}/card-0000000000.png`).expect(404);
    },
  );

  test('of a withdrawn one is gone', async () => {
    await request(site.server).get('/shows/arabesque/ritirata/card-0000000000.png').expect(410);
  });
});

describe('Twitter’s cards', () => {
  test('have the player of an episode, under https', async () => {
    const { named, property } = await headOf(site.server, NEWEST);
    expect(named('twitter:card')).toBe('player');
    expect(named('twitter:player')).toBe(`${PUBLIC_URL}/embed/stacca-stacca/2025-01-30-venti-volte-meno`);
    expect(Number(named('twitter:player:width'))).toBeGreaterThan(0);
    expect(Number(named('twitter:player:height'))).toBeGreaterThan(0);
    expect(property('og:image')).toMatch(/^https:/);
  });

  test('have the large picture where there is no https, and on other pages', async () => {
    const plain = await openSite(siteCatalogue(), 'http://127.0.0.1:3000');
    const { named } = await headOf(plain.server, NEWEST);
    expect([named('twitter:card'), named('twitter:player')]).toEqual(['summary_large_image', undefined]);
    await plain.close();
    for (const path of ['/', '/shows/stacca-stacca']) {
      const head = await headOf(site.server, path);
      expect(head.named('twitter:card')).toBe('summary_large_image');
      expect(head.property('og:image')).toMatch(/\/pictures\/picture-(station|stacca-stacca)\/1280\.jpg$/);
    }
  });
});

// schema.org's own names: each type with the properties that it has, or its super-types, as far as we write them.
const person = z.strictObject({ '@type': z.literal('Person'), name: z.string(), url: z.url().optional() });
const mediaObject = z.strictObject({
  '@type': z.literal('MediaObject'),
  contentUrl: z.url(),
  encodingFormat: z.string(),
  inLanguage: z.string(),
});
const audioObject = z.strictObject({
  '@type': z.literal('AudioObject'),
  name: z.string(),
  contentUrl: z.url(),
  embedUrl: z.url(),
  encodingFormat: z.string(),
  contentSize: z.string(),
  duration: z.string().regex(/^PT(\d+H)?(\d+M)?\d+S$/),
  caption: mediaObject.optional(),
});
const clip = z.strictObject({
  '@type': z.literal('Clip'),
  name: z.string(),
  startOffset: z.int(),
  endOffset: z.int(),
  url: z.url(),
});
const podcastEpisode = z.strictObject({
  '@context': z.literal('https://schema.org'),
  '@type': z.literal('PodcastEpisode'),
  '@id': z.url(),
  url: z.url(),
  name: z.string(),
  description: z.string(),
  datePublished: z.iso.datetime({ offset: true }),
  inLanguage: z.string(),
  timeRequired: z.string(),
  image: z.url(),
  keywords: z.array(z.string()),
  isFamilyFriendly: z.boolean(),
  license: z.string().optional(),
  episodeNumber: z.number().optional(),
  author: person.optional(),
  contributor: z.array(person),
  partOfSeries: z.strictObject({
    '@type': z.literal('PodcastSeries'),
    '@id': z.url(),
    url: z.url(),
    name: z.string(),
    webFeed: z.url(),
  }),
  associatedMedia: z.array(audioObject),
  hasPart: z.array(clip).optional(),
});

describe('an episode for search engines', () => {
  const written = async (path: string) => {
    const { document } = await headOf(site.server, path);
    return podcastEpisode.parse(
      JSON.parse(document.querySelector('script[type="application/ld+json"]')?.textContent ?? ''),
    );
  };

  test('has its chapters as clips, its transcript as a caption and its player, by schema.org’s names', async () => {
    const { hasPart, associatedMedia } = await written(NEWEST);
    expect(hasPart?.[1]).toEqual({
      '@type': 'Clip',
      name: 'Aperto, ma quanto?',
      startOffset: 492,
      endOffset: 687,
      url: `${PUBLIC_URL}${NEWEST}?t=492`,
    });
    expect(hasPart?.at(-1)?.endOffset).toBe(newest.segments[0]?.seconds);
    expect(associatedMedia[0]?.caption?.contentUrl).toBe(`${PUBLIC_URL}${NEWEST}/gilberto-aabbccddee.vtt`);
    expect(associatedMedia[0]?.embedUrl).toBe(
      `${PUBLIC_URL}/embed/stacca-stacca/2025-01-30-venti-volte-meno`,
    );
  });

  test('says which segment is meant where there are several', async () => {
    const { associatedMedia, hasPart } = await written(`/shows/${twoVoices.show}/${twoVoices.slug}`);
    expect(associatedMedia.map(({ embedUrl }) => new URL(embedUrl).search)).toEqual(['', '?segment=2']);
    expect(hasPart).toBeUndefined();
    await written(`/shows/${english.show}/${english.slug}`);
  });
});
