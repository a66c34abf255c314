// @ts-check
// Stands in browsers for the package of this name (see src/studio/assets.ts): they know all of HTML's characters themselves.

const place = document.createElement('textarea');

/** Returns the character that one reference names: `&egrave;`; what is none comes back as it is. @param {string} reference */
export function decodeHTMLStrict(reference) {
  place.innerHTML = reference;
  return place.value;
}
