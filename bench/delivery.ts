/**
 * How fast the program sends, beside nginx (one worker, the same bytes from disk) and express.static. Every server
 * runs on one core, the load comes from the other; runs alternate, the figures are medians.
 *
 *     node bench/delivery.ts [--quick]
 */
import { execFileSync } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copyAnswers, makeStation, pathsOf } from './delivery-data.ts';
import { type Paths, type Peer, startNginx, startNode, startStation } from './peers.ts';
import { processorTime } from './processor-time.ts';
import { measure, median } from './wrk.ts';

type Case = {
  name: string;
  what: keyof Paths;
  headers: (peer: Peer) => Promise<Record<string, string>>;
  script?: string;
  connections: number;
};

const GZIP = { 'Accept-Encoding': 'gzip' };

/** 64 KiB from anywhere in the 10 MB file. */
const RANDOM_RANGES = `
math.randomseed(1)
request = function()
  local start = math.random(0, 10 * 1024 * 1024 - 65536)
  return wrk.format("GET", nil, { ["Range"] = "bytes=" .. start .. "-" .. (start + 65535) })
end
`;

function casesWith(rangesScript: string): Case[] {
  return [
    {
      name: 'feed of 60 items, 304',
      what: 'feed',
      headers: async ({ origin, paths }) => {
        const answer = await fetch(origin + paths.feed, { headers: GZIP });
        await answer.arrayBuffer();
        return { ...GZIP, 'If-None-Match': answer.headers.get('etag') ?? '' };
      },
      connections: 32,
    },
    { name: 'feed of 60 items, gzip, 200', what: 'feed', headers: async () => GZIP, connections: 32 },
    { name: 'feed of 300 items, gzip, 200', what: 'longFeed', headers: async () => GZIP, connections: 32 },
    { name: 'episode page, gzip', what: 'page', headers: async () => GZIP, connections: 32 },
    {
      name: 'audio, random 64 KiB ranges',
      what: 'audio',
      headers: async () => ({}),
      script: rangesScript,
      connections: 32,
    },
    { name: 'audio, whole 10 MB', what: 'audio', headers: async () => ({}), connections: 8 },
  ];
}

/** Answers per second, and processor time of the server for each answer in microseconds. */
type Result = { rate: number; cost: number };

async function measureCase(peers: Peer[], wanted: Case, rounds: number, seconds: number): Promise<Result[]> {
  const results = peers.map((): { rates: number[]; costs: number[] } => ({ rates: [], costs: [] }));
  // Round 0 is for the compilers: JavaScript is at its speed after some hundred thousand answers.
  for (let round = 0; round <= rounds; round += 1) {
    for (const [index, peer] of peers.entries()) {
      const { what, script, connections } = wanted;
      const load = {
        url: peer.origin + peer.paths[what],
        headers: await wanted.headers(peer),
        connections,
        seconds: round === 0 ? 4 : seconds,
      };
      const before = await processorTime(peer.pid);
      const { answers, rate } = await measure(script === undefined ? load : { ...load, script });
      const cost = ((await processorTime(peer.pid)) - before) / answers;
      if (round === 0) continue;
      results[index]?.rates.push(rate);
      results[index]?.costs.push(cost);
    }
  }
  return results.map(({ rates, costs }) => ({ rate: median(rates), cost: median(costs) }));
}

/** Returns the table as Markdown. Throws when a peer is not installed. */
export async function benchDelivery({ quick = false, only = '' } = {}): Promise<string> {
  requirePrograms();
  const folder = await mkdtemp(join(tmpdir(), 'riascolta-bench-'));
  // Started by root, nginx reads as nobody.
  await chmod(folder, 0o755);
  const peers: Peer[] = [];
  try {
    const [episodes, data] = [join(folder, 'episodes'), join(folder, 'data')];
    await makeStation(episodes);
    const station = await startStation(episodes, join(folder, 'var'));
    const ours = { ...station, paths: await pathsOf(station.origin) };
    peers.push(ours);
    const copies = await copyAnswers(ours.origin, ours.paths, data);
    peers.push(await startNginx('nginx', join(folder, 'nginx'), data, copies));
    const cached = ['open_file_cache max=1000;'];
    peers.push(
      await startNginx('nginx, open_file_cache', join(folder, 'nginx-cached'), data, copies, cached),
    );
    peers.push(await startNode('express.static', 'express-static.ts', data, copies));
    const script = join(folder, 'ranges.lua');
    await writeFile(script, RANDOM_RANGES);
    const rows = [];
    for (const wanted of casesWith(script)) {
      if (!wanted.name.includes(only)) continue;
      const [ours, ...others] = await measureCase(peers, wanted, quick ? 3 : 5, quick ? 1 : 2);
      if (ours === undefined) break;
      const cell = ({ rate, cost }: Result) => `${Math.round(rate)} (${Math.round(cost)} µs)`;
      const cells = others.map((other) => `${cell(other)} | **${(ours.rate / other.rate).toFixed(2)} ×**`);
      rows.push(`| ${wanted.name} | ${cell(ours)} | ${cells.join(' | ')} |`);
    }
    const heads = peers.slice(1).map(({ name }) => `${name} | ratio`);
    return [
      `| answers a second (processor time of each) | ${peers[0]?.name} | ${heads.join(' | ')} |`,
      `|---|${'---:|'.repeat(1 + heads.length * 2)}`,
      ...rows,
    ].join('\n');
  } finally {
    await Promise.all(peers.map((peer) => peer.stop()));
    await rm(folder, { recursive: true, force: true });
  }
}

function requirePrograms(): void {
  for (const [program, flag] of [
    ['nginx', '-v'],
    ['wrk', '-v'],
    ['taskset', '-V'],
  ] as const) {
    try {
      execFileSync(program, [flag], { stdio: 'ignore' });
    } catch (error) {
      // wrk answers -v with its help and an exit code of 1: only a program that is not there has no exit code.
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
        throw new Error(
          `This benchmark needs ${program}: install nginx-light, wrk and util-linux with your package manager.`,
        );
      }
    }
  }
}

if (import.meta.main) {
  const only = process.argv.find((argument) => argument.startsWith('--only='))?.slice('--only='.length) ?? '';
  try {
    console.log(await benchDelivery({ quick: process.argv.includes('--quick'), only }));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
