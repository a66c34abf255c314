import sharp from 'sharp';
import { CARD_HEIGHT, CARD_WIDTH, type Card } from './card-mark.ts';
import { colourOrSignal, contrast, INK, PAPER, readableOn } from './colour.ts';
import { lettering } from './lettering.ts';
import { MOTIFS } from './motifs.ts';
import { seededRandom } from './seeded-random.ts';

const MARGIN = 64;
const WIDE = CARD_WIDTH - 2 * MARGIN;
const BAND_TOP = 456;
const BUTTON = 110;
const HEAD = { weight: 600, height: 66, largest: 36, lines: 2 } as const;
const HEAD_TOP = 58;

/**
 * Returns a card as SVG, 1200 × 630 px: show and station over the title on the show's colour, and the sound's waveform
 * with its length on a band below, as in the player. Letters are outlines. The same card always gives the same text.
 */
export function drawCard(card: Card): string {
  const ground = colourOrSignal(card.colour);
  const ink = readableOn(ground);
  // A black band would not be seen on a black ground.
  const band = contrast(ground, INK) < 1.6 ? PAPER : INK;
  const onBand = readableOn(band);
  const station = [card.station, card.frequency].filter(Boolean).join(' ');
  const right = lettering(station, { ...HEAD, width: WIDE * 0.45 });
  const left = lettering(card.show, { ...HEAD, width: WIDE - right.width - 64 });
  const headHeight = Math.max(left.height, right.height);
  const room = {
    weight: 800,
    width: WIDE,
    height: BAND_TOP - 56 - (HEAD_TOP + headHeight + 52),
    largest: 200,
    lines: 5,
  } as const;
  const written = lettering(card.title, room);
  // When the face has no letters for the title, the show's name takes its place.
  const title = written.size > 0 ? written : lettering(card.show, room);
  const titleTop = BAND_TOP - 56 - title.height;
  const length = lettering(card.duration, { weight: 800, width: 230, height: 60, largest: 54, lines: 1 });
  const fieldLeft = MARGIN + BUTTON + 36;
  const field = {
    left: fieldLeft,
    top: BAND_TOP + 32,
    width: CARD_WIDTH - MARGIN - (length.width > 0 ? length.width + 40 : 0) - fieldLeft,
    height: BUTTON,
  };
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${CARD_WIDTH}" height="${CARD_HEIGHT}" viewBox="0 0 ${CARD_WIDTH} ${CARD_HEIGHT}">`,
    `<path fill="${ground}" d="M0 0H${CARD_WIDTH}V${BAND_TOP}H0Z"/>`,
    `<path fill="${band}" d="M0 ${BAND_TOP}H${CARD_WIDTH}V${CARD_HEIGHT}H0Z"/>`,
    playButton(ground === band ? onBand : ground, band),
    sound(card, field, onBand),
    `<path fill="${ink}" d="${left.at(MARGIN, HEAD_TOP)}${right.at(CARD_WIDTH - MARGIN - right.width, HEAD_TOP)}${title.at(MARGIN, titleTop)}"/>`,
    `<path fill="${onBand}" d="${length.at(CARD_WIDTH - MARGIN - length.width, field.top + (BUTTON - length.height) / 2)}"/>`,
    '</svg>',
  ].join('');
}

/** Returns a card as a PNG of 1200 × 630 px. With its few colours it is a quarter of a JPEG's size, and sharper. */
export function renderCard(card: Card): Promise<Buffer> {
  return sharp(Buffer.from(drawCard(card)), { limitInputPixels: CARD_WIDTH * CARD_HEIGHT })
    .flatten()
    .png({ palette: true, colours: 64, effort: 4 })
    .toBuffer();
}

type Field = { left: number; top: number; width: number; height: number };

const px = (value: number): string => String(Math.round(value * 10) / 10);

function playButton(fill: string, band: string): string {
  const top = BAND_TOP + 32;
  const sign = contrast(fill, PAPER) >= 3 ? PAPER : INK;
  // A button as dark as the band gets an outline.
  const edge = contrast(fill, band) < 1.6 ? ` stroke="${sign}" stroke-width="4"` : '';
  const [x, y] = [MARGIN + 39, top + 30];
  return `<path fill="${fill}"${edge} d="M${MARGIN} ${top}h${BUTTON}v${BUTTON}h-${BUTTON}Z"/><path fill="${sign}" d="M${x} ${y}v50l40-25Z"/>`;
}

const BAR = 5;
const PITCH = 9;
/** The gap between two segments (px); smaller when there are many. */
const GAP = 26;

function sound(card: Card, field: Field, colour: string): string {
  const { sounds } = card;
  if (sounds.length === 0 || sounds.some(({ peaks }) => peaks === undefined))
    return motif(card.seed, field, colour);
  const gap = Math.min(GAP, (field.width * 0.25) / sounds.length);
  const room = field.width - gap * (sounds.length - 1);
  // Even the shortest segment is visible.
  const longest = Math.max(1, ...sounds.map(({ seconds }) => seconds));
  const shares = sounds.map(({ seconds }) => Math.max(seconds, longest / 20));
  const all = shares.reduce((sum, share) => sum + share, 0);
  let left = field.left;
  const bars = sounds.flatMap(({ peaks = new Uint8Array() }, index) => {
    const width = (room * (shares[index] ?? 0)) / all;
    const heard = loudnesses(peaks, Math.max(1, Math.floor((width + PITCH - BAR) / PITCH)));
    const placed = heard.map((loud, bar) => ({ x: left + bar * PITCH, loud }));
    left += width + gap;
    return placed;
  });
  const loudest = bars.reduce((most, { loud }) => Math.max(most, loud), 1);
  const middle = field.top + field.height / 2;
  const path = bars.map(({ x, loud }) => {
    // Heights grow a little faster than loudness: in levelled speech everything is nearly as loud.
    const high = Math.max(BAR, (loud / loudest) ** 1.3 * field.height);
    return `M${px(x)} ${px(middle - high / 2)}h${BAR}v${px(high)}h-${BAR}Z`;
  });
  return `<path fill="${colour}" d="${path.join('')}"/>`;
}

/** Returns the mean of the peaks in each of `count` parts. It shows the pauses of speech, which the greatest peak hides. */
function loudnesses(peaks: Uint8Array, count: number): number[] {
  return Array.from({ length: count }, (_, bar) => {
    const start = Math.floor((bar * peaks.length) / count);
    const part = peaks.subarray(start, Math.max(start + 1, Math.floor(((bar + 1) * peaks.length) / count)));
    return part.reduce((sum, peak) => sum + peak, 0) / Math.max(1, part.length);
  });
}

/** Returns a small motif, as on covers, in place of a missing waveform. */
function motif(seed: string, { left, top, width, height }: Field, colour: string): string {
  const scale = 0.36;
  const chance = seededRandom(seed);
  const drawn =
    chance.oneOf(MOTIFS)?.({ width: width / scale, height: height / scale, colour }, chance) ?? '';
  const box = `M${px(left)} ${px(top)}h${px(width)}v${px(height)}h${px(-width)}Z`;
  return `<clipPath id="field"><path d="${box}"/></clipPath><g clip-path="url(#field)"><g transform="translate(${px(left)} ${px(top)}) scale(${scale})">${drawn}</g></g>`;
}
