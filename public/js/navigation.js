// @ts-check
// Walking through the site while it plays: Turbo changes the page's body and leaves what sounds alone.

// Its own progress bar would write a style into the page, which the page's policy forbids; the foot bar shows the wait.
const { head } = document;
head.insertBefore = (node, before) => {
  if (!(node instanceof HTMLStyleElement)) Node.prototype.insertBefore.call(head, node, before);
  return node;
};
const { config } = await import('@hotwired/turbo');
Reflect.deleteProperty(head, 'insertBefore');
config.drive.progressBarDelay = 2 ** 31 - 1;
// It waits for the page's coming, which was long ago.
document.dispatchEvent(new Event('readystatechange'));

/** Whether a place is left to the browser: the staff's side, files and feeds, a page in another language. @param {URL} address */
function isElsewhere(address) {
  const language = (/** @type {string} */ search) => new URLSearchParams(search).get('lang');
  return (
    /^\/(studio|embed|assets|api)(\/|$)|\.\w+$/.test(address.pathname) ||
    language(address.search) !== language(location.search)
  );
}

document.addEventListener('turbo:click', (event) => {
  if (event instanceof CustomEvent && isElsewhere(new URL(event.detail.url, location.href)))
    event.preventDefault();
});

const foot = () => document.querySelector('riascolta-bar');
/** @type {ReturnType<typeof setTimeout> | undefined} */
let late;
document.addEventListener('turbo:visit', (event) => {
  isReturn = event instanceof CustomEvent && event.detail.action === 'restore';
  late = setTimeout(() => foot()?.classList.add('is-walking'), 400);
});
let isReturn = false;
document.addEventListener('turbo:load', () => {
  clearTimeout(late);
  foot()?.classList.remove('is-walking');
  const said = document.querySelector('.bar-said');
  if (said) said.textContent = document.title;
  if (!isReturn && location.hash === '') document.getElementById('content')?.focus({ preventScroll: true });
});
