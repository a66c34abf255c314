/** Requests at a time: few, since the server also serves listeners. */
const TOGETHER = 6;
const TIME_LIMIT = 20_000;

/** Returns the addresses at which nothing is found. Each gets a HEAD request. */
export async function addressesOfNothing(addresses: readonly string[]): Promise<Set<string>> {
  const waiting = [...new Set(addresses)];
  const nothing = new Set<string>();
  const ask = async (): Promise<void> => {
    for (let address = waiting.shift(); address !== undefined; address = waiting.shift())
      if (!(await isThere(address))) nothing.add(address);
  };
  await Promise.all(Array.from({ length: TOGETHER }, ask));
  return nothing;
}

async function isThere(address: string): Promise<boolean> {
  const { status } = await asked(address, { method: 'HEAD' });
  // Some servers do not support HEAD; a request for the first byte says the same.
  if (status !== 405 && status !== 501 && status !== 403) return isFound(status);
  return isFound((await asked(address, { headers: { range: 'bytes=0-0' } })).status);
}

const isFound = (status: number): boolean => status >= 200 && status < 300;

async function asked(address: string, init: RequestInit): Promise<{ status: number }> {
  try {
    const response = await fetch(address, { ...init, signal: AbortSignal.timeout(TIME_LIMIT) });
    await response.body?.cancel();
    return response;
  } catch {
    return { status: 0 };
  }
}
