// @ts-check
import './player.js';
import './moments.js';
import './rows.js';
import './copy.js';
