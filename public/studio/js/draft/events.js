// @ts-check

const AGAIN_MS = 5_000;

/** Hears from the server what changes about the draft, as long as the page is there. */
export class Events {
  /** @param {import('./page.js').DraftPage} page */
  constructor(page) {
    this.page = page;
    /** What became of the draft. @type {import('./page.js').DraftDone | undefined} */
    this.done = undefined;
    page.on('created', () => this.open());
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible' && this.source === undefined) this.open();
    });
    this.open();
  }

  open() {
    const { id } = this.page;
    if (id === undefined || this.source !== undefined || this.isOver) return;
    const source = new EventSource(`/studio/drafts/${id}/events`);
    this.source = source;
    source.addEventListener('state', ({ data }) => {
      this.page.state = JSON.parse(data);
      this.page.tell('state');
    });
    source.addEventListener('done', ({ data }) => {
      this.done = JSON.parse(data);
      this.end();
      this.page.tell('done');
    });
    source.addEventListener('gone', () => {
      this.end();
      this.page.tell('gone');
    });
    // Another page of ours has taken the connection; when this one is looked at again it takes it back.
    source.addEventListener('superseded', () => this.close());
    source.addEventListener('error', () => {
      if (source.readyState !== EventSource.CLOSED) return;
      this.close();
      setTimeout(() => this.open(), AGAIN_MS);
    });
  }

  close() {
    this.source?.close();
    this.source = undefined;
  }

  end() {
    this.isOver = true;
    this.close();
  }
}
