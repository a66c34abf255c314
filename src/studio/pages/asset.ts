import { makeEdition } from '../../delivery/delivery.ts';
import { Refused } from '../../model/problem.ts';
import { FOR_EVER } from '../../site/response.ts';
import type { Route } from '../route.ts';

/**
 * Serves style sheet and scripts under names that change with their bytes, cached and compressed like the
 * site's.
 */
export const assetRoutes: Route[] = [
  {
    method: 'GET',
    path: '/studio/assets/:name',
    who: 'anyone',
    about: 'style sheet and scripts',
    isForScripts: true,
    async handle(studio, call) {
      const asset = studio.bundles.find(call.part('name'));
      if (asset === undefined) throw new Refused('not-found');
      const edition = makeEdition({ type: asset.type, body: asset.body, cacheControl: FOR_EVER });
      await studio.delivery.send(call.req, call.res, edition, { cacheAs: call.path });
      return { kind: 'done' };
    },
  },
];
