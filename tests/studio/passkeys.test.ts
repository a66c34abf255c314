import type { Response } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { keepStation } from '../fixtures/running-station.ts';
import { SHOW, STATION } from '../fixtures/station-folder.ts';
import { makeStaff, PASSWORD } from '../fixtures/studio-station.ts';
import { complaintsOf, openBrowser } from '../site/browser.ts';

const isLoginFinished = (answer: Response) => answer.url().endsWith('/passkeys/login/finish');

test('a passkey is added in the browser, logs in without a password, and no longer does when it was removed', async () => {
  // Browsers take passkeys under https, and at localhost.
  const files = { 'station.md': STATION, 'stacca-stacca/show.md': SHOW };
  const station = await keepStation(files, { HOST: 'localhost' });
  onTestFinished(() => station.close());
  const { admin } = await makeStaff(station.dataDir, {});
  const browser = await openBrowser();
  onTestFinished(() => browser.close());
  const context = await browser.newContext({ locale: 'en-GB' });
  const [name = '', value = ''] = admin.cookie.split('=');
  await context.addCookies([{ name, value, url: station.address }]);
  const page = await context.newPage();
  const complaints = complaintsOf(page);
  const devtools = await context.newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  await page.goto(`${station.address}/studio/me`);
  await page.getByLabel('Name of the passkey').fill('Portable');
  const password = page.locator('#passkey-present');
  await password.fill('non è questa');
  await page.locator('#passkey-add button').click();
  await page.getByText('This is not the present password.').waitFor();
  await password.fill(PASSWORD);
  await page.locator('#passkey-add button').click();
  await page.getByText('Portable', { exact: true }).waitFor();
  const { credentials } = await devtools.send('WebAuthn.getCredentials', { authenticatorId });
  expect(credentials).toHaveLength(1);

  // The login page has the browser offer the passkey among what it fills in. The virtual authenticator takes the offer
  // at once, but only one that is made while somebody is present.
  await context.clearCookies();
  const accepted = page.waitForResponse(isLoginFinished);
  await page.goto(`${station.address}/studio/published`, { waitUntil: 'commit' });
  expect((await accepted).status()).toBe(200);
  await page.waitForURL(/\/studio\/published$/);

  await page.goto(`${station.address}/studio/me`);
  await page.getByRole('button', { name: /: Portable$/ }).click();
  await page.getByText('Portable', { exact: true }).waitFor({ state: 'detached' });
  await context.clearCookies();
  const refused = page.waitForResponse(isLoginFinished);
  await page.goto(`${station.address}/studio/login`, { waitUntil: 'commit' });
  expect((await refused).status()).toBeGreaterThanOrEqual(400);
  expect(complaints.filter((text) => !text.includes('status of 4'))).toEqual([]);
});
