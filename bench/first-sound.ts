import type { Browser } from 'playwright-core';

/**
 * Taps play on a fresh page, several times. Returns, for each, the milliseconds from the tap until the sound goes on
 * (the first moment at which the player's time has moved).
 */
export async function firstSounds(browser: Browser, address: string, taps: number): Promise<number[]> {
  const found: number[] = [];
  for (let tap = 0; tap < taps; tap += 1) {
    const context = await browser.newContext();
    try {
      const page = await context.newPage();
      await page.goto(address, { waitUntil: 'networkidle' });
      const button = page.locator('riascolta-player .player-play').first();
      await button.waitFor();
      const heard = page.evaluate(
        () =>
          new Promise<number>((resolve) => {
            let tappedAt = 0;
            document.addEventListener('pointerdown', () => (tappedAt = performance.now()), { capture: true });
            const look = (): void => {
              const sounds = [...document.querySelectorAll('audio')].some((audio) => audio.currentTime > 0);
              if (tappedAt > 0 && sounds) resolve(performance.now() - tappedAt);
              else requestAnimationFrame(look);
            };
            look();
          }),
      );
      await button.click();
      found.push(await heard);
    } finally {
      await context.close();
    }
  }
  return found;
}
