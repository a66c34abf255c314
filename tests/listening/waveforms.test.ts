import { readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openFolderArchive } from '../../src/archive/folder-archive.ts';
import { NotAudio } from '../../src/audio/failures.ts';
import { fileFingerprint } from '../../src/audio/fingerprint.ts';
import { DiskFull, ProductionFailed } from '../../src/audio/production/failures.ts';
import { PEAK_BINS } from '../../src/audio/production/waveform-peaks.ts';
import { MOST_ATTEMPTS } from '../../src/jobs/job.ts';
import { startJobRunner } from '../../src/jobs/job-runner.ts';
import { openJobs } from '../../src/jobs/jobs.ts';
import { drawWaveformsJob } from '../../src/listening/draw-waveforms-job.ts';
import { openWaveforms } from '../../src/listening/waveforms.ts';
import { openRecords } from '../../src/records/records.ts';
import { mp3 } from '../fixtures/audio.ts';
import {
  eventually,
  keepSampleStation,
  keepStation,
  type RunningStation,
} from '../fixtures/running-station.ts';
import { joined, silence, tone, waveFile } from '../fixtures/sounds.ts';
import { episodeMd, putFiles, SHOW, STATION, temporaryFolder } from '../fixtures/station-folder.ts';

type Kept = RunningStation & { close(): Promise<void> };

/** The address of the waveform of the first sound on a page. */
async function peaksOn(station: Kept, page: string): Promise<string> {
  const audio = new RegExp(`${page}/[^"#?]+\\.(?:mp3|wav)`).exec(await station.text(page))?.[0];
  if (audio === undefined) throw new Error(`there is no sound on ${page}`);
  return `${audio}.peaks`;
}

async function whenDrawn(station: Kept, address: string): Promise<Response> {
  return eventually(
    () => station.get(address),
    ({ status }) => status !== 204,
    45,
  );
}

const highest = (bins: Uint8Array, from: number, to: number): number => Math.max(...bins.subarray(from, to));

describe('the sample station, started for the first time', () => {
  let station: Kept;
  beforeAll(async () => {
    station = await keepSampleStation();
  });
  afterAll(() => station.close());

  it('has a waveform of each sound a few seconds after somebody first looked', async () => {
    const address = await peaksOn(station, '/shows/stacca-stacca/2025-01-30-sputnik-moment');
    const first = await station.get(address);
    expect(first.status).toBe(204);
    expect(first.headers.get('cache-control')).toBe('no-store');
    const drawn = await whenDrawn(station, address);
    expect(drawn.status).toBe(200);
    expect(drawn.headers.get('cache-control')).toContain('immutable');
    const bins = new Uint8Array(await drawn.arrayBuffer());
    expect(bins).toHaveLength(PEAK_BINS);
    // Somebody speaks: it is loud all along, and never for long at the same height.
    for (let from = 0; from < PEAK_BINS; from += 300)
      expect(highest(bins, from, from + 300)).toBeGreaterThan(40);
    expect(new Set(bins).size).toBeGreaterThan(30);
  });
});

describe('a station of two processes, over a folder that somebody put together', () => {
  let station: Kept;
  beforeAll(async () => {
    const between = joined(silence(3), tone(2, { level: -6 }), silence(3), tone(2, { level: -18 }));
    station = await keepStation(
      {
        'station.md': STATION,
        's/show.md': SHOW,
        's/2024-01-01-a/episode.md': episodeMd(['title: Prima', 'guid: a']),
        's/2024-01-01-a/a.wav': waveFile([between]),
        's/2024-01-01-b/episode.md': episodeMd(['title: Seconda', 'guid: b']),
        's/2024-01-01-b/b.mp3': Buffer.concat([mp3({ seconds: 4 }), Buffer.alloc(40_000, 'x')]),
      },
      { WORKERS: '2' },
    );
  });
  afterAll(() => station.close());

  it('draws what any of them was asked for: high where the sound is, and nothing where it is silent', async () => {
    const address = await peaksOn(station, '/shows/s/2024-01-01-a');
    for (let visit = 0; visit < 6; visit++)
      expect((await station.get(address, { headers: { Connection: 'close' } })).status).toBe(204);
    const bins = new Uint8Array(await (await whenDrawn(station, address)).arrayBuffer());
    expect(bins).toHaveLength(PEAK_BINS);
    const at = (seconds: number) => Math.round((seconds / 10) * PEAK_BINS);
    expect(highest(bins, 0, at(2.9))).toBe(0);
    expect(highest(bins, at(3.1), at(4.9))).toBeCloseTo(255 * 10 ** (-6 / 20), -1);
    expect(highest(bins, at(5.1), at(7.9))).toBe(0);
    expect(highest(bins, at(8.1), at(9.9))).toBeCloseTo(255 * 10 ** (-18 / 20), -1);
  });
});

/** Records of a station on which nobody works, and the waveforms over them; `at` in milliseconds since 1970. */
async function wishing() {
  const dataDir = await temporaryFolder();
  const records = await openRecords(dataDir);
  onTestFinished(() => records.close());
  const clock = { now: 1_000_000 };
  const waveforms = openWaveforms({ records, dataDir, now: () => clock.now });
  const jobs = openJobs({ records, now: () => clock.now });
  const waiting = async () => (await jobs.underWay()).map(({ kind, subject }) => `${kind} ${subject}`);
  /** The subjects in the order in which a runner takes them. */
  const order = async (): Promise<string[]> => {
    const taken: string[] = [];
    const runner = startJobRunner({
      records,
      handlers: { draw: async ({ subject }) => taken.push(subject) },
      log: { error: () => {}, warn: () => {} },
    });
    while ((await jobs.underWay()).length > 0) await sleep(10);
    await runner.close();
    return taken;
  };
  return { dataDir, records, clock, waveforms, jobs, waiting, order };
}

describe('wishes for waveforms', () => {
  it('are one job for an episode, however often and by however many processes it is wished for', async () => {
    const { dataDir, records, waveforms, waiting } = await wishing();
    const elsewhere = openWaveforms({ records, dataDir });
    for (let visit = 0; visit < 50; visit++) {
      waveforms.requestDrawing('s/a');
      elsewhere.requestDrawing('s/a');
    }
    await waveforms.close();
    await elsewhere.close();
    expect(await waiting()).toEqual(['draw s/a']);
  });

  it('of a crawler that asks for everything are a few dozen at most; what was asked for last is drawn first', async () => {
    const { clock, waveforms, order } = await wishing();
    for (let page = 0; page < 3_000; page++) {
      clock.now += 1;
      waveforms.requestDrawing(`s/${page}`);
      if (page % 20 === 0) await waveforms.close();
    }
    await waveforms.close();
    const drawn = await order();
    expect(drawn.length).toBeLessThanOrEqual(30);
    expect(drawn.slice(0, 3)).toEqual(['s/2999', 's/2998', 's/2997']);
  });

  it('bring forward what staff’s publishing has put to be drawn, and never push it out', async () => {
    const { clock, jobs, waveforms, order } = await wishing();
    await jobs.add('draw', 's/new');
    for (let page = 0; page < 100; page++) {
      clock.now += 1;
      waveforms.requestDrawing(`s/${page}`);
      await waveforms.close();
    }
    clock.now += 1;
    waveforms.requestDrawing('s/new');
    await waveforms.close();
    expect((await order())[0]).toBe('s/new');
  });

  it('do not hurry what waits for its next attempt', async () => {
    const { records, jobs, waveforms, clock } = await wishing();
    await jobs.add('draw', 's/a');
    const due_at = Date.now() + 60_000;
    await records.db.updateTable('jobs').set({ due_at, attempts: 2 }).execute();
    clock.now = Date.now();
    waveforms.requestDrawing('s/a');
    await waveforms.close();
    expect(await records.db.selectFrom('jobs').select('due_at').execute()).toEqual([{ due_at }]);
  });

  it('are forgotten where the records cannot be written, and the page goes on', async () => {
    const { records, waveforms } = await wishing();
    records.close();
    waveforms.requestDrawing('s/a');
    await expect(waveforms.close()).resolves.toBeUndefined();
    expect(await waveforms.read('0123456789')).toBeUndefined();
  });
});

describe('what cannot be drawn', () => {
  /** An episode with one sound, and what draws it: this, each time. */
  async function drawing(drawPeaks: (target: string) => Promise<void>) {
    const dataDir = await temporaryFolder();
    const episodesDir = await temporaryFolder();
    await putFiles(episodesDir, { 's/a/episode.md': episodeMd(['title: A']), 's/a/a.mp3': mp3() });
    const archive = await openFolderArchive(episodesDir);
    const fingerprint = await fileFingerprint(join(episodesDir, 's/a/a.mp3'));
    let tries = 0;
    const handler = drawWaveformsJob(
      { archive, dataDir },
      {
        async drawPeaks({ target }) {
          tries += 1;
          await drawPeaks(target);
        },
      },
    );
    const attempt = async (count: number) =>
      handler({
        subject: 's/a',
        payload: {},
        report: () => {},
        signal: new AbortController().signal,
        attempt: count,
      });
    const records = await openRecords(dataDir);
    onTestFinished(() => records.close());
    const waveforms = openWaveforms({ records, dataDir });
    return { dataDir, fingerprint, attempt, waveforms, tries: () => tries, jobs: openJobs({ records }) };
  }

  it('is tried once where the file is to blame, and not again at each visit', async () => {
    const { attempt, waveforms, fingerprint, tries, jobs } = await drawing(async () => {
      throw new NotAudio('noise');
    });
    await attempt(1);
    await attempt(1);
    expect(tries()).toBe(1);
    expect(await waveforms.read(fingerprint)).toBeUndefined();
    waveforms.requestDrawing('s/a', fingerprint);
    await waveforms.close();
    expect(await jobs.underWay()).toEqual([]);
    // Another sound of the same episode may well be drawn.
    waveforms.requestDrawing('s/a', '0123456789');
    await waveforms.close();
    expect(await jobs.underWay()).toMatchObject([{ kind: 'draw', subject: 's/a' }]);
  });

  it('is tried a few times where the machine may be to blame', async () => {
    const { attempt, fingerprint, waveforms, tries } = await drawing(async () => {
      throw new ProductionFailed('it fell');
    });
    for (let count = 1; count < MOST_ATTEMPTS; count++)
      await expect(attempt(count)).rejects.toThrow('it fell');
    await attempt(MOST_ATTEMPTS);
    await attempt(1);
    expect(tries()).toBe(MOST_ATTEMPTS);
    expect(await waveforms.read(fingerprint)).toBeUndefined();
  });

  it('for want of room is left for another day, and nobody is bothered', async () => {
    let isFull = true;
    const { attempt, fingerprint, waveforms, dataDir } = await drawing(async (target) => {
      if (isFull) throw new DiskFull('full');
      await writeFile(target, new Uint8Array(PEAK_BINS).fill(7));
    });
    await attempt(1);
    expect(await readdir(join(dataDir, 'peaks'))).toEqual([]);
    isFull = false;
    await attempt(1);
    expect((await waveforms.read(fingerprint))?.[0]).toBe(7);
    expect(await readFile(waveforms.path(fingerprint))).toHaveLength(PEAK_BINS);
  });

  it('where the data folder may only be read costs no decoding', async () => {
    const { attempt, dataDir, tries } = await drawing(async () => {});
    // Not even the system's administrator may put a file there.
    await symlink('/sys/kernel', join(dataDir, 'peaks'));
    await attempt(1);
    expect(tries()).toBe(0);
  });
});
