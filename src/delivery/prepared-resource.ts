import { ReadyEdition } from './editions/prepared-edition.ts';
import { ReadyFile } from './files/prepared-file.ts';
import { type HeaderList, redirectHeaders } from './headers.ts';
import type { Resource } from './resource.ts';

/** A resource with everything about its answers that does not depend on the request. `weight` in bytes. */
export type Ready = ReadyEdition | ReadyFile | ReadyRedirect;
export type ReadyRedirect = { kind: 'redirect'; status: number; headers: HeaderList; weight: number };

export function makeReady(resource: Resource): Ready {
  switch (resource.kind) {
    case 'edition':
      return new ReadyEdition(resource);
    case 'file':
      return new ReadyFile(resource);
    case 'redirect':
      return {
        kind: 'redirect',
        status: resource.status,
        headers: redirectHeaders(resource.location),
        weight: 1024,
      };
  }
}

/** Whether scripts of other sites may read it. */
export function isCrossOrigin(ready: Ready): boolean {
  if (ready.kind === 'redirect') return true;
  return ready.kind === 'edition' ? ready.edition.crossOrigin : ready.file.crossOrigin;
}
