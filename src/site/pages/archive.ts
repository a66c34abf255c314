import { ARCHIVE_PATH, monthPath, PEOPLE_PATH, TAGS_PATH, yearPath } from '../../model/addresses.ts';
import { NotFound } from '../errors.ts';
import type { PageRequest } from '../page-request.ts';
import type { SiteResponse } from '../response.ts';
import type { Site } from '../site.ts';
import { listEpisodes } from './listing.ts';
import { renderPage } from './page.ts';

/** `/archive`: all episodes, newest first, with ways in by year, category, tag and person. */
export async function archive(site: Site, request: PageRequest): Promise<SiteResponse> {
  const [listing, years, categories] = await Promise.all([
    listEpisodes(site, request, {}, ARCHIVE_PATH),
    site.catalogue.years(request.now),
    site.catalogue.categories(request.now),
  ]);
  return renderPage(site, request, {
    view: 'list',
    section: 'archive',
    path: ARCHIVE_PATH,
    parameters: { before: listing.before },
    values: {
      title: request.texts.archive,
      years,
      categories,
      waysIn: [
        { path: request.link(TAGS_PATH), name: request.texts.allTags },
        { path: request.link(PEOPLE_PATH), name: request.texts.allPeople },
      ],
      count: years.reduce((sum, { count }) => sum + count, 0),
      ...listing,
    },
    head: { title: request.texts.archive, description: request.frame.station.description },
  });
}

/** `/archive/:year`: the episodes of one year on the station's clock. */
export async function year(site: Site, request: PageRequest): Promise<SiteResponse> {
  const years = await site.catalogue.years(request.now);
  const found = years.find(({ year }) => String(year) === request.part('year'));
  if (found === undefined) throw new NotFound('No public episode is of this year');
  const { year, count } = found;
  const title = request.texts.yearTitle(year);
  const months = await site.catalogue.months(year, request.now);
  return periodPage(site, request, { path: yearPath(year), title, year, count, years, months });
}

/** `/archive/:year/:month`: the episodes of one month on the station's clock. */
export async function month(site: Site, request: PageRequest): Promise<SiteResponse> {
  const year = Number(request.part('year'));
  const [years, months] = await Promise.all([
    site.catalogue.years(request.now),
    site.catalogue.months(year, request.now),
  ]);
  const found = months.find((one) => one.month === Number(request.part('month')));
  if (found === undefined) throw new NotFound('No public episode is of this month');
  const { month, count } = found;
  const title = request.texts.monthTitle(year, month);
  return periodPage(site, request, {
    path: monthPath(year, month),
    title,
    year,
    month,
    count,
    years,
    months,
  });
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

async function periodPage(
  site: Site,
  request: PageRequest,
  { path, title, ...period }: Period,
): Promise<SiteResponse> {
  const { year, month } = period;
  const filter = month === undefined ? { year } : { year, month };
  const listing = await listEpisodes(site, request, filter, path);
  return renderPage(site, request, {
    view: 'list',
    section: 'archive',
    path,
    parameters: { before: listing.before },
    values: {
      kicker: request.texts.archive,
      kickerPath: request.link(ARCHIVE_PATH),
      title,
      ...period,
      ...listing,
    },
    head: { title, description: `${title}, ${request.frame.station.title}` },
  });
}
