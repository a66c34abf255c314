// @ts-check
import { Slice } from 'prosemirror-model';
import { docFromMarkdown } from './from-markdown.js';

const MARKS_BLOCKS = /^\s{0,3}(?:[-*+>] |#{1,6} |\d+[.)] |```|\|)/m;
/** Lines that nobody broke by hand are longer (characters). */
const BROKEN_BY_HAND = 90;

/** Returns pasted plain text as Markdown: text whose lines are whole paragraphs has them apart. @param {string} text */
export function markdownOfPlainText(text) {
  const lines = text.replace(/\r\n?/g, '\n').trim();
  const isApart = /\n\s*\n/.test(lines) || MARKS_BLOCKS.test(lines);
  const isLong = lines.split('\n').some((line) => line.length > BROKEN_BY_HAND);
  return !isApart && isLong ? lines.replaceAll('\n', '\n\n') : lines;
}

/** Returns pasted plain text as a piece of a document. @param {string} text */
export function sliceOfPlainText(text) {
  return Slice.maxOpen(docFromMarkdown(markdownOfPlainText(text)).content);
}
