// @ts-check

import { copyTemplate, pageTexts } from '../page-texts.js';
import { copyText, quotation } from '../sharing/copy-text.js';
import { showToast } from '../toast.js';
import { segmentPlayer } from './deep-link.js';
import { TranscriptFinder } from './transcript-search.js';

/** Gives each open transcript of the page its field to search in, and each turn the button that copies it; once. */
export function drawTranscripts() {
  for (const details of document.querySelectorAll('details.transcript[open]:not(.is-drawn)')) {
    const find = copyTemplate('.transcript-find');
    if (!(details instanceof HTMLElement) || !(find instanceof HTMLFormElement)) continue;
    details.classList.add('is-drawn');
    toolsOf(details).append(find);
    new TranscriptFinder(details, find);
    for (const head of details.querySelectorAll('.turn-head')) {
      const button = copyTemplate('.turn-copy');
      if (button) head.append(' ', button);
    }
  }
}

/** @param {HTMLElement} details @returns {Element} */
function toolsOf(details) {
  const there = details.querySelector('.transcript-tools');
  if (there) return there;
  const tools = document.createElement('div');
  tools.className = 'transcript-tools';
  details.querySelector('.turns')?.before(tools);
  return tools;
}

/** @param {Element} turn */
async function copyTurn(turn) {
  const link = turn.querySelector('.turn-head a');
  if (!(link instanceof HTMLElement)) return;
  const text = (turn.querySelector('.turn-text')?.textContent ?? '').replace(/\s+/g, ' ').trim();
  const moment = { segment: Number(link.dataset.segment), seconds: Number(link.dataset.start), id: turn.id };
  if (await copyText(quotation(text, moment))) showToast('done', { said: pageTexts().done ?? '' });
}

document.addEventListener('click', (event) => {
  if (!(event.target instanceof Element) || event.button !== 0) return;
  const turn = event.target.closest('.turn');
  if (turn && event.target.closest('.turn-copy')) void copyTurn(turn);
  const cue = event.target.closest('.cue');
  if (!(cue instanceof HTMLElement) || !getSelection()?.isCollapsed) return;
  const segment = Number(cue.closest('.transcript')?.getAttribute('data-segment'));
  segmentPlayer(segment)?.playFrom(Number(cue.dataset.start));
});
