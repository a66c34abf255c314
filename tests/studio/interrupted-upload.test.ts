import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openRecords } from '../../src/records/records.ts';
import { eventually, runStation } from '../fixtures/running-station.ts';
import { putFiles, SHOW, STATION, temporaryFolder } from '../fixtures/station-folder.ts';
import { dataFolderWithAdmin } from '../fixtures/studio-station.ts';
import { toneWav } from '../fixtures/tone.ts';
import { openBrowser } from '../site/browser.ts';

const MEGABYTE = 1_000_000;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

async function uploadRow(dataDir: string) {
  const records = await openRecords(dataDir);
  try {
    return await records.db.selectFrom('uploads').selectAll().executeTakeFirst();
  } finally {
    records.close();
  }
}

test('an upload ends whole though the network drops, the server is killed, and the page is loaded anew', async () => {
  const episodesDir = await temporaryFolder();
  await putFiles(episodesDir, { 'station.md': STATION, 'stacca-stacca/show.md': SHOW });
  const { dataDir, admin } = await dataFolderWithAdmin();
  const settings = { DATA_DIR: dataDir, PORT: String(await freePort()) };
  const station = await runStation(episodesDir, settings);
  const browser = await openBrowser();
  onTestFinished(() => browser.close());
  const context = await browser.newContext({ locale: 'it-IT' });
  const [name = '', value = ''] = admin.cookie.split('=');
  await context.addCookies([{ name, value, url: station.address }]);
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send('Network.enable');
  await devtools.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 5,
    downloadThroughput: 50 * MEGABYTE,
    uploadThroughput: 2 * MEGABYTE,
  });
  await page.goto(`${station.address}/studio/new`);
  const choose = page.locator('[data-drop] [data-choose]').first();
  await page.locator('[data-drop-words]').waitFor();
  const sound = toneWav({ seconds: 80, frequency: 330 });
  await choose.setInputFiles({ name: 'lunga.wav', mimeType: 'audio/wav', buffer: sound });
  const received = async () => (await readFile(await uploadPath()).catch(() => Buffer.alloc(0))).length;
  const uploadPath = async () => join(dataDir, 'uploads', (await uploadRow(dataDir))?.id ?? '');

  await eventually(received, (bytes) => bytes > 0.5 * MEGABYTE, 30);
  await context.setOffline(true);
  const atCut = await received();
  await context.setOffline(false);
  await eventually(received, (bytes) => bytes > atCut + 0.5 * MEGABYTE, 30);

  const exited = once(station.process, 'exit');
  station.process.kill('SIGKILL');
  await exited;
  const atKill = await received();
  expect(atKill).toBeLessThan(sound.length);
  await runStation(episodesDir, settings);
  await eventually(received, (bytes) => bytes > atKill + 0.5 * MEGABYTE, 40);

  await page.reload();
  await page.locator('[data-drop-words]').waitFor();
  await eventually(received, (bytes) => bytes === sound.length, 40);
  const row = await eventually(
    () => uploadRow(dataDir),
    (one) => one?.state !== 'arriving',
  );
  const bytes = await readFile(join(dataDir, 'uploads', row?.id ?? ''));
  const hash = (data: Uint8Array) => createHash('sha256').update(data).digest('hex');
  expect(hash(bytes)).toBe(hash(sound));
});
