import { createHash, randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

const WORDS =
  `radio quartiere assemblea casa sfratto lavoro fabbrica corteo valle treno montagna intervista voce studio microfono
  trasmissione puntata settimana scuola ospedale confine carcere solidarietà città piazza notte mattina compagna
  compagno collettivo rete modello intelligenza artificiale mercato guerra pace acqua energia gas prezzo salario
  sciopero sindacato governo legge polizia tribunale processo memoria storia libro musica concerto teatro cinema
  che di e la il un una per con non sono della dei nel alla come anche più questo quella quando dove perché`
    .trim()
    .split(/\s+/);

/** The same numbers in every run, so that every run sends the same text. */
function makeDice(seed: string): (sides: number) => number {
  let block = createHash('sha256').update(seed).digest();
  let at = 0;
  return (sides) => {
    if (at + 4 > block.length) {
      block = createHash('sha256').update(block).digest();
      at = 0;
    }
    at += 4;
    return block.readUInt32LE(at - 4) % sides;
  };
}

function paragraph(dice: (sides: number) => number, words: number): string {
  const text = Array.from({ length: words }, () => WORDS[dice(WORDS.length)]).join(' ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** A feed of 150 items with their articles, about 300 KB. */
function makeFeed(): string {
  const dice = makeDice('feed');
  const items = Array.from({ length: 150 }, (_, index) => {
    const guid = createHash('sha256').update(`item ${index}`).digest('hex').slice(0, 32);
    const address = `https://radio.example/shows/la-mattina/puntata-${index}`;
    const article = Array.from({ length: 4 }, () => `<p>${paragraph(dice, 45)}</p>`).join('\n');
    return `<item><title>${paragraph(dice, 6)}</title><link>${address}</link><guid isPermaLink="false">${guid}</guid>
<enclosure url="${address}/audio-${guid.slice(0, 10)}.mp3" length="${10_000_000 + dice(9_000_000)}" type="audio/mpeg"/>
<itunes:duration>${dice(5000)}</itunes:duration><itunes:explicit>false</itunes:explicit>
<description>${paragraph(dice, 30)}</description><content:encoded><![CDATA[${article}]]></content:encoded></item>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>Radio</title>${items.join('\n')}</channel></rss>\n`;
}

/** An episode's page, about 25 KB. */
function makePage(): string {
  const dice = makeDice('page');
  const article = Array.from({ length: 45 }, () => `<p>${paragraph(dice, 60)}</p>`).join('\n');
  const related = Array.from({ length: 40 }, (_, index) => {
    return `<li class="card"><a href="/shows/la-mattina/puntata-${index}"><h3>${paragraph(dice, 7)}</h3></a></li>`;
  }).join('\n');
  return `<!doctype html><html lang="it"><head><title>${paragraph(dice, 6)}</title></head>
<body><main><article>${article}</article><ul>${related}</ul></main></body></html>\n`;
}

/** Writes feed.xml and page.html, each with its .gz beside it, and audio.mp3 (10 MB), into `folder`. */
export async function writeDeliveryData(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, text] of [
    ['feed.xml', makeFeed()],
    ['page.html', makePage()],
  ] as const) {
    await writeFile(join(folder, name), text);
    // The level at which delivery makes its own form: the same bytes on both sides.
    await writeFile(join(folder, `${name}.gz`), await promisify(gzip)(text, { level: 7 }));
  }
  await writeFile(join(folder, 'audio.mp3'), randomBytes(10 * 1024 * 1024));
}
