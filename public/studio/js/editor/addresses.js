// @ts-check
import { isAudioName } from '../../../../src/model/file-kinds.ts';
import { momentOf } from '../../../../src/model/moment.ts';

const SCHEME = /^[a-z][a-z0-9+.-]*:/i;

/** Returns whether a link leads to a page or a person somewhere else, and may be followed. @param {string} href */
export const isWebAddress = (href) => /^(?:https?:\/\/|mailto:|tel:)/i.test(href);

/**
 * Returns the file of the episode's own folder that a link names, with its fragment; `undefined` for any other link.
 * @param {string} href
 * @returns {{ file: string, fragment: string } | undefined}
 */
export function ownFile(href) {
  if (SCHEME.test(href) || /^[/#?]/.test(href)) return undefined;
  const hash = href.indexOf('#');
  const [path, fragment] = hash < 0 ? [href, ''] : [href.slice(0, hash), href.slice(hash)];
  const file = decoded(path).normalize('NFC').replace(/^\.\//, '');
  return file === '' || /[/\\]/.test(file) ? undefined : { file, fragment: decoded(fragment) };
}

/** @param {string} href @returns {boolean} whether the link names a moment of a sound of ours */
export const hasMoment = (href) => momentIn(href) !== undefined;

/**
 * Returns the moment that a link leads to (`start` in seconds).
 * @param {string} href
 * @returns {{ file: string, start: number } | undefined}
 */
export function momentIn(href) {
  const own = ownFile(href);
  if (own === undefined || !isAudioName(own.file)) return undefined;
  const start = momentOf(own.fragment);
  return start === undefined ? undefined : { file: own.file, start };
}

/** Returns the sound of ours that a link names as a whole: its player. @param {string} href */
export function soundIn(href) {
  const own = ownFile(href);
  return own !== undefined && isAudioName(own.file) && momentOf(own.fragment) === undefined
    ? own.file
    : undefined;
}

/** @param {string} text */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
