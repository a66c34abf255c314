import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Catalogue } from '../../src/catalogue/catalogue.ts';
import { openCatalogue } from '../../src/catalogue/open.ts';
import type { Episode } from '../../src/model/episode.ts';
import { monthOf } from '../../src/model/station-time.ts';
import type { Cue } from '../../src/model/transcript.ts';
import { episodes, newest, shows, station, twoVoices } from '../fixtures/site-catalogue.ts';

/** What is said in the newest episode: its words stand in no article. */
const SAID: Cue[] = [
  { start: 40.5, end: 44, speaker: 'Gilberto', text: 'Il magazzino di schede usate' },
  { start: 44, end: 49, speaker: 'Gilberto', text: 'sta a Hangzhou, dietro la stazione.' },
  { start: 754.2, end: 758, speaker: 'Irene', text: 'E l’acqua delle turbine, chi la conta?' },
];
const SECOND_LETTER: Cue[] = [{ start: 61.9, end: 66, text: 'Ti scrivo dalla terza sezione.' }];

const transcript = (file: string, cues: number) => ({
  transcript: { file, fingerprint: 'aabbccddee', language: 'it', cues },
});

/** The episodes of the site's fixture, two of them with a transcript, one with somebody's own site. */
const CONTENT: [Episode, ReadonlyMap<number, Cue[]>][] = episodes.map((episode) => {
  const segments = [...episode.segments];
  if (episode === newest && segments[0]) {
    segments[0] = { ...segments[0], ...transcript('gilberto.vtt', SAID.length) };
    const people = [{ name: 'Gilberto', role: 'ospite', url: 'https://gilberto.example.org/' }];
    return [{ ...episode, people, segments }, new Map([[0, SAID]])];
  }
  if (episode === twoVoices && segments[1]) {
    segments[1] = { ...segments[1], ...transcript('seconda.vtt', SECOND_LETTER.length) };
    return [{ ...episode, segments }, new Map([[1, SECOND_LETTER]])];
  }
  return [episode, new Map()];
});

/** A real catalogue, filled; `close` removes it. */
export async function openFindingCatalogue(): Promise<{ catalogue: Catalogue; close(): Promise<void> }> {
  const directory = mkdtempSync(join(tmpdir(), 'riascolta-finding-'));
  const catalogue = await openCatalogue({ directory, mode: 'write' });
  await catalogue.write(async (writer) => {
    await writer.putStation(station);
    for (const show of shows) await writer.putShow(show);
    for (const { id } of [station.cover, ...CONTENT.map(([episode]) => episode.cover)])
      await writer.putPicture(id, {
        from: 'drawing',
        title: id,
        subtitle: '',
        colour: station.colour,
        seed: id,
      });
    for (const [episode, cues] of CONTENT)
      await writer.putEpisode({ episode, ...monthOf(episode.publishedAt, station.timezone), cues });
  });
  return {
    catalogue,
    async close() {
      await catalogue.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
