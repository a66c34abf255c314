import { link, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mp3 } from '../tests/fixtures/audio.ts';

export const SHOWS = 24;
const WORDS =
  'radio blackout voce torino corteo fabbrica lavoro notte turno sciopero carcere lettera frontiera mare porto gru grano ' +
  'algoritmo rete server chiave modello cina intelligenza artificiale prezzo borsa bolla scuola ospedale casa affitto ' +
  'sfratto quartiere mercato piazza assemblea collettivo memoria archivio cassetta nastro musica storia guerra pace ' +
  'clima fiume diga montagna valle treno acqua energia officina mano occhio parola silenzio ascolto microfono studio';
const TAGS = [
  'cina',
  'lavoro',
  'carcere',
  'frontiere',
  'intelligenza artificiale',
  'scuola',
  'casa',
  'clima',
  'guerra',
];
const vocabulary = WORDS.split(' ');

/** A repeatable source of numbers from 0 to 1 (mulberry32). */
function chanceFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Makes an archive of `count` episodes in `folder`: 24 shows, articles of about 3 KB, one segment each (links to one
 * recording, so that the disk holds out). The same count always gives the same archive.
 */
export async function makeArchive(folder: string, count: number): Promise<void> {
  const chance = chanceFrom(count);
  const words = (many: number) =>
    Array.from({ length: many }, () => vocabulary[Math.floor(chance() * vocabulary.length)]);
  const sentence = () => {
    const text = words(8 + Math.floor(chance() * 10)).join(' ');
    return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
  };
  const paragraph = () => Array.from({ length: 4 }, sentence).join(' ');

  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'station.md'), '---\ntitle: Radio Grande\nguid: bench-station\n---\n');
  const recording = mp3({ seconds: 60 });
  for (let show = 0; show < SHOWS; show += 1) {
    await mkdir(join(folder, `show-${show}`));
    const front = `---\ntitle: Trasmissione ${show}\ndescription: ${sentence()}\nguid: bench-show-${show}\n---\n`;
    await writeFile(join(folder, `show-${show}`, 'show.md'), front);
  }
  const last = Date.UTC(2026, 0, 1);
  for (let at = 0; at < count; at += 1) {
    const date = new Date(last - (count - at) * 3_600_000 * 2).toISOString();
    const episode = join(folder, `show-${at % SHOWS}`, `${date.slice(0, 10)}-${at}-${words(3).join('-')}`);
    const tags = TAGS.filter(() => chance() < 0.2).join(', ');
    const front = `---\ntitle: ${words(5).join(' ')}\ndate: ${date}\nguid: bench-${at}\ntags: [${tags}]\nsummary: ${sentence()}\n---\n\n`;
    const body = `[Ascolta](voce.mp3)\n\n${Array.from({ length: 6 }, paragraph).join('\n\n')}\n`;
    // A disk allows some ten thousand links to a file.
    const audio = join(folder, `.segment-${Math.floor(at / 10_000)}.mp3`);
    if (at % 10_000 === 0) await writeFile(audio, recording);
    await mkdir(episode);
    await Promise.all([
      writeFile(join(episode, 'episode.md'), front + body),
      link(audio, join(episode, 'voce.mp3')),
    ]);
  }
}

if (process.argv[1] === import.meta.filename) {
  const [folder, count] = process.argv.slice(2);
  if (folder === undefined || !/^\d+$/.test(count ?? '')) {
    console.error('Usage: node bench/make-archive.ts FOLDER COUNT');
    process.exit(2);
  }
  await makeArchive(folder, Number(count));
}
