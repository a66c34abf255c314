// @ts-check
import { droppedFiles, wanted } from './dropped-files.js';

/**
 * Files come by being chosen, or by being dropped anywhere on the page.
 * @param {import('../page.js').DraftPage} page
 * @param {(files: File[], place?: { cover: true }) => void} add
 */
export function openDropZone(page, add) {
  for (const input of document.querySelectorAll('[data-choose]')) {
    input.addEventListener('change', () => {
      if (!(input instanceof HTMLInputElement)) return;
      add(wanted([...(input.files ?? [])]));
      input.value = '';
    });
  }
  const zone = page.piece('[data-drop]', HTMLElement);
  // Every element that is crossed on the way is entered and left.
  let depth = 0;
  const show = () => zone.classList.toggle('is-over', depth > 0);
  document.addEventListener('dragenter', (event) => {
    if (!carriesFiles(event)) return;
    depth += 1;
    show();
  });
  document.addEventListener('dragleave', (event) => {
    if (!carriesFiles(event)) return;
    depth = Math.max(0, depth - 1);
    show();
  });
  document.addEventListener('dragover', (event) => {
    if (carriesFiles(event)) event.preventDefault();
  });
  document.addEventListener('drop', async (event) => {
    if (!carriesFiles(event) || event.dataTransfer === null) return;
    event.preventDefault();
    depth = 0;
    show();
    const isCover = event.target instanceof Element && event.target.closest('[data-cover]') !== null;
    const files = await droppedFiles(event.dataTransfer);
    add(files, isCover && files.length === 1 ? { cover: true } : undefined);
  });
}

/** @param {DragEvent} event */
const carriesFiles = (event) => event.dataTransfer?.types.includes('Files') ?? false;
