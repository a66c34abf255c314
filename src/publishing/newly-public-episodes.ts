import type { CatalogueQueries } from '../catalogue/catalogue.ts';
import { addToOutbox, guidsInOutbox } from '../records/outbox.ts';
import type { Records } from '../records/records.ts';

export type NewlyPublicOptions = {
  records: Records;
  catalogue: Pick<CatalogueQueries, 'state' | 'publicEpisodes'>;
  /** Called with an error; the work is tried again at the next look. */
  failed: (error: unknown) => void;
  /** Milliseconds since 1970. */
  now?: () => number;
};

/** How often the catalogue's state is compared; a comparison reads one number (ms). */
const LOOKS_MS = 1_000;

/**
 * Gives each episode its row in the outbox from the second on in which it is public, whether the studio, a
 * new folder or its scheduled time made it so. All three change the catalogue's state, so no timer is needed.
 * Call it after all folders have been read for the first time.
 */
export function keepOutbox(options: NewlyPublicOptions): { close(): Promise<void> } {
  const { records, catalogue, failed, now = Date.now } = options;
  let known: Set<string> | undefined;
  let seen: string | undefined;
  let looking: Promise<void> | undefined;

  async function look(): Promise<void> {
    const at = now();
    const state = catalogue.state(at);
    if (state === seen) return;
    known ??= await guidsInOutbox(records);
    const all = await catalogue.publicEpisodes(at);
    const fresh = all.filter(({ guid }) => !known?.has(guid));
    await addToOutbox(records, fresh, at);
    for (const { guid } of fresh) known.add(guid);
    seen = state;
  }
  function lookOnce(): void {
    looking ??= look()
      .catch(failed)
      .finally(() => {
        looking = undefined;
      });
  }

  lookOnce();
  const timer = setInterval(lookOnce, LOOKS_MS);
  return {
    async close() {
      clearInterval(timer);
      await looking;
    },
  };
}
