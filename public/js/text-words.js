// @ts-check

/** @returns {HTMLTemplateElement | undefined} */
function template() {
  const found = document.getElementById('text-and-sound');
  return found instanceof HTMLTemplateElement ? found : undefined;
}

/** The sentences of what scripts draw about the text, in the page's language. @returns {DOMStringMap} */
export const words = () => template()?.dataset ?? {};

/**
 * What the page's template has under a selector: drawn once for a page, at its end.
 * @param {string} selector @returns {HTMLElement | undefined}
 */
export function draw(selector) {
  const there = document.querySelector(`main > ${selector}`);
  if (there instanceof HTMLElement) return there;
  const copy = copyOf(selector);
  if (copy) document.querySelector('main')?.append(copy);
  return copy;
}

/** A copy of what the page's template has under a selector. @param {string} selector @returns {HTMLElement | undefined} */
export function copyOf(selector) {
  const copy = template()?.content.querySelector(selector)?.cloneNode(true);
  return copy instanceof HTMLElement ? copy : undefined;
}
