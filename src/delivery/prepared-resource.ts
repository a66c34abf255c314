import { PreparedEdition } from './editions/prepared-edition.ts';
import { PreparedFile } from './files/prepared-file.ts';
import { type HeaderList, redirectHeaders } from './headers.ts';
import type { Resource } from './resource.ts';

/** A resource with everything about its answers that does not depend on the request. `weight` in bytes. */
export type PreparedResource = PreparedEdition | PreparedFile | PreparedRedirect;
export type PreparedRedirect = { kind: 'redirect'; status: number; headers: HeaderList; weight: number };

export function prepareResource(resource: Resource): PreparedResource {
  switch (resource.kind) {
    case 'edition':
      return new PreparedEdition(resource);
    case 'file':
      return new PreparedFile(resource);
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
export function isCrossOrigin(ready: PreparedResource): boolean {
  if (ready.kind === 'redirect') return true;
  return ready.kind === 'edition' ? ready.edition.crossOrigin : ready.file.crossOrigin;
}
