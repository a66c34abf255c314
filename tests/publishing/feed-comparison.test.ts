import { expect, it } from 'vitest';
import { compareFeeds, type FeedItemFacts } from '../../src/publishing/dry-run/feed-comparison.ts';

const item = (guid: string, given: Partial<FeedItemFacts> = {}): FeedItemFacts => ({
  guid,
  title: guid.toUpperCase(),
  publishedAt: Date.UTC(2025, 0, 30, 18),
  enclosure: `/shows/stacca/${guid}/a.mp3`,
  ...given,
});

it('finds nothing where nothing differs that an app holds on to', () => {
  expect(compareFeeds([item('a'), item('b')], [item('b', { title: 'Altro' }), item('a')])).toEqual([]);
});

it('stops what loses an item, dates it anew or leaves it without its sound', () => {
  expect(
    compareFeeds(
      [item('a'), item('b'), item('c')],
      [item('b', { publishedAt: Date.UTC(2025, 0, 31) }), item('c', { isDead: true })],
    ),
  ).toEqual([
    { guid: 'a', title: 'A', kind: 'vanished', before: '/shows/stacca/a/a.mp3', severity: 'stops' },
    {
      guid: 'b',
      title: 'B',
      kind: 'redated',
      before: '2025-01-30T18:00:00Z',
      after: '2025-01-31T00:00:00Z',
      severity: 'stops',
    },
    { guid: 'c', title: 'C', kind: 'enclosure-dead', after: '/shows/stacca/c/a.mp3', severity: 'stops' },
  ]);
});

it('tells of what is new, of a sound at another address, and of one that was not there before either', () => {
  const dead = item('c', { isDead: true });
  expect(
    compareFeeds([item('a'), dead], [item('a', { enclosure: '/x.mp3' }), item('b'), dead]).map(
      ({ guid, kind, severity }) => `${guid} ${kind} ${severity}`,
    ),
  ).toEqual(['c enclosure-dead told', 'a moved told', 'b new told']);
});

it('stops what is new and has no sound', () => {
  expect(compareFeeds([], [item('a', { isDead: true })])).toEqual([
    { guid: 'a', title: 'A', kind: 'enclosure-dead', after: '/shows/stacca/a/a.mp3', severity: 'stops' },
  ]);
});
