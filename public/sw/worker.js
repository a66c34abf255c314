// @ts-check
import { answerFromKept } from './kept.js';
import { answerPage, isPage } from './pages.js';
import { openShell } from './shell.js';

const shell = openShell(SHELL);

addEventListener('install', (event) => {
  event.waitUntil(shell.install().then(() => skipWaiting()));
});

addEventListener('activate', (event) => {
  event.waitUntil(shell.replaceOthers().then(() => clients.claim()));
});

addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin) return;
  const answer = isPage(url, request)
    ? answerPage(event, url, shell.offlinePage)
    : (shell.answer(url, request) ?? answerFromKept(url, request));
  if (answer !== undefined) event.respondWith(answer);
});
