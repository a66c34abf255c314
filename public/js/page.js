// @ts-check

/**
 * Calls back now, and again whenever another page of the site has taken the place of this one: what a script does to a
 * page it does in here, or by listening on `document`.
 * @param {() => void} callback
 */
export function onPage(callback) {
  callback();
  document.addEventListener('turbo:render', callback);
}
