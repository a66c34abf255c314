import { HtmlValidate } from 'html-validate';
import request from 'supertest';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { MARKUP_RULES } from './markup-rules.ts';
import { openSite, type SiteUnderTest } from './site-under-test.ts';

let site: SiteUnderTest;

beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

const validator = new HtmlValidate({
  extends: ['html-validate:recommended'],
  rules: {
    ...MARKUP_RULES,
    // The Open Graph property and the twitter name are both right where they stand.
    'meta-refresh': 'error',
  },
});

test.each([
  '/',
  '/?lang=en',
  '/shows',
  '/shows/stacca-stacca',
  '/shows/arabesque',
  '/shows/stacca-stacca/2025-01-30-venti-volte-meno',
  '/shows/bello-come-una-prigione/2025-01-28-lettere-da-dentro',
  '/shows/frittura-mista/2025-01-29-hostile',
  '/shows/night-shift/2025-01-26-a-tape?lang=en',
  '/tags',
  '/tags/porti',
  '/categories/mediterraneo',
  '/archive',
  '/archive/2024',
  '/search',
  '/search?q=porti&page=2',
  '/search?q=niente',
  '/subscribe',
  '/niente',
  '/shows/arabesque/ritirata',
])('%s is valid HTML', async (path) => {
  const { text } = await request(site.server).get(path);
  const report = await validator.validateString(text);
  const faults = report.results.flatMap(({ messages }) =>
    messages.map(
      ({ ruleId, message, line }) => `${ruleId}: ${message} (${text.split('\n')[line - 1]?.slice(0, 160)})`,
    ),
  );
  expect(faults).toEqual([]);
});
