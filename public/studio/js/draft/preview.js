// @ts-check

/** The real page, beside what is being written; it follows each save. */
export class Preview {
  /** @param {import('./page.js').DraftPage} page @param {import('./saving.js').Saving} saving */
  constructor(page, saving) {
    this.page = page;
    this.saving = saving;
    this.panel = page.piece('[data-preview]', HTMLElement);
    this.frame = page.piece('[data-preview-frame]', HTMLIFrameElement);
    this.opener = page.piece('[data-preview-open]', HTMLButtonElement);
    this.shown = -1;
    this.opener.ariaExpanded = 'false';
    this.opener.addEventListener('click', (event) => {
      event.preventDefault();
      if (this.panel.hidden) this.open();
      else this.close();
    });
    page.piece('[data-preview-close]', HTMLButtonElement).addEventListener('click', () => this.close());
    page.on('saved', () => this.refresh());
    page.on('state', () => this.refresh());
  }

  async open() {
    this.panel.hidden = false;
    this.page.form.classList.add('has-preview');
    this.opener.ariaExpanded = 'true';
    this.opener.textContent = this.page.texts.closePreview;
    await this.saving.flush().catch(() => {});
    this.refresh();
    this.panel.scrollIntoView({ block: 'nearest' });
  }

  close() {
    this.panel.hidden = true;
    this.page.form.classList.remove('has-preview');
    this.opener.ariaExpanded = 'false';
    this.opener.textContent = this.page.texts.preview;
    this.opener.focus();
  }

  /** Shows the page anew where something of it is new, at the place where it was read. */
  refresh() {
    const { id, revision, state } = this.page;
    const ready = state.uploads.filter((upload) => upload.state === 'ready').length;
    const present = revision * 1000 + ready;
    if (this.panel.hidden || id === undefined || present === this.shown) return;
    this.shown = present;
    const place = this.frame.contentWindow?.scrollY ?? 0;
    this.frame.addEventListener('load', () => this.frame.contentWindow?.scrollTo(0, place), { once: true });
    this.frame.src = `/studio/drafts/${id}/preview?${present}`;
  }
}
