// @ts-check
import { ownFile } from './addresses.js';

/**
 * @typedef {import('prosemirror-view').NodeViewConstructor} NodeViewConstructor
 * What the editor asks of the page around it.
 * @typedef {object} EditorHost
 * @property {(file: string) => string} fileAddress where a file of the episode can be had now
 * @property {(file: string) => string} soundName what a sound is called
 * @property {(file: string, seconds: number) => void} playFrom
 * @property {() => { file: string, seconds: number } | undefined} moment what is heard now
 * @property {() => void} togglePlaying
 * @property {(seconds: number) => void} skip
 * @property {(files: File[]) => void} addFiles
 * @property {Record<'playFrom' | 'remove' | 'pictureMissing', string>} words
 */

/** @param {EditorHost} host @returns {Record<string, NodeViewConstructor>} */
export const nodeViews = (host) => ({
  player: (node, view, getPos) => {
    const file = ownFile(String(node.attrs.href))?.file ?? '';
    const dom = document.createElement('div');
    dom.className = 'player-block';
    const play = button('player-block-play', host.words.playFrom.replace('{name}', host.soundName(file)));
    play.addEventListener('click', () => host.playFrom(file, 0));
    const name = document.createElement('span');
    name.className = 'player-block-name';
    name.textContent = String(node.attrs.label) || host.soundName(file);
    const of = document.createElement('span');
    of.className = 'player-block-file';
    of.textContent = file;
    const remove = button('player-block-remove', '');
    remove.textContent = host.words.remove;
    remove.addEventListener('click', () => {
      const at = getPos();
      if (at === undefined) return;
      view.dispatch(view.state.tr.delete(at, at + node.nodeSize));
      view.focus();
    });
    dom.append(play, name, of, remove);
    return {
      dom,
      stopEvent: (event) => event.target instanceof HTMLButtonElement && event.type !== 'dragstart',
    };
  },
  picture: (node) => {
    const dom = document.createElement('img');
    dom.dataset.file = String(node.attrs.src);
    dom.alt = String(node.attrs.alt) || host.words.pictureMissing.replace('{name}', String(node.attrs.src));
    const file = ownFile(String(node.attrs.src))?.file;
    // Pictures from elsewhere are not shown on the page, so they are not here.
    if (file !== undefined) dom.src = host.fileAddress(file);
    return { dom };
  },
});

/** @param {string} className @param {string} label */
function button(className, label) {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = className;
  if (label !== '') made.ariaLabel = label;
  return made;
}
