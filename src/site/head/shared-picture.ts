import { CARD_HEIGHT, CARD_WIDTH } from '../../images/card-mark.ts';
import { picturePath } from '../../model/addresses.ts';
import type { Picture } from '../../model/station.ts';

export type Property = { property: string; content: string };
/** A `<meta name>`. */
export type Meta = { name: string; content: string };

/** A player that others show in a frame: absolute address, size in px. */
export type PlayerFrame = { address: string; width: number; height: number };

/** The size of the picture that Open Graph gets, in px: the largest, since some ask for 600 and up. */
const SHARED_SIZE = 1280;

/** Returns the picture that links to a page show (ogp.me, "Structured Properties"). */
export function pictureProperties(
  origin: string,
  picture: Picture | { path: string; alt: string } | undefined,
): Property[] {
  if (picture === undefined) return [];
  // A smaller picture is not enlarged.
  const side = 'id' in picture ? Math.min(SHARED_SIZE, Math.max(picture.width, picture.height)) : 0;
  const [path, type, width, height] =
    'id' in picture
      ? [picturePath(picture.id, `${SHARED_SIZE}.jpg`), 'image/jpeg', side, side]
      : [picture.path, 'image/png', CARD_WIDTH, CARD_HEIGHT];
  return [
    { property: 'og:image', content: origin + path },
    { property: 'og:image:type', content: type },
    { property: 'og:image:width', content: String(width) },
    { property: 'og:image:height', content: String(height) },
    { property: 'og:image:alt', content: picture.alt },
  ];
}

/**
 * Returns the metadata that Twitter's cards need besides Open Graph, from which they take title, text and
 * picture: the player if there is one, otherwise the large picture. A player card must be https, frame and
 * all (Player Card, "Requirements").
 */
export function twitterCard(origin: string, player: PlayerFrame | undefined): Meta[] {
  if (player === undefined || !origin.startsWith('https:'))
    return [{ name: 'twitter:card', content: 'summary_large_image' }];
  return [
    { name: 'twitter:card', content: 'player' },
    { name: 'twitter:player', content: player.address },
    { name: 'twitter:player:width', content: String(player.width) },
    { name: 'twitter:player:height', content: String(player.height) },
  ];
}
