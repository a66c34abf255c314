import { ARCHIVE_PATH, monthPath } from '../../model/addresses.ts';
import type { Answer } from '../answer.ts';
import { NotFound } from '../errors.ts';
import type { Site } from '../site.ts';
import type { Visit } from '../visit.ts';
import { listEpisodes } from './listing.ts';
import { renderPage } from './page.ts';

/** `/archive/:year/:month`: the episodes of one month on the station's clock. */
export async function month(site: Site, visit: Visit): Promise<Answer> {
  const year = Number(visit.part('year'));
  const [years, months] = await Promise.all([
    site.catalogue.years(visit.now),
    site.catalogue.months(year, visit.now),
  ]);
  const found = months.find((one) => one.month === Number(visit.part('month')));
  if (found === undefined) throw new NotFound('No public episode is of this month');
  const path = monthPath(year, found.month);
  const listing = await listEpisodes(site, visit, { year, month: found.month }, path);
  const title = visit.texts.monthTitle(year, found.month);
  return renderPage(site, visit, {
    view: 'list',
    section: 'archive',
    path,
    parameters: { before: listing.before },
    values: {
      kicker: visit.texts.archive,
      kickerPath: visit.link(ARCHIVE_PATH),
      title,
      years,
      year,
      months,
      month: found.month,
      count: found.count,
      ...listing,
    },
    head: { title, description: `${title}, ${visit.frame.station.title}` },
  });
}
