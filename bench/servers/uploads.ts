import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { HOUSE_RULES } from '../../src/audio/production/production.ts';
import { createHttpServer } from '../../src/delivery/delivery.ts';
import { openJobs } from '../../src/jobs/jobs.ts';
import { openUploads } from '../../src/publishing/uploads/uploads.ts';
import { openRecords } from '../../src/records/records.ts';

// The studio's uploads as the program serves them, for one draft that is there; prints its port.
const data = process.env.DATA ?? '.';
const [dataDir, episodesDir] = [join(data, 'var'), join(data, 'episodes')];
mkdirSync(episodesDir, { recursive: true });
const records = await openRecords(dataDir);
const by = { owner_id: 'bench', owner_name: 'Bench', updated_by: 'bench', updated_by_name: 'Bench' };
await records.db
  .insertInto('drafts')
  .values({
    ...{ id: '00000000-0000-4000-8000-000000000000', revision: 1, content_json: '{}', show: '', title: '' },
    ...{ created_at: 1, updated_at: 1, ...by },
  })
  .execute();
const jobs = openJobs({ records });
const uploads = openUploads({
  ...{ records, jobs, dataDir, episodesDir, maxBytes: 1e10, keepOriginalsDays: 30, rules: HOUSE_RULES },
});
const actor = {
  ...{
    id: 'bench',
    name: 'Bench',
    role: 'editor' as const,
    shows: [],
    mayPublish: true,
    via: 'api' as const,
  },
};
const { server } = createHttpServer((req, res) => void uploads.tus(req, res, actor));
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  console.log(typeof address === 'object' ? address?.port : address);
});
