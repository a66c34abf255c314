import { expect, onTestFinished, test } from 'vitest';
import { keepStation } from '../fixtures/running-station.ts';
import { SHOW, STATION } from '../fixtures/station-folder.ts';
import { makeStaff } from '../fixtures/studio-station.ts';
import { complaintsOf, openBrowser } from '../site/browser.ts';

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
  const presence = (enabled: boolean) =>
    devtools.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled });

  await page.goto(`${station.address}/studio/me`);
  await page.getByLabel('Name of the passkey').fill('Portable');
  await page.locator('#passkey-add button').click();
  await page.getByText('Portable', { exact: true }).waitFor();
  const { credentials } = await devtools.send('WebAuthn.getCredentials', { authenticatorId });
  expect(credentials).toHaveLength(1);

  // The login page has the browser offer it among what it fills in: somebody takes it as soon as there is somebody.
  await presence(false);
  await context.clearCookies();
  await page.goto(`${station.address}/studio/published`);
  await page.waitForURL(/\/studio\/login/);
  await presence(true);
  await page.waitForURL(/\/studio\/published$/);

  await page.goto(`${station.address}/studio/me`);
  await page.getByRole('button', { name: /: Portable$/ }).click();
  await page.getByText('Portable', { exact: true }).waitFor({ state: 'detached' });
  await presence(false);
  await context.clearCookies();
  await page.goto(`${station.address}/studio/login`);
  const refused = page.waitForResponse((answer) => answer.url().endsWith('/passkeys/login/finish'));
  await presence(true);
  expect((await refused).status()).toBeGreaterThanOrEqual(400);
  expect(complaints.filter((text) => !text.includes('status of 4'))).toEqual([]);
});
