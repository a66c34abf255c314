import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { episodeOf, NOW, station } from '../fixtures/episodes.ts';
import { emptyDirectory, opened, put } from './opened.ts';

const FINDING = `
  drop table transcripts;
  drop table list_words;
  drop table said_text;
  drop table title_text;
  alter table episodes drop column month;
  delete from kysely_migration where name = '0003-finding';`;
const STAFF = `
  drop table hidden_text;
  drop index episodes_by_status;
  drop index episodes_by_show;
  delete from kysely_migration where name = '0002-staff';`;

it.each([
  ['lists by person and month, and what is said', FINDING],
  ['lists of staff', FINDING + STAFF],
])(
  'a catalogue older than %s has all folders read again, and shows nothing until they are',
  async (_, undo) => {
    const directory = await emptyDirectory();
    const before = await opened(directory);
    const out = episodeOf({ slug: 'uscita', title: 'Uscita', tags: ['vecchio'] });
    const draft = episodeOf({ slug: 'bozza', title: 'Bozza', status: 'draft' });
    await put(before, out, draft);
    await before.write(async (writer) => {
      await writer.putStation(station);
      for (const slug of ['uscita', 'bozza']) await writer.putFolder(`stacca-stacca/${slug}`, 'letta', []);
      await writer.putProbe('stacca-stacca/uscita/audio.mp3', 'v1', { seconds: 12 });
    });
    await before.close();
    const file = readdirSync(directory).find((name) => /^[0-9a-z]+-[0-9a-z]+\.sqlite$/.test(name)) ?? '';
    const database = new DatabaseSync(join(directory, file));
    database.exec(undo);
    database.close();

    const after = await opened(directory);
    const site = await opened(directory, 'read');
    expect(await after.signaturesBelow('stacca-stacca')).toEqual(
      new Map([
        ['stacca-stacca/uscita', ''],
        ['stacca-stacca/bozza', ''],
      ]),
    );
    expect(await after.probe('stacca-stacca/uscita/audio.mp3', 'v1')).toEqual({ seconds: 12 });
    expect(await site.station()).toBeUndefined();
    expect(await site.countEpisodes({}, NOW)).toBe(0);

    await put(after, out, draft);
    await after.write((writer) => writer.putStation(station));
    expect(await site.station()).toBeUndefined();
    const state = site.state(NOW);
    await after.write((writer) => writer.putWhole());
    expect(site.state(NOW)).not.toBe(state);
    expect(await site.station()).toEqual(station);
    expect(await site.tags(NOW)).toEqual([{ name: 'vecchio', slug: 'vecchio', count: 1 }]);
    expect((await site.search('uscita', { page: 1, size: 5 }, NOW)).total).toBe(1);
    expect((await after.staffCards({ text: 'bozza' }, { limit: 5 }, NOW)).items).toHaveLength(1);
  },
);
