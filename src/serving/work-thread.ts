import { constants } from 'node:os';
import { workerData } from 'node:worker_threads';
import { z } from 'zod';
import { startProber } from '../audio/prober.ts';
import { startProducer } from '../audio/production/process/producer.ts';
import type { Config } from '../config.ts';
import { startJobRunner } from '../jobs/job-runner.ts';
import { createLog } from '../log.ts';
import { threadHasBegun, whenThreadIsToEnd } from '../processes/supervised-thread.ts';
import { openStaffServices } from './open-staff-services.ts';
import { openStores } from './open-stores.ts';

const HOUR_MS = 3_600_000;
/** On a machine that is busy it may get next to nothing for a while. */
const DRAWER_LIMITS = { idle: 10_000, stall: 5 * 60_000 };

/** `recovers`: what a crash left is put right first, before anybody can have begun anything new. */
export type WorkConfig = Config & { publicUrl: string; recovers: boolean };

// Handed over by `serve`, which had it from the environment.
const config = z.custom<WorkConfig>().parse(workerData);
const log = createLog(config, 'work');
const producer = startProducer();
// Nobody waits for a waveform: it is drawn with what listeners and staff leave over, and its process soon ends.
const drawer = startProducer({
  priority: constants.priority.PRIORITY_BELOW_NORMAL,
  limits: DRAWER_LIMITS,
});
const prober = startProber();
const stores = await openStores(config);
const rooms = openStaffServices(config, stores, { prober, producer, drawer });
if (config.recovers) {
  await rooms.uploads.recover();
  await rooms.publishing.recover();
}
const runner = startJobRunner({
  records: rooms.records,
  handlers: rooms.publishing.handlers,
  onFailed: { examine: rooms.uploads.examineFailed },
  log,
});

async function expire(): Promise<void> {
  const now = Date.now();
  try {
    await rooms.uploads.expire(now);
    await rooms.publishing.bin.expire(now);
    await rooms.uploads.diskUsage();
  } catch (error) {
    log.error(error, 'what has expired could not be removed');
  }
}
const expiry = setInterval(expire, HOUR_MS);
void expire();

whenThreadIsToEnd(async () => {
  clearInterval(expiry);
  await runner.close();
  await Promise.all([producer.close(), drawer.close(), prober.close()]);
  stores.records.close();
  await stores.catalogue.close();
});
threadHasBegun();
