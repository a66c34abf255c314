import { loggingInRoutes } from './account/login.ts';
import { meRoutes } from './account/me.ts';
import { peopleRoutes } from './account/people.ts';
import { welcomeRoutes } from './account/welcome.ts';
import { apiRoutes } from './api/routes.ts';
import { draftRoutes } from './draft/draft-routes.ts';
import { administrationRoutes } from './pages/administration.ts';
import { assetRoutes } from './pages/asset.ts';
import { binRoutes } from './pages/bin.ts';
import { episodeRoutes } from './pages/episode.ts';
import { jobRoutes } from './pages/jobs.ts';
import { listRoutes } from './pages/lists.ts';
import { showRoutes } from './pages/shows.ts';
import type { Route } from './route.ts';

/** Every address of the staff's side; docs/security.md says who may use each, and a test compares the two. */
export const STUDIO_ROUTES: readonly Route[] = [
  ...assetRoutes,
  ...loggingInRoutes,
  ...welcomeRoutes,
  ...listRoutes,
  ...draftRoutes,
  ...episodeRoutes,
  ...binRoutes,
  ...jobRoutes,
  ...administrationRoutes,
  ...showRoutes,
  ...peopleRoutes,
  ...meRoutes,
  ...apiRoutes,
];
