import type { UploadFacts } from '../../publishing/uploads/upload.ts';
import { durationText } from '../../site/view-models/durations.ts';
import type { StudioLanguage, StudioTexts } from '../texts/texts.ts';

/** Returns what came of an upload, as one line: `02'11" · −16,0 LUFS · mono 96 kbit/s · era −23,4 LUFS`. */
export function uploadResultText(
  { sound, picture }: UploadFacts,
  { texts, language }: { texts: StudioTexts; language: StudioLanguage },
): string {
  const words = texts.draft;
  if (picture !== undefined) return words.pixels(picture.width, picture.height);
  if (sound === undefined) return '';
  const loudness = (value: number | null): string =>
    value === null ? words.silence : `${numberText(value, language)} LUFS`;
  const made = [
    `${sound.channels === 1 ? words.resultMono : words.resultStereo} ${Math.round(sound.bitrate)} kbit/s`,
    ...(sound.loudnessBefore === null ? [] : [words.madeOf(loudness(sound.loudnessBefore))]),
  ];
  return [
    durationText(sound.seconds),
    loudness(sound.loudness),
    ...(sound.untouched ? [words.asItIs] : made),
    ...(sound.chapters.length > 0 ? [words.withChapters(sound.chapters.length)] : []),
  ].join(' · ');
}

/** `−16,0`, with the sign that is as wide as a plus. */
const numberText = (value: number, language: StudioLanguage): string =>
  value.toLocaleString(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).replace('-', '−');
