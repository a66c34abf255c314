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
/** On a busy machine its low priority leaves it without processor time for a while. */
const DRAWER_LIMITS = { idle: 10_000, stall: 5 * 60_000 };

/** `recovers`: first puts right what a crash has left, before new work begins. */
export type WorkConfig = Config & { publicUrl: string; recovers: boolean };

// `serve` read the configuration from the environment and passes it on.
const config = z.custom<WorkConfig>().parse(workerData);
const log = createLog(config, 'work');
const producer = startProducer();
// Nobody waits for a waveform: its process has a low priority and ends soon.
const drawer = startProducer({
  priority: constants.priority.PRIORITY_BELOW_NORMAL,
  limits: DRAWER_LIMITS,
});
const prober = startProber();
const stores = await openStores(config);
const services = openStaffServices(config, stores, { prober, producer, drawer });
if (config.recovers) {
  await services.uploads.recover();
  await services.publishing.recover();
}
const runner = startJobRunner({
  records: services.records,
  handlers: services.publishing.handlers,
  onFailed: { examine: services.uploads.examineFailed },
  log,
});

async function expire(): Promise<void> {
  const now = Date.now();
  try {
    await services.uploads.expire(now);
    await services.publishing.bin.expire(now);
    await services.uploads.diskUsage();
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
