import { ARCHIVE_PATH, PEOPLE_PATH, TAGS_PATH, yearPath } from '../../model/addresses.ts';
import type { Answer } from '../answer.ts';
import { NotFound } from '../errors.ts';
import type { Site } from '../site.ts';
import type { Visit } from '../visit.ts';
import { listEpisodes } from './listing.ts';
import { renderPage } from './page.ts';

/** `/archive`: all episodes, newest first, with ways in by year, category, tag and person. */
export async function archive(site: Site, visit: Visit): Promise<Answer> {
  const [listing, years, categories] = await Promise.all([
    listEpisodes(site, visit, {}, ARCHIVE_PATH),
    site.catalogue.years(visit.now),
    site.catalogue.categories(visit.now),
  ]);
  return renderPage(site, visit, {
    view: 'list',
    section: 'archive',
    path: ARCHIVE_PATH,
    parameters: { before: listing.before },
    values: {
      title: visit.texts.archive,
      years,
      categories,
      waysIn: [
        { path: visit.link(TAGS_PATH), name: visit.texts.allTags },
        { path: visit.link(PEOPLE_PATH), name: visit.texts.allPeople },
      ],
      count: years.reduce((sum, { count }) => sum + count, 0),
      ...listing,
    },
    head: { title: visit.texts.archive, description: visit.frame.station.description },
  });
}

/** `/archive/:year`: the episodes of one year on the station's clock. */
export async function year(site: Site, visit: Visit): Promise<Answer> {
  const years = await site.catalogue.years(visit.now);
  const found = years.find(({ year }) => String(year) === visit.part('year'));
  if (found === undefined) throw new NotFound('No public episode is of this year');
  const path = yearPath(found.year);
  const [listing, months] = await Promise.all([
    listEpisodes(site, visit, { year: found.year }, path),
    site.catalogue.months(found.year, visit.now),
  ]);
  const title = visit.texts.yearTitle(found.year);
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
      year: found.year,
      months,
      count: found.count,
      ...listing,
    },
    head: { title, description: `${title}, ${visit.frame.station.title}` },
  });
}
