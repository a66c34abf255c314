// @ts-check

import { pageTexts } from '../page-texts.js';
import { showToast } from '../toast.js';

/** Copies a text. @param {string} text @returns {Promise<boolean>} whether the browser let it */
export async function copyText(text) {
  try {
    // It is there only under https, and only where the reader allows it.
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyTheOldWay(text);
  }
}

/** @param {string} text */
function copyTheOldWay(text) {
  const put = (/** @type {ClipboardEvent} */ event) => {
    event.clipboardData?.setData('text/plain', text);
    event.preventDefault();
  };
  document.addEventListener('copy', put);
  const copied = document.execCommand('copy');
  document.removeEventListener('copy', put);
  return copied;
}

/** Copies an address and says so; where it must not, the address bar has it. @param {string} address */
export async function copyAddress(address) {
  if (await copyText(address)) showToast('done', { said: pageTexts().linkDone ?? '' });
}

/**
 * The address of the present page at a moment (seconds), with the id of the passage or turn that it belongs to.
 * @param {{ segment: number, seconds: number, id: string } | undefined} moment
 */
export function momentAddress(moment) {
  const address = new URL(location.pathname, location.href);
  if (moment && moment.segment > 0) address.searchParams.set('segment', String(moment.segment + 1));
  if (moment) address.searchParams.set('t', String(moment.seconds));
  const language = new URLSearchParams(location.search).get('lang');
  if (language) address.searchParams.set('lang', language);
  if (moment) address.hash = moment.id;
  return address.href;
}

/**
 * What is copied of a text: in quotation marks, with where it stands and the address of its moment.
 * @param {string} text @param {Parameters<typeof momentAddress>[0]} moment
 */
export function quotation(text, moment) {
  const { quoted = '{text}', title = '' } = pageTexts();
  return `${quoted.replace('{text}', () => text)}\n${title}\n${momentAddress(moment)}`;
}
