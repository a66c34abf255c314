// @ts-check
import { engine } from './engine.js';

// Nothing of this is needed before something sounds.
engine.audio.addEventListener('playing', () => import('../navigation.js'), { once: true });
engine.audio.addEventListener('playing', () => import('./media-session.js'), { once: true });
