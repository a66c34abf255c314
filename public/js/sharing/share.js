// @ts-check
import { onPage } from '../page.js';

/** What sounds on this page and where it stands. @type {{ segment: number, place: number } | undefined} */
let sounding;

document.addEventListener('riascolta:time', (event) => {
  if (event instanceof CustomEvent) sounding = event.detail;
});
onPage(() => {
  sounding = undefined;
  document.querySelector('.share > summary')?.setAttribute('aria-haspopup', 'dialog');
});

document.addEventListener('riascolta:act', (event) => {
  if (!(event instanceof CustomEvent) || event.detail.act !== 'share') return;
  const { segment, place, track } = event.detail;
  void share({ segment: track?.segment ?? segment, place, from: true, page: track?.page });
});

document.addEventListener('click', (event) => {
  const summary = event.target instanceof Element ? event.target.closest('.share > summary') : null;
  if (!summary) return;
  event.preventDefault();
  void share({ segment: 0, ...sounding, from: false });
});

/** @param {import('./share-dialog.js').Wish} wish */
async function share(wish) {
  try {
    const { openShare } = await import('./share-dialog.js');
    await openShare(wish);
  } catch {
    // Without what opens it, the plain details still say the address and the code.
    const details = document.querySelector('details.share');
    if (!(details instanceof HTMLDetailsElement)) return;
    details.open = true;
    details.scrollIntoView({ block: 'nearest' });
  }
}
