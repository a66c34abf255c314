import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { startProducer } from '../src/audio/production/process/producer.ts';
import { HOUSE_RULES, type Producer, type Production } from '../src/audio/production/production.ts';
import { noise, silence, speech, tone, waveFile } from '../tests/fixtures/sounds.ts';
import { median } from './wrk.ts';

const MEASURE = 'ebur128=peak=true:framelog=verbose';

/** How long a piece of work took, by the clock and of all processors together (ms). */
type Taken = { clock: number; processor: number };
/** `stages`: how long each took by the clock (ms); `memory`: bytes at most. */
type Made = Taken & { stages: Map<string, number>; memory: number; production: Production };

/** Writes minutes of a programme in stereo: people with voices of their own, music, pauses, no two minutes alike in level. */
export function writeProgramme(path: string, minutes: number): void {
  const parts = [
    speech(30, { level: -8 }),
    speech(30, { level: -14, seed: 3 }),
    noise(2, { level: -20 }),
    silence(2),
  ];
  const chord = [220, 277, 330, 440, 3520].map((frequency) => tone(20, { frequency, level: -24 }));
  const music = chord.reduce((sum, wave) => sum.map((sample, at) => sample + (wave[at] ?? 0)));
  const left = Float32Array.from([...parts, music].flatMap((part) => [...part])).subarray(0, 60 * 44_100);
  const right = left.map((sample, at) => 0.7 * sample + 0.2 * (left[at - 40] ?? 0));
  const minute = waveFile([left, right]);
  const head = Buffer.from(minute.subarray(0, 44));
  head.writeUInt32LE(36 + (minute.length - 44) * minutes, 4);
  head.writeUInt32LE((minute.length - 44) * minutes, 40);
  const file = openSync(path, 'w');
  writeSync(file, head);
  const samples = new Int16Array(minute.buffer, minute.byteOffset + 44, (minute.length - 44) / 2);
  for (let index = 0; index < minutes; index++) {
    const gain = 10 ** (((index * 7) % 11) / -20);
    writeSync(file, Buffer.from(samples.map((sample) => sample * gain).buffer));
  }
}

/** Runs the ffmpeg command. Returns what it took and what it said. */
async function ffmpeg(...args: string[]): Promise<Taken & { said: string }> {
  const startedAt = performance.now();
  const command = ['-hide_banner', '-nostats', '-benchmark', '-y', ...args];
  const child = spawn('ffmpeg', command, { stdio: ['ignore', 'ignore', 'pipe'] });
  const [said, [status]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  if (status !== 0) throw new Error(`ffmpeg ended with ${status}: ${said}`);
  const [, user, system] = /utime=([\d.]+)s stime=([\d.]+)s/.exec(said) ?? [];
  const processor = (Number(user) + Number(system)) * 1000;
  return { clock: performance.now() - startedAt, processor, said };
}

/** The same work by two commands: measure, then gain and encode. */
export async function byCommand(
  source: string,
  target: string,
): Promise<{ measuring: Taken; encoding: Taken }> {
  const measuring = await ffmpeg('-i', source, '-af', MEASURE, '-f', 'null', '-');
  const loudness = Number(/I:\s+(-?[\d.]+) LUFS/.exec(measuring.said)?.[1]);
  const gain = `volume=${HOUSE_RULES.loudness - loudness}dB`;
  const encoding = await ffmpeg('-i', source, '-af', gain, '-c:a', 'libmp3lame', '-b:a', '128k', target);
  return { measuring, encoding };
}

/** The processes that this one has started. */
const children = (): string[] =>
  readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').split(' ').filter(Boolean);

/** Their resident memory (bytes). */
const childMemory = (): number =>
  children()
    .map((pid) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024)
    .reduce((sum, bytes) => sum + bytes, 0);

/** The processor time that they and those they started have used (ms; proc_pid_stat(5), fields 14 to 17, in 10 ms). */
const childTime = (): number =>
  children()
    .flatMap((pid) =>
      readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /, '')
        .split(' ')
        .slice(11, 15),
    )
    .reduce((sum, ticks) => sum + Number(ticks) * 10, 0);

async function byProducer(producer: Producer, source: string, target: string): Promise<Made> {
  const stages = new Map<string, number>();
  let memory = 0;
  let stage = 'looking';
  let since = performance.now();
  const startedAt = since;
  const processorBefore = childTime();
  const count = () => {
    const now = performance.now();
    stages.set(stage, (stages.get(stage) ?? 0) + now - since);
    since = now;
  };
  const sampling = setInterval(() => {
    memory = Math.max(memory, childMemory());
  }, 100);
  const production = await producer.produce(
    { source, target, peaks: `${target}.peaks`, voice: 'auto', rules: HOUSE_RULES },
    {
      report: (next) => {
        count();
        stage = next;
      },
    },
  );
  count();
  clearInterval(sampling);
  const processor = childTime() - processorBefore;
  return { clock: performance.now() - startedAt, processor, stages, memory, production };
}

export const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`;

/** Measures the way of a WAV to its MP3 beside the ffmpeg command, and that of an untouched MP3. Returns Markdown. */
export async function benchSound({ quick = false } = {}): Promise<string> {
  const minutes = quick ? 5 : 60;
  const folder = mkdtempSync(join(tmpdir(), 'riascolta-sound-'));
  const producer = startProducer();
  try {
    const [source, target, theirs] = ['source.wav', 'ours.mp3', 'theirs.mp3'].map((name) =>
      join(folder, name),
    );
    if (!source || !target || !theirs) throw new Error('three names');
    writeProgramme(source, minutes);
    producer.warm();
    const rounds: { command: Awaited<ReturnType<typeof byCommand>>; ours: Made }[] = [];
    for (let round = 0; round < (quick ? 1 : 2); round++) {
      const command = await byCommand(source, theirs);
      rounds.push({ command, ours: await byProducer(producer, source, target) });
    }
    const lines = rounds.map(({ command: { measuring, encoding }, ours }) => {
      const theirClock = measuring.clock + encoding.clock;
      const theirProcessor = measuring.processor + encoding.processor;
      const stages = [...ours.stages].map(([stage, time]) => `${stage} ${seconds(time)}`).join(', ');
      return `| ${[
        `${seconds(theirClock)} (measuring ${seconds(measuring.clock)}, encoding ${seconds(encoding.clock)})`,
        `${seconds(ours.clock)} (${stages})`,
        `${(ours.clock / theirClock).toFixed(2)} ×`,
        `${seconds(theirProcessor)}, ${seconds(ours.processor)}`,
        `${(ours.memory / 1e6).toFixed(0)} MB`,
      ].join(' | ')} |`;
    });
    const sum = (of: (round: (typeof rounds)[number]) => number) =>
      rounds.reduce((total, round) => total + of(round), 0);
    const ratio =
      sum(({ ours }) => ours.clock) / sum(({ command }) => command.measuring.clock + command.encoding.clock);
    const { said: heard } = await ffmpeg('-i', target, '-af', MEASURE, '-f', 'null', '-');
    const untouched: number[] = [];
    for (let round = 0; round < 5; round++) {
      const { clock, production } = await byProducer(producer, target, join(folder, 'again.mp3'));
      if (!production.untouched) throw new Error('the MP3 was not taken as it is');
      untouched.push(clock);
    }
    const integrated = /I:\s+(-?[\d.]+) LUFS/.exec(heard)?.[1];
    const peak = /True peak:\s+Peak:\s+(-?[\d.]+) dBFS/.exec(heard)?.[1];
    return [
      `WAV of ${minutes} minutes, 44.1 kHz stereo, to an MP3 at -16 LUFS:`,
      '',
      '| ffmpeg command | Riascolta | ratio | processor time of both | its process, at most |',
      '|---|---|---:|---:|---:|',
      ...lines,
      '',
      `All rounds together: ${ratio.toFixed(2)} ×. By ffmpeg's meter the result has ${integrated} LUFS and ${peak} dBTP.`,
      `The same MP3 again, untouched: ${untouched.map(seconds).join(', ')}; median ${seconds(median(untouched))}.`,
    ].join('\n');
  } finally {
    await producer.close();
    for (const name of readdirSync(folder)) rmSync(join(folder, name));
    rmSync(folder, { recursive: true });
  }
}

if (import.meta.main) console.log(await benchSound({ quick: process.argv.includes('--quick') }));
