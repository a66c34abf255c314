import { readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import type { Prober } from '../../src/audio/prober.ts';
import type { OverlayBundle } from '../../src/publishing/dry-run/archive-overlay.ts';
import { dryRun } from '../../src/publishing/dry-run/dry-run.ts';
import { mp3 } from '../fixtures/audio.ts';
import { episodeMd, SHOW, STATION, temporaryFolder } from '../fixtures/station-folder.ts';
import { indexedFolder, prober } from '../indexing/indexing.ts';

const UNO = 'stacca/2025-01-01-uno';
const DUE = 'stacca/2025-02-02-due';
const ALTRA = SHOW.replaceAll('2', '3').replace('Stacca Stacca', 'Altra');
const FILES = {
  'altra/show.md': ALTRA,
  [`${UNO}/episode.md`]: episodeMd(['title: Uno', 'guid: g-uno', 'date: 2025-01-01']),
  [`${UNO}/a.mp3`]: mp3(),
  // No guid: it comes from the show's and the folder's name.
  [`${DUE}/episode.md`]: episodeMd(['title: Due', 'date: 2025-02-02']),
  [`${DUE}/b.mp3`]: mp3({ salt: 1 }),
};

/** What has been probed once is not probed again. */
const unused: Prober = {
  probe: (path) => Promise.reject(new Error(`${path} was probed`)),
  close: async () => {},
};

async function station() {
  const indexed = await indexedFolder(FILES);
  await indexed.indexer.scan();
  const { archive, catalogue } = indexed;
  const differences = async (bundles: OverlayBundle[], by: Prober = unused) =>
    (await dryRun({ archive, catalogue, prober: by, now: Date.now }, bundles)).map(
      ({ kind, title, severity }) => `${severity}: ${title} ${kind}`,
    );
  return { ...indexed, differences };
}

const renamed = (text: string): OverlayBundle[] => [
  { key: 'stacca', gone: true },
  { key: 'attacca', from: 'stacca', texts: { 'show.md': text } },
];

it('finds that a renamed show only has its sounds at other addresses, and probes nothing again', async () => {
  const { differences, faults } = await station();
  const temporary = await temporaryFolder();
  vi.stubEnv('TMPDIR', temporary);
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  expect(await differences(renamed(SHOW))).toEqual(['told: Due moved', 'told: Uno moved']);
  // Nothing was written, and nothing is left behind.
  expect(await faults()).toEqual([`${DUE}/episode.md guid-unpinned`]);
  expect(await readdir(temporary)).toEqual([]);
});

it('stops a renamed show whose guid would come from its name', async () => {
  const { differences } = await station();
  const unpinned = SHOW.replace(/^guid:.*\n/m, '');
  expect(await differences(renamed(unpinned))).toEqual([
    'stops: Stacca Stacca vanished',
    'stops: Due vanished',
    'told: Uno moved',
    'told: Due new',
  ]);
});

it('takes an item that goes to another show for moved, unless its guid changes on the way', async () => {
  const { differences } = await station();
  const moved = (from: string): OverlayBundle[] => [
    { key: from, gone: true },
    { key: from.replace('stacca', 'altra'), from },
  ];
  expect(await differences(moved(UNO))).toEqual(['told: Uno moved']);
  expect(await differences(moved(DUE))).toEqual(['stops: Due vanished', 'told: Due new']);
});

it('stops a changed date, a missing sound and a folder that can no longer be read', async () => {
  const { differences } = await station();
  const with_ = (texts: Record<string, string>, without: string[] = []): OverlayBundle[] => [
    { key: UNO, from: UNO, texts, without },
  ];
  const text = (lines: string[]) => ({ 'episode.md': episodeMd(lines) });
  expect(await differences(with_(text(['title: Altro', 'guid: g-uno', 'date: 2025-01-01'])))).toEqual([]);
  expect(await differences(with_(text(['title: Uno', 'guid: g-uno', 'date: 2025-01-02'])))).toEqual([
    'stops: Uno redated',
  ]);
  expect(await differences(with_({}, ['a.mp3']))).toEqual(['stops: Uno vanished']);
  expect(await differences(with_({ 'episode.md': '---\ntitle: [\n---\n' }))).toEqual(['stops: Uno vanished']);
});

it('tells of what comes back from elsewhere, and leaves a guid to the folder that has it', async () => {
  const { folder, archive, indexer, differences } = await station();
  await rename(join(folder, UNO), join(folder, '.cestino'));
  await indexer.scan();
  const back = (key: string): OverlayBundle[] => [
    {
      key,
      files: { 'a.mp3': join(folder, '.cestino/a.mp3'), 'episode.md': join(folder, '.cestino/episode.md') },
    },
  ];
  expect(await differences(back(UNO), prober)).toEqual(['told: Uno new']);
  await rename(join(folder, '.cestino'), join(folder, UNO));
  await indexer.scan();
  expect(await archive.bundle(UNO)).toBeDefined();
  expect(await differences([{ key: 'stacca/2025-01-01-copia', from: UNO }], unused)).toEqual([]);
});

it('looks at every show when the station would be another', async () => {
  const { differences } = await station();
  const moved = STATION.replace('Europe/Rome', 'America/New_York');
  expect(await differences([{ key: '', from: '', texts: { 'station.md': moved } }])).toEqual([
    'stops: Due redated',
    'stops: Uno redated',
  ]);
});
