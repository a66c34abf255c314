// @ts-check
// The pages of accounts: passkeys, and small conveniences that the pages do without where there is no script.
import '../../js/sharing/copy-buttons.js';
import {
  browserSupportsWebAuthn,
  browserSupportsWebAuthnAutofill,
  startAuthentication,
  startRegistration,
} from '@simplewebauthn/browser';
import { ask, Refusal } from './server.js';

/**
 * Says how it goes, beside the button: the words for it stand in the page.
 * @param {HTMLElement} place
 * @param {'waiting' | 'failed' | ''} state
 * @param {string} [sentence] instead of them
 */
function say(place, state, sentence) {
  const line = place.querySelector('[role=status]');
  if (line === null) return;
  line.textContent = state === '' ? '' : sentence || (place.dataset[state] ?? '');
  line.classList.toggle('problem', state === 'failed');
}

/**
 * Whether somebody only closed the browser's window, or another question took its place.
 * @param {unknown} error
 */
const wasLeft = (error) =>
  error instanceof Error && (error.name === 'AbortError' || error.name === 'NotAllowedError');

/**
 * Logs in with a passkey. `quietly`: it is offered among what the browser fills in, and nobody pressed a button.
 * @param {HTMLElement} place
 * @param {boolean} quietly
 */
async function logIn(place, quietly) {
  let isAskedFor = !quietly;
  try {
    if (isAskedFor) say(place, 'waiting');
    const optionsJSON = await ask('POST', '/studio/passkeys/login/begin', {});
    const answer = await startAuthentication({ optionsJSON, useBrowserAutofill: quietly });
    isAskedFor = true;
    const { to } = await ask('POST', '/studio/passkeys/login/finish', { answer, next: place.dataset.next });
    location.assign(to);
  } catch (error) {
    if (isAskedFor) say(place, wasLeft(error) ? '' : 'failed');
  }
}

/**
 * Makes a passkey for whoever is logged in.
 * @param {HTMLFormElement} form
 */
async function add(form) {
  try {
    say(form, 'waiting');
    const fields = new FormData(form);
    const name = fields.get('passkey-name');
    const optionsJSON = await ask('POST', '/studio/me/passkeys/begin', { present: fields.get('present') });
    const answer = await startRegistration({ optionsJSON });
    await ask('POST', '/studio/me/passkeys/finish', { name, answer });
    location.assign('/studio/me');
  } catch (error) {
    say(form, wasLeft(error) ? '' : 'failed', error instanceof Refusal && error.code ? error.sentence : '');
  }
}

const login = document.getElementById('passkey-login');
if (login !== null && browserSupportsWebAuthn()) {
  login.hidden = false;
  login.querySelector('button')?.addEventListener('click', () => logIn(login, false));
  if (await browserSupportsWebAuthnAutofill()) logIn(login, true);
}

const adding = document.getElementById('passkey-add');
if (adding instanceof HTMLFormElement && browserSupportsWebAuthn()) {
  adding.hidden = false;
  document.getElementById('passkeys-unsupported')?.remove();
  adding.addEventListener('submit', (event) => {
    event.preventDefault();
    add(adding);
  });
}

for (const button of document.querySelectorAll('button[data-shows]')) {
  if (!(button instanceof HTMLButtonElement) || button.parentElement === null) continue;
  const field = document.getElementById(button.dataset.shows ?? '');
  if (!(field instanceof HTMLInputElement)) continue;
  const show = button.textContent ?? '';
  button.parentElement.hidden = false;
  button.addEventListener('click', () => {
    const isShown = field.type === 'password';
    field.type = isShown ? 'text' : 'password';
    button.textContent = isShown ? (button.dataset.hide ?? show) : show;
  });
}
