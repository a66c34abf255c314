// @ts-check

const able = 'serviceWorker' in navigator && 'caches' in globalThis && 'BroadcastChannel' in globalThis;

/** The public site alone: the staff's previews of a page are nothing to keep. */
const isPublic = !location.pathname.startsWith('/studio');

/** Puts what a script draws into the place of what it drew before, as on a page that Turbo brought back. @param {HTMLElement} element */
function draw(element) {
  const template = element.querySelector('template');
  if (!able || !isPublic || !template) return false;
  for (const child of [...element.children]) if (!(child instanceof HTMLTemplateElement)) child.remove();
  element.append(template.content.cloneNode(true));
  return true;
}

class RiascoltaSave extends HTMLElement {
  /** @type {Promise<{ start: () => void, end: () => void }> | undefined} */
  controlled;

  connectedCallback() {
    if (!draw(this)) {
      this.hidden = true;
      return;
    }
    // Whoever saved nothing needs to load nothing.
    caches.has(`saved:${this.page}`).then((there) => {
      if (there) this.control();
    });
    this.querySelector('[data-save="start"]')?.addEventListener('click', () => this.start());
  }

  get page() {
    return new URL(this.dataset.page ?? '', location.href).pathname;
  }

  async start() {
    (await this.control()).start();
  }

  control() {
    this.controlled ??= import('./saved-button.js').then(({ controlSaveButton }) => controlSaveButton(this));
    return this.controlled;
  }

  disconnectedCallback() {
    this.controlled?.then(({ end }) => end());
    this.controlled = undefined;
  }
}

class RiascoltaSaved extends HTMLElement {
  /** @type {Promise<() => void> | undefined} */
  listed;

  connectedCallback() {
    if (!draw(this)) return;
    this.listed = import('./saved-list.js').then(({ drawSavedList }) => drawSavedList(this));
  }

  disconnectedCallback() {
    this.listed?.then((end) => end());
  }
}

customElements.define('riascolta-save', RiascoltaSave);
customElements.define('riascolta-saved', RiascoltaSaved);

// The player and the bar have a button of their own, which may be about an episode that is not on this page.
document.addEventListener('riascolta:act', (event) => {
  if (!able || !(event instanceof CustomEvent) || event.detail?.act !== 'save') return;
  const { track, button } = event.detail;
  const address = track?.page ?? location.pathname;
  const here = [...document.querySelectorAll('riascolta-save')].find(
    (element) =>
      element instanceof RiascoltaSave && element.page === new URL(address, location.href).pathname,
  );
  if (here instanceof RiascoltaSave) {
    here.scrollIntoView({ block: 'center' });
    here.start();
  } else if (button instanceof HTMLElement) {
    import('./saved-button.js').then(({ saveFromElsewhere }) => saveFromElsewhere(address, button));
  }
});

/** After everything else: a first visit waits for none of this. */
async function register() {
  await navigator.serviceWorker.register('/sw.js').catch(() => undefined);
  const names = await caches.keys();
  if (names.some((name) => name.startsWith('saved:'))) (await import('./saved-check.js')).checkSaved();
}
if (able && isPublic) {
  const later = () => setTimeout(register, 1000);
  if (document.readyState === 'complete') later();
  else addEventListener('load', later, { once: true });
}
