import { link, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fullInDays } from '../../src/publishing/uploads/disk-space/disk-history.ts';
import { putFiles } from '../fixtures/station-folder.ts';
import { uploadRoom } from './opened-uploads.ts';

const DAY_MS = 24 * 3_600_000;

describe('the ledger of the disk', () => {
  it('says what takes what, and the largest shows', async () => {
    const room = await uploadRoom();
    await putFiles(room.episodesDir, {
      'station.md': '1234567890',
      'piccola/show.md': '12345',
      'piccola/una/voce.mp3': Buffer.alloc(1_000),
      'grande/una/voce.mp3': Buffer.alloc(5_000),
      'grande/due/voce.mp3': Buffer.alloc(6_000),
    });
    await putFiles(room.dataDir, {
      'uploads/a': Buffer.alloc(100),
      'originals/b': Buffer.alloc(200),
      'sounds/c.mp3': Buffer.alloc(300),
      'pictures/x/1.jpg': Buffer.alloc(400),
      'catalogue/g.sqlite': Buffer.alloc(500),
      'bin/d/episode.md': Buffer.alloc(600),
      'peaks/e': Buffer.alloc(700),
    });
    await link(join(room.dataDir, 'sounds/c.mp3'), join(room.episodesDir, 'grande/due/altra.mp3'));
    await symlink('/usr', join(room.episodesDir, 'fuori'));
    const { parts, shows, total, free, measuredAt } = await room.uploads.diskUsage();
    const sizes = Object.fromEntries(parts.map(({ part, bytes, files }) => [part, [bytes, files]]));
    expect(sizes).toMatchObject({
      uploads: [100, 1],
      originals: [200, 1],
      pictures: [400, 1],
      catalogue: [500, 1],
      bin: [600, 1],
    });
    // What has two names is counted once, and a link for itself.
    expect((sizes.sounds?.[0] ?? 0) + (sizes.episodes?.[0] ?? 0)).toBe(300 + 10 + 5 + 12_000 + '/usr'.length);
    expect(shows.map(({ show }) => show)).toEqual(['grande', 'piccola']);
    expect(shows[1]).toEqual({ show: 'piccola', bytes: 1_005, files: 2 });
    expect(total).toBeGreaterThan(free);
    expect(measuredAt).toBeGreaterThan(0);
  });

  it('is measured at most every ten minutes, for all processes, and then behind whoever asks', async () => {
    let time = 1_700_000_000_000;
    const room = await uploadRoom({ now: () => time });
    const uploadsOf = async () =>
      (await room.reopen().diskUsage()).parts.find(({ part }) => part === 'uploads')?.bytes;
    expect(await uploadsOf()).toBe(0);
    await putFiles(room.dataDir, { 'uploads/a': Buffer.alloc(100) });
    time += 9 * 60_000;
    expect(await uploadsOf()).toBe(0);
    time += 2 * 60_000;
    const { uploads } = room;
    const old = await uploads.diskUsage();
    expect(old.measuredAt).toBe(1_700_000_000_000);
    while ((await uploads.diskUsage()).measuredAt !== time)
      await new Promise((resolve) => setTimeout(resolve, 10));
    expect(await uploadsOf()).toBe(100);
  });

  it('remembers what was used of the disk, day by day', async () => {
    let time = Date.parse('2025-01-01T12:00Z');
    const room = await uploadRoom({ now: () => time });
    for (let day = 0; day < 40; day += 1) {
      await room.uploads.diskUsage();
      await room.uploads.diskUsage();
      time += DAY_MS;
    }
    const row = await room.records.db
      .selectFrom('facts')
      .select('value')
      .where('name', '=', 'disk-history')
      .executeTakeFirstOrThrow();
    const days: { day: string }[] = JSON.parse(row.value);
    expect(days.map(({ day }) => day)).toEqual(
      Array.from({ length: 30 }, (_, at) =>
        new Date(Date.parse('2025-01-11') + at * DAY_MS).toISOString().slice(0, 10),
      ),
    );
  });
});

describe('the day on which the disk is full', () => {
  const days = (...used: number[]) =>
    used.map((bytes, at) => ({
      day: new Date(Date.parse('2025-01-01') + at * DAY_MS).toISOString().slice(0, 10),
      used: bytes,
    }));

  it.each([
    ['a steady pace', days(100, 110, 120, 130), 95, 9],
    ['a pace with its ups and downs', days(100, 130, 110, 140, 120, 150), 70, 9],
    ['a disk that is full', days(100, 110, 120), 0, 0],
    ['fewer than three days', days(100, 200), 100, undefined],
    ['a disk that empties', days(300, 200, 100), 100, undefined],
    ['a disk on which nothing happens', days(100, 100, 100), 100, undefined],
    ['a day farther off than anybody plans', days(100, 101, 102), 1e6, undefined],
  ])('is told from %s', (_, history, free, left) => {
    expect(fullInDays(history, free)).toBe(left);
  });
});
