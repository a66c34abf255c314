import type { FileWindow } from './file-window.ts';
import { adtsFrame, firstFrame, mpegFrame } from './mpeg-frames.ts';
import { soundEnd, soundStart } from './tag-edges.ts';

export type Container = 'mp3' | 'mp4' | 'ogg' | 'flac' | 'wav' | 'aiff' | 'aac' | 'webm';

/** What a file is, by its bytes. The sound lies in `start`…`end` (bytes, `end` exclusive), tags around it left out. */
export type Found = { container: Container; start: number; end: number };

/** Returns the kind of a file by its content, never by its name; `undefined` when it cannot be played. */
export function detectContainer(window: FileWindow): Found | undefined {
  const start = soundStart(window);
  const head = Buffer.from(window.bytes(start, 12));
  const container = byMagic(head);
  if (container === 'flac') return { container, start, end: soundEnd(window, start) };
  if (container) return { container, start, end: window.size };
  const end = soundEnd(window, start);
  // Layer bits of zero tell ADTS from MPEG audio, so that the two never answer for each other.
  for (const [kind, read] of [
    ['mp3', mpegFrame],
    ['aac', adtsFrame],
  ] as const) {
    const first = firstFrame(window, read, start, end);
    if (first !== undefined) return { container: kind, start: first, end };
  }
  return undefined;
}

function byMagic(head: Buffer): Container | undefined {
  const text = head.toString('latin1');
  if (text.startsWith('fLaC')) return 'flac';
  if (text.startsWith('OggS')) return 'ogg';
  if (text.startsWith('RIFF') && text.slice(8) === 'WAVE') return 'wav';
  if (text.startsWith('FORM') && /^AIF[FC]$/.test(text.slice(8))) return 'aiff';
  if (text.slice(4, 8) === 'ftyp') return 'mp4';
  if (text.startsWith('\x1aE\xdf\xa3')) return 'webm';
  return undefined;
}
