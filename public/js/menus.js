// @ts-check
// A menu is a `<details>`: it closes on Escape, and when the focus or a click goes elsewhere.

/** @param {EventTarget | null} kept */
function closeOthers(kept) {
  for (const menu of document.querySelectorAll('details.menu[open]'))
    if (!(kept instanceof Node && menu.contains(kept))) menu.removeAttribute('open');
}

document.addEventListener('click', (event) => closeOthers(event.target));
document.addEventListener('focusin', (event) => closeOthers(event.target));
document.addEventListener('turbo:before-cache', () => closeOthers(null));
document.addEventListener('keydown', (event) => {
  const menu = event.target instanceof Element ? event.target.closest('details.menu[open]') : null;
  if (event.key !== 'Escape' || !menu) return;
  event.preventDefault();
  menu.removeAttribute('open');
  menu.querySelector('summary')?.focus();
});
