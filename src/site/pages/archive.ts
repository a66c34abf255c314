import { ARCHIVE_PATH, monthPath, PEOPLE_PATH, TAGS_PATH, yearPath } from '../../model/addresses.ts';
import { NotFound } from '../errors.ts';
import type { Visit } from '../page-request.ts';
import type { Answer } from '../response.ts';
import type { Site } from '../site.ts';
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
  const { year, count } = found;
  const title = visit.texts.yearTitle(year);
  const months = await site.catalogue.months(year, visit.now);
  return periodPage(site, visit, { path: yearPath(year), title, year, count, years, months });
}

/** `/archive/:year/:month`: the episodes of one month on the station's clock. */
export async function month(site: Site, visit: Visit): Promise<Answer> {
  const year = Number(visit.part('year'));
  const [years, months] = await Promise.all([
    site.catalogue.years(visit.now),
    site.catalogue.months(year, visit.now),
  ]);
  const found = months.find((one) => one.month === Number(visit.part('month')));
  if (found === undefined) throw new NotFound('No public episode is of this month');
  const { month, count } = found;
  const title = visit.texts.monthTitle(year, month);
  return periodPage(site, visit, { path: monthPath(year, month), title, year, month, count, years, months });
}

/** A year or a month, `count` its episodes, with the years and the year's months beside it. */
type Period = {
  path: string;
  title: string;
  year: number;
  month?: number;
  count: number;
  years: Awaited<ReturnType<Site['catalogue']['years']>>;
  months: Awaited<ReturnType<Site['catalogue']['months']>>;
};

async function periodPage(site: Site, visit: Visit, { path, title, ...period }: Period): Promise<Answer> {
  const { year, month } = period;
  const filter = month === undefined ? { year } : { year, month };
  const listing = await listEpisodes(site, visit, filter, path);
  return renderPage(site, visit, {
    view: 'list',
    section: 'archive',
    path,
    parameters: { before: listing.before },
    values: {
      kicker: visit.texts.archive,
      kickerPath: visit.link(ARCHIVE_PATH),
      title,
      ...period,
      ...listing,
    },
    head: { title, description: `${title}, ${visit.frame.station.title}` },
  });
}
