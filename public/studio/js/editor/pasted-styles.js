// @ts-check

/**
 * Returns HTML whose styles are plain data: the page's policy lets no style in that is not a file of ours, and complains of
 * each that is only read.
 * @param {string} html
 */
export const withoutStyles = (html) =>
  html
    .replace(/<style\b[\s\S]*?<\/style>/gi, '')
    .replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/(\s)style\s*=/gi, '$1data-css='));

/** @param {Element} element what stood in its style attribute */
export const cssOf = (element) => element.getAttribute('data-css') ?? '';

const BOLD = /font-weight:\s*(?:bold|[6-9]\d\d)/i;
const NOT_BOLD = /font-weight:\s*(?:normal|[1-5]\d\d)/i;
const ITALIC = /font-style:\s*(?:italic|oblique)/i;
const NOT_ITALIC = /font-style:\s*normal/i;

/** Makes elements of what is bold or in italics only by its style, and none of what is not so by it. @param {Element} body */
export function stylesAsElements(body) {
  for (const element of body.querySelectorAll('[data-css]')) {
    const css = cssOf(element);
    if (BOLD.test(css)) wrapWithin(element, 'strong');
    if (ITALIC.test(css)) wrapWithin(element, 'em');
    const isOff =
      (element.matches('b, strong') && NOT_BOLD.test(css)) ||
      (element.matches('i, em') && NOT_ITALIC.test(css));
    // Google Docs puts everything into a `b` that is not bold.
    if (isOff) element.replaceWith(...element.childNodes);
  }
}

/** @param {Element} element @param {string} name */
function wrapWithin(element, name) {
  const made = element.ownerDocument.createElement(name);
  made.append(...element.childNodes);
  element.append(made);
}
