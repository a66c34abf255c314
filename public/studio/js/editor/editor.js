// @ts-check
import { dropCursor } from 'prosemirror-dropcursor';
import { gapCursor } from 'prosemirror-gapcursor';
import { history } from 'prosemirror-history';
import { EditorState } from 'prosemirror-state';
import { EditorView } from 'prosemirror-view';
import { isWebAddress, momentIn } from './addresses.js';
import { setLink, stamp } from './commands.js';
import { editorKeys, typedMarkdown } from './keys.js';
import { nodeViews } from './node-views.js';
import { cleanHtml } from './paste-html.js';
import { sliceOfPlainText } from './paste-text.js';
import { openBook } from './source-book.js';

/**
 * @typedef {import('prosemirror-state').Command} Command
 * @typedef {import('./node-views.js').EditorHost} EditorHost
 */

/** The article as it will look, over the textarea that has its Markdown: what is written here is written there. */
export class ArticleEditor {
  /**
   * @param {HTMLTextAreaElement} textarea
   * @param {HTMLElement} place
   * @param {EditorHost} host
   * @param {{ labelledBy: string, describedBy: string, changed: () => void, moved: (state: EditorState) => void, askLink: () => void }} options
   */
  constructor(textarea, place, host, options) {
    this.textarea = textarea;
    this.host = host;
    this.options = options;
    this.book = openBook(textarea.value);
    this.written = textarea.value;
    this.view = new EditorView(place, {
      state: this.stateOf(),
      nodeViews: nodeViews(host),
      attributes: {
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-labelledby': options.labelledBy,
        'aria-describedby': options.describedBy,
        class: 'prose',
        spellcheck: 'true',
      },
      dispatchTransaction: (transaction) => {
        this.view.updateState(this.view.state.apply(transaction));
        if (transaction.docChanged) this.write();
        this.options.moved(this.view.state);
      },
      transformPastedHTML: cleanHtml,
      clipboardTextParser: (text) => sliceOfPlainText(text),
      handlePaste: (_view, event) => this.pasteSpecial(event),
      handleDrop: (_view, event) => (event.dataTransfer?.files.length ?? 0) > 0,
      handleClickOn: (_view, _at, _node, _nodeAt, event) => this.clickLink(event),
    });
  }

  stateOf() {
    return EditorState.create({
      doc: this.book.doc,
      plugins: [
        typedMarkdown(),
        ...editorKeys(this.listeningKeys()),
        history(),
        dropCursor({ class: 'drop-cursor' }),
        gapCursor(),
      ],
    });
  }

  /** Keys for listening; none of them selects text or is the browser's own. @returns {Record<string, Command>} */
  listeningKeys() {
    const done = (/** @type {() => void} */ act) => () => {
      act();
      return true;
    };
    return {
      'Mod-k': done(() => this.options.askLink()),
      'Ctrl-j': done(() => this.stamp()),
      'Mod-j': done(() => this.stamp()),
      'Ctrl-Space': done(() => this.host.togglePlaying()),
      'Ctrl-,': done(() => this.host.skip(-5)),
      'Ctrl-.': done(() => this.host.skip(5)),
    };
  }

  /** The document goes into the textarea; what was not touched, as it was. */
  write() {
    this.written = this.book.markdownOf(this.view.state.doc);
    this.textarea.value = this.written;
    this.options.changed();
  }

  /** Takes over what stands in the textarea, where that is not what was written from here. */
  read() {
    if (this.textarea.value === this.written) return;
    this.written = this.textarea.value;
    this.book = openBook(this.written);
    this.view.updateState(this.stateOf());
    this.options.moved(this.view.state);
  }

  /** @param {Command} command */
  run(command) {
    const done = command(this.view.state, this.view.dispatch, this.view);
    this.view.focus();
    return done;
  }

  /** Puts the moment that is heard now at the cursor. */
  stamp() {
    const moment = this.host.moment();
    return moment !== undefined && this.run(stamp(moment.file, moment.seconds));
  }

  /** Files go where all files go; an address over a selection makes a link of it. @param {ClipboardEvent} event */
  pasteSpecial(event) {
    const files = [...(event.clipboardData?.files ?? [])];
    const html = event.clipboardData?.getData('text/html') ?? '';
    if (files.length > 0 && html === '') {
      this.host.addFiles(files);
      return true;
    }
    const text = event.clipboardData?.getData('text/plain').trim() ?? '';
    if (this.view.state.selection.empty || !isWebAddress(text) || /\s/.test(text)) return false;
    return setLink(text)(this.view.state, this.view.dispatch);
  }

  /** A moment in the text is heard; other links open only where somebody means to. @param {MouseEvent} event */
  clickLink(event) {
    const link = event.target instanceof Element ? event.target.closest('a[data-href]') : null;
    if (link === null) return false;
    const href = link.getAttribute('data-href') ?? '';
    const moment = momentIn(href);
    event.preventDefault();
    if (moment !== undefined) this.host.playFrom(moment.file, moment.start);
    else if ((event.ctrlKey || event.metaKey) && isWebAddress(href)) window.open(href, '_blank', 'noopener');
    return false;
  }
}
