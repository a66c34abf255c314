import { apiRoutes } from './api/routes.ts';
import { assetRoutes } from './pages/asset.ts';
import { binRoutes } from './pages/bin.ts';
import { draftRoutes } from './pages/draft.ts';
import { episodeRoutes } from './pages/episode.ts';
import { houseRoutes } from './pages/house.ts';
import { jobRoutes } from './pages/jobs.ts';
import { listRoutes } from './pages/lists.ts';
import { loggingInRoutes } from './pages/logging-in.ts';
import { meRoutes } from './pages/me.ts';
import { peopleRoutes } from './pages/people.ts';
import { showRoutes } from './pages/shows.ts';
import { welcomeRoutes } from './pages/welcome.ts';
import type { Route } from './route.ts';

/** Every address of the staff's side; docs/security.md says who may use each, and a test holds the two together. */
export const STUDIO_ROUTES: readonly Route[] = [
  ...assetRoutes,
  ...loggingInRoutes,
  ...welcomeRoutes,
  ...listRoutes,
  ...draftRoutes,
  ...episodeRoutes,
  ...binRoutes,
  ...jobRoutes,
  ...houseRoutes,
  ...showRoutes,
  ...peopleRoutes,
  ...meRoutes,
  ...apiRoutes,
];
