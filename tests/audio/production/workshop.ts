import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ProducerLimits, startProducer } from '../../../src/audio/production/process/producer.ts';
import {
  HOUSE_RULES,
  type Production,
  type ProductionOrder,
  type ProductionStage,
} from '../../../src/audio/production/production.ts';

/** A producer with a folder of its own. */
export function workshop(options: { limits?: Partial<ProducerLimits>; program?: URL } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'riascolta-production-'));
  const producer = startProducer(options);
  const target = join(folder, 'made.mp3');
  const peaks = join(folder, 'made.peaks');
  return {
    producer,
    target,
    peaks,
    /** Writes a file and returns its path. */
    put(name: string, bytes: Uint8Array | string): string {
      const path = join(folder, name);
      writeFileSync(path, bytes);
      return path;
    },
    make(
      source: string,
      order: Partial<ProductionOrder> = {},
      options: { report?: (stage: ProductionStage, progress: number) => void; signal?: AbortSignal } = {},
    ): Promise<Production> {
      const whole: ProductionOrder = { source, target, peaks, voice: 'auto', rules: HOUSE_RULES, ...order };
      return producer.produce(whole, options);
    },
    made: (): Buffer => readFileSync(target),
    isMade: (): boolean => existsSync(target),
    names: (): string[] => readdirSync(folder).sort(),
    async close(): Promise<void> {
      await producer.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The processes that this one has started. */
export function childProcesses(): number[] {
  return readdirSync('/proc/self/task').flatMap((thread) =>
    readFileSync(`/proc/self/task/${thread}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  );
}
