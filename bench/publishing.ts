/**
 * How long it takes from the last byte of an upload to the published page and feed, through the program as it runs.
 *
 *     node bench/publishing.ts [--quick]
 */
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { openAccounts } from '../src/accounts/open-accounts.ts';
import { openRecords } from '../src/records/records.ts';
import { startStation } from './peers.ts';
import { byCommand, seconds, writeProgramme } from './sound.ts';
import { median } from './wrk.ts';

const BOTH_CORES = '0,1';
const BOUNDARY = 'riascolta-bench';

type Target = { origin: string; token: string };

async function tokenOf(dataDir: string, origin: string): Promise<string> {
  const records = await openRecords(dataDir);
  try {
    const accounts = openAccounts({ records, publicUrl: origin });
    const admin = await accounts.redeem(await accounts.firstLink(), {
      ...{ password: 'la radio che resta accesa', name: 'Irene', email: 'irene@example.org', language: 'it' },
    });
    return (await accounts.tokens.create(admin, 'bench', ['read', 'write', 'publish'])).secret;
  } finally {
    records.close();
  }
}

/** Publishes a file with one request, as docs/api.md has it. Returns the ms from its last byte to the answer that it is out. */
async function publish({ origin, token }: Target, path: string, title: string): Promise<number> {
  const asked = request(`${origin}/api/v1/episodes?wait=900`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${token}`,
      'Content-Type': `multipart/form-data; boundary=${BOUNDARY}`,
    },
  });
  const answered: Promise<IncomingMessage[]> = once(asked, 'response');
  const field = (name: string, value: string) =>
    `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
  asked.write(field('show', 'prove') + field('title', title) + field('action', 'publish'));
  const file = path.endsWith('.mp3') ? 'ora.mp3' : 'ora.wav';
  asked.write(`--${BOUNDARY}\r\nContent-Disposition: form-data; name="audio"; filename="${file}"\r\n\r\n`);
  await pipeline(createReadStream(path), asked, { end: false });
  const sentAt = performance.now();
  asked.end(`\r\n--${BOUNDARY}--\r\n`);
  const [answer] = await answered;
  const took = performance.now() - sentAt;
  let text = '';
  for await (const part of answer ?? []) text += part;
  if (answer?.statusCode !== 201) throw new Error(`not published: ${answer?.statusCode} ${text}`);
  const feed = await (await fetch(`${origin}/feed.xml`)).text();
  if (!feed.includes(`<title>${title}</title>`)) throw new Error('it is not in the feed');
  return took;
}

/** Publishes an hour as WAV and as an MP3 that stays as it is. Returns Markdown. */
export async function benchPublishing({ quick = false } = {}): Promise<string> {
  const minutes = quick ? 5 : 60;
  const folder = await mkdtemp(join(tmpdir(), 'riascolta-publishing-'));
  const [episodes, data] = [join(folder, 'episodes'), join(folder, 'var')];
  await mkdir(join(episodes, 'prove'), { recursive: true });
  await writeFile(join(episodes, 'station.md'), '---\ntitle: Radio\ndescription: Prove.\n---\n');
  await writeFile(join(episodes, 'prove', 'show.md'), '---\ntitle: Prove\ndescription: Prove.\n---\n');
  const station = await startStation(episodes, data, BOTH_CORES);
  try {
    const target = { origin: station.origin, token: await tokenOf(data, station.origin) };
    const [wav, theirs] = [join(folder, 'ora.wav'), join(folder, 'theirs.mp3')];
    writeProgramme(wav, minutes);
    let [command, ours] = [0, 0];
    const rounds = quick ? 1 : 2;
    for (let round = 0; round < rounds; round += 1) {
      const { measuring, encoding } = await byCommand(wav, theirs);
      command += (measuring.clock + encoding.clock) / rounds;
      ours += (await publish(target, wav, `Un’ora di WAV ${round}`)) / rounds;
    }
    const enclosure = /enclosure url="([^"]+)"/.exec(await (await fetch(`${target.origin}/feed.xml`)).text());
    const made = join(folder, 'ora.mp3');
    await writeFile(made, new Uint8Array(await (await fetch(enclosure?.[1] ?? '')).arrayBuffer()));
    const untouched: number[] = [];
    for (const round of [1, 2, 3, 4, 5]) untouched.push(await publish(target, made, `Intatto ${round}`));
    return [
      `From the last byte of an upload to the published page and feed, ${minutes} minutes of stereo:`,
      '',
      `| WAV, mean of ${rounds} | the two ffmpeg commands | ratio | MP3 that stays as it is, median of 5 |`,
      '|---:|---:|---:|---:|',
      `| ${seconds(ours)} | ${seconds(command)} | ${(ours / command).toFixed(2)} × | ${seconds(median(untouched))} |`,
    ].join('\n');
  } finally {
    await station.stop();
    await rm(folder, { recursive: true });
  }
}

if (import.meta.main) console.log(await benchPublishing({ quick: process.argv.includes('--quick') }));
