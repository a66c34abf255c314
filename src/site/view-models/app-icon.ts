import { createHash } from 'node:crypto';
import type { Frame } from '../frame.ts';

/**
 * The icons of the installed site: `any` as it is; `maskable`, which systems cut to their own shape; `apple`,
 * for the home screens of iOS; `mono`, of which only the shape is used. The number is the side in px.
 */
export const APP_ICONS = [
  'any-192.png',
  'any-512.png',
  'maskable-512.png',
  'apple-180.png',
  'mono.svg',
] as const;
export type AppIcon = (typeof APP_ICONS)[number];

/** Raised whenever the look of the icons changes, so that their addresses change with it. */
const LOOK_VERSION = 1;

type Station = Frame['station'];

/** Returns the address of an icon, `/icons/any-192-1f2e3d4c5b.png`: the address changes with the look. */
export function iconPath(station: Station, icon: AppIcon): string {
  const from = [LOOK_VERSION, stationInitials(station.title), station.colour, station.cover?.id];
  const hash = createHash('sha256').update(JSON.stringify(from)).digest('hex').slice(0, 10);
  return `/icons/${icon.replace('.', `-${hash}.`)}`;
}

/** Returns the icon that a file's name stands for, with any hash; `undefined` when it is none of ours. */
export function iconNamed(name: string): AppIcon | undefined {
  const plain = name.replace(/-[0-9a-f]{10}(?=\.\w+$)/, '');
  return APP_ICONS.find((icon) => icon === plain);
}

/** Returns one or two letters for a name: `RB` for `Radio Blackout`. Articles and the like are skipped. */
export function stationInitials(title: string): string {
  const words = title.match(/[\p{L}\p{N}]+/gu) ?? [];
  const telling = words.filter((word) => word.length > 2);
  return (telling.length > 0 ? telling : words)
    .slice(0, 2)
    .map((word) => [...word][0] ?? '')
    .join('')
    .toUpperCase();
}
