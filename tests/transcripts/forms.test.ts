import { describe, expect, it } from 'vitest';
import type { Cue } from '../../src/model/transcript.ts';
import {
  formatJson,
  formatPlainText,
  formatSrt,
  formatVtt,
  parseTranscript,
  turnsOf,
} from '../../src/transcripts/transcripts.ts';

const spoken: Cue[] = [
  { start: 0, end: 1.25, speaker: 'Anna', text: 'Ciao a tutte & a <b>tutti</b>, 1 < 2' },
  {
    start: 1.25,
    end: 4.001,
    speaker: 'Anna',
    text: '<script>alert("1")</script> &lt;i&gt; &amp;lt;',
  },
  { start: 4.5, end: 3725.999, speaker: 'Irene & C.', text: 'Attenzione: la luna → di là' },
  { start: 3726, end: 3727, speaker: 'Anna', text: 'Fine' },
];
const unnamed: Cue[] = spoken.map(({ start, end, text }) => ({ start, end, text }));
const mixed: Cue[] = spoken.map(({ speaker, ...cue }, index) =>
  index === 2 ? { ...cue, text: 'Nessuno lo dice' } : { ...cue, speaker: 'Anna' },
);

describe('what is written in a form is read as it was', () => {
  const forms = [
    ['WebVTT', formatVtt, 'a.vtt'],
    ['JSON', formatJson, 'a.json'],
    ['SubRip', formatSrt, 'a.srt'],
  ] as const;
  it.each(forms)('in %s', (_, write, name) => {
    for (const cues of [
      unnamed,
      mixed,
      spoken.map((cue) => ({ ...cue, speaker: cue.speaker?.replace(' &', '') ?? '' })),
    ]) {
      const { cues: read, faults } = parseTranscript(Buffer.from(write(cues)), name);
      expect(read).toEqual(cues);
      expect(faults).toEqual([]);
    }
  });
  it.each(forms.slice(0, 2))('in %s with any name', (_, write, name) => {
    expect(parseTranscript(Buffer.from(write(spoken)), name).cues).toEqual(spoken);
  });
});

describe('turns', () => {
  const cue = (start: number, text: string, speaker?: string): Cue => ({
    start,
    end: start + 1,
    text,
    ...(speaker === undefined ? {} : { speaker }),
  });
  it('end where the speaker changes and at a pause', () => {
    const cues = [cue(0, 'a', 'A'), cue(1, 'b', 'A'), cue(2, 'c', 'B'), cue(3, 'd'), cue(9, 'e')];
    expect(turnsOf(cues).map(({ start, end, speaker, cues }) => [start, end, speaker, cues.length])).toEqual([
      [0, 2, 'A', 2],
      [2, 3, 'B', 1],
      [3, 4, undefined, 1],
      [9, 10, undefined, 1],
    ]);
  });

  it('end with a sentence after some seventy words, and after many without one', () => {
    const words = (count: number, end: string) => `${Array(count).fill('parola').join(' ')}${end}`;
    const sentences = Array.from({ length: 20 }, (_, at) => cue(at, words(10, at % 3 === 2 ? '.' : ',')));
    expect(turnsOf(sentences).map((turn) => turn.cues.length)).toEqual([9, 9, 2]);
    const breathless = Array.from({ length: 20 }, (_, at) => cue(at, words(10, '')));
    expect(turnsOf(breathless).map((turn) => turn.cues.length)).toEqual([11, 9]);
  });
});

it('plain text is a paragraph for each turn, with the name where the speaker changes', () => {
  const cues: Cue[] = [
    { start: 0, end: 1, speaker: 'Anna', text: 'Uno.' },
    { start: 1, end: 2, speaker: 'Anna', text: 'Due.' },
    { start: 9, end: 10, speaker: 'Anna', text: 'Tre.' },
    { start: 10, end: 11, speaker: 'Irene', text: '<b>' },
  ];
  expect(formatPlainText(cues)).toBe('Anna: Uno. Due.\n\nTre.\n\nIrene: <b>\n');
});
