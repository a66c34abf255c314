// @ts-check

/** @returns {HTMLTemplateElement | undefined} */
function template() {
  const found = document.getElementById('text-and-sound');
  return found instanceof HTMLTemplateElement ? found : undefined;
}

/** The sentences of what scripts draw about the text, in the page's language. @returns {DOMStringMap} */
export const pageTexts = () => template()?.dataset ?? {};

/**
 * What the page's template has under a selector: drawn once for a page, at its end.
 * @param {string} selector @returns {HTMLElement | undefined}
 */
export function drawTemplate(selector) {
  const there = document.querySelector(`main > ${selector}`);
  if (there instanceof HTMLElement) return there;
  const copy = copyTemplate(selector);
  if (copy) document.querySelector('main')?.append(copy);
  return copy;
}

/** A copy of what the page's template has under a selector. @param {string} selector @returns {HTMLElement | undefined} */
export function copyTemplate(selector) {
  const copy = template()?.content.querySelector(selector)?.cloneNode(true);
  return copy instanceof HTMLElement ? copy : undefined;
}
