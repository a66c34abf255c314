// @ts-check
import * as commands from './commands.js';

/**
 * @typedef {import('./editor.js').ArticleEditor} ArticleEditor
 * @typedef {import('prosemirror-state').EditorState} EditorState
 * What a button does, and when it is pressed.
 * @typedef {{ run: import('prosemirror-state').Command, is?: (state: EditorState) => boolean }} Tool
 */

/** @type {Record<string, Tool>} */
const TOOLS = {
  heading: { run: commands.heading(2), is: (state) => commands.isWithin(state, 'heading', { level: 2 }) },
  subheading: { run: commands.heading(3), is: (state) => commands.isWithin(state, 'heading', { level: 3 }) },
  strong: { run: commands.mark('strong'), is: (state) => commands.isMarked(state, 'strong') },
  emphasis: { run: commands.mark('emphasis'), is: (state) => commands.isMarked(state, 'emphasis') },
  quote: { run: commands.quote, is: (state) => commands.isWithin(state, 'blockquote') },
  bullets: { run: commands.list('bullet_list'), is: (state) => commands.isWithin(state, 'bullet_list') },
  numbers: { run: commands.list('ordered_list'), is: (state) => commands.isWithin(state, 'ordered_list') },
};

/**
 * The bar over the article: one stop of the Tab key, arrows within (WAI-ARIA Authoring Practices, "Toolbar").
 * @param {HTMLElement} bar
 * @param {() => ArticleEditor} editor
 * @param {Record<string, () => void>} others what buttons do that are no command of the text
 */
export function openToolbar(bar, editor, others) {
  const buttons = [...bar.querySelectorAll('button')];
  const usable = () => buttons.filter((button) => !button.disabled && button.offsetParent !== null);
  const stopAt = (/** @type {HTMLButtonElement | undefined} */ current) => {
    for (const button of buttons) button.tabIndex = button === current ? 0 : -1;
  };
  stopAt(buttons[0]);
  bar.addEventListener('focusin', ({ target }) => target instanceof HTMLButtonElement && stopAt(target));
  bar.addEventListener('keydown', (event) => {
    const all = usable();
    const { activeElement } = document;
    const at = activeElement instanceof HTMLButtonElement ? all.indexOf(activeElement) : -1;
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (next === undefined || at < 0) return;
    event.preventDefault();
    all[(next + all.length) % all.length]?.focus();
  });
  // The text keeps its selection while a button is pressed with the mouse.
  bar.addEventListener('mousedown', (event) => {
    if (event.target instanceof Element && event.target.closest('button')) event.preventDefault();
  });
  bar.addEventListener('click', ({ target }) => {
    const name = target instanceof Element ? (target.closest('button')?.dataset.tool ?? '') : '';
    const tool = TOOLS[name];
    if (tool !== undefined) editor().run(tool.run);
    else others[name]?.();
  });
  return {
    /** Shows what is on at the cursor. @param {EditorState} state */
    show(state) {
      for (const button of buttons) {
        const tool = TOOLS[button.dataset.tool ?? ''];
        if (tool?.is !== undefined) button.ariaPressed = String(tool.is(state));
      }
    },
  };
}
