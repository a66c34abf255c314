// @ts-check

/** Width of a bar and from one to the next (px). */
const BAR = 3;
const PITCH = 4;
/** Pauses before a waveform that is not drawn yet is asked for again (seconds). */
const PAUSES = [4, 10, 20, 60];

/** @type {Map<string, Promise<Uint8Array | undefined>>} */
const known = new Map();

/** The waveform of a sound, one byte a bin; `undefined` while it is not drawn. @param {string} src */
function peaksOf(src) {
  const asked =
    known.get(src) ??
    fetch(`${src}.peaks`)
      .then(async (answer) =>
        answer.status === 200 ? new Uint8Array(await answer.arrayBuffer()) : undefined,
      )
      .catch(() => undefined);
  known.set(src, asked);
  void asked.then((peaks) => peaks ?? known.delete(src));
  return asked;
}

/** Draws the waveform of a sound, how much of it was heard and where its chapters begin: a plain bar until it is there. */
export class Waveform {
  src = '';
  /** How much was heard and where chapters begin, of 1. */
  share = 0;
  /** @type {number[]} */
  ticks = [];
  /** Heights, of 1. @type {number[]} */
  bars = [];
  /** @type {Uint8Array | undefined} */
  peaks;
  drawn = '';

  /** @param {HTMLCanvasElement} canvas @param {AbortSignal} signal that ends it */
  constructor(canvas, signal) {
    this.canvas = canvas;
    this.signal = signal;
    const sizes = new ResizeObserver(() => this.fitSoon());
    const views = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      this.isSeen = true;
      void this.ask(0);
    });
    sizes.observe(canvas);
    views.observe(canvas);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.fitSoon(), { signal });
    signal.addEventListener('abort', () => {
      sizes.disconnect();
      views.disconnect();
    });
  }

  isSeen = false;

  /** @param {string} src @param {number[]} ticks of 1 */
  show(src, ticks) {
    this.ticks = ticks;
    if (this.src === src) return;
    this.src = src;
    this.peaks = undefined;
    this.fitSoon();
    if (this.isSeen) void this.ask(0);
  }

  /** @param {number} tries */
  async ask(tries) {
    const { src } = this;
    if (src === '' || this.peaks) return;
    const peaks = await peaksOf(src);
    if (src !== this.src || this.signal.aborted || this.peaks) return;
    this.peaks = peaks;
    if (peaks) this.fitSoon();
    else if (tries < 20)
      setTimeout(
        () => !this.signal.aborted && src === this.src && this.ask(tries + 1),
        1000 * (PAUSES[tries] ?? 60),
      );
  }

  /** With the next frame, when the page is laid out anyway: asked at once, it would have to be laid out for this alone. */
  fitSoon() {
    this.soon ??= requestAnimationFrame(() => {
      this.soon = undefined;
      if (!this.signal.aborted) this.fit();
    });
  }

  /** @type {number | undefined} */
  soon;
  isFit = false;

  fit() {
    const { canvas, peaks } = this;
    const { width, height } = canvas.getBoundingClientRect();
    const dense = devicePixelRatio || 1;
    canvas.width = Math.round(width * dense);
    canvas.height = Math.round(height * dense);
    const count = Math.floor(width / PITCH);
    const loudest = Math.max(1, ...(peaks ?? []));
    this.bars = peaks
      ? Array.from({ length: count }, (_, bar) => {
          const part = peaks.subarray((bar * peaks.length) / count, ((bar + 1) * peaks.length) / count);
          const mean = part.reduce((sum, peak) => sum + peak, 0) / (part.length || 1);
          return (mean / loudest) ** 0.8;
        })
      : [];
    this.drawn = '';
    this.isFit = true;
    this.draw();
  }

  /** @param {number} [share] heard, of 1 */
  draw(share = this.share) {
    this.share = share;
    if (!this.isFit) return;
    const { canvas, bars } = this;
    const dense = devicePixelRatio || 1;
    const [width, height] = [canvas.width / dense, canvas.height / dense];
    const heard = Math.round(share * width);
    const key = `${heard} ${this.ticks.join()}`;
    const pen = canvas.getContext('2d');
    if (!pen || width === 0 || key === this.drawn) return;
    this.drawn = key;
    pen.setTransform(dense, 0, 0, dense, 0, 0);
    pen.clearRect(0, 0, width, height);
    const { color, borderTopColor, outlineColor } = getComputedStyle(canvas);
    const scale = width / ((bars.length || 1) * PITCH);
    for (const [from, to, ink] of /** @type {const} */ ([
      [0, heard, color],
      [heard, width, borderTopColor],
    ])) {
      pen.save();
      pen.beginPath();
      pen.rect(from, 0, to - from, height);
      pen.clip();
      pen.fillStyle = ink;
      if (bars.length === 0) pen.fillRect(0, height * 0.35, width, height * 0.3);
      bars.forEach((bar, index) => {
        const high = Math.max(2, bar * height);
        pen.fillRect(index * PITCH * scale, (height - high) / 2, BAR * scale, high);
      });
      pen.restore();
    }
    pen.fillStyle = outlineColor;
    for (const tick of this.ticks) if (tick > 0) pen.fillRect(Math.round(tick * width) - 1, height - 6, 2, 6);
    pen.fillRect(Math.min(width - 2, heard), 0, 2, height);
  }
}
