// @ts-check
import { deck } from './deck.js';

// Nothing of this is needed before something sounds.
deck.audio.addEventListener('playing', () => import('./walk.js'), { once: true });
deck.audio.addEventListener('playing', () => import('./session.js'), { once: true });
