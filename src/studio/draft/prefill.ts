import { slugOf } from '../../model/addresses.ts';
import { stemOf } from '../../model/file-kinds.ts';

/** What a sound file says of its episode. */
export type FileFacts = {
  name: string;
  tags?: { title?: string; artist?: string; album?: string; comment?: string; date?: string };
};

export type Suggestions = Partial<Record<'show' | 'title' | 'date' | 'people' | 'summary', string>>;

type Surroundings = {
  shows: readonly { slug: string; title: string }[];
  station: string;
  /** The date on the station's clock: `2025-01-30`. */
  today: string;
};

const SHORTEST_SUMMARY = 20;
/** The names that recorders and programs give to files. */
const NAMELESS =
  /^(?:(?:new |nuova |voice )?(?:audio|rec(?:ording)?|registrazione|recorder|memo|zoom|dr|mic|tr|track|traccia|untitled|senza titolo|file|export|mixdown|mix|master|ptt|whatsapp (?:audio|ptt)|nota vocale|voce|voice|stereo|wav|output|finale?|def|definitivo|ok|copia|copy|v)[ \d.()]*)+$/i;
const DATES = [
  { shape: /(?<!\d)(\d{4})[-_. ]?(\d{2})[-_. ]?(\d{2})(?!\d)/, order: [1, 2, 3] },
  { shape: /(?<!\d)(\d{1,2})[-_. ](\d{1,2})[-_. ](\d{4})(?!\d)/, order: [3, 2, 1] },
  { shape: /(?<!\d)(\d{1,2})[-_. ](\d{1,2})[-_. ](\d{2})(?!\d)/, order: [3, 2, 1] },
] as const;

/**
 * Returns suggestions for the fields of a new episode, from the file's tags and name: show, day (before today
 * only), title and voices. Absent where nothing is known.
 */
export function fileSuggestions({ name, tags = {} }: FileFacts, around: Surroundings): Suggestions {
  const stem = stemOf(name).normalize('NFC');
  const show = showIn([tags.album ?? '', stem, tags.artist ?? ''], around.shows);
  const day = dayIn(stem) ?? dayIn(tags.date ?? '');
  const known = [around.station, ...around.shows.flatMap(({ slug, title }) => [slug, title])].map(slugOf);
  const title = tags.title?.trim() || titleIn(stem, around.shows);
  const artist = tags.artist?.trim() ?? '';
  const comment = tags.comment?.trim() ?? '';
  return Object.fromEntries(
    Object.entries({
      show: show?.slug ?? '',
      title: title === '' || isNameless(title) ? '' : title,
      date: day !== undefined && day < around.today ? `${day}T12:00` : '',
      people: artist === '' || known.includes(slugOf(artist)) ? '' : artist,
      summary: comment.length < SHORTEST_SUMMARY || /^https?:\S+$/.test(comment) ? '' : comment,
    }).filter(([, value]) => value !== ''),
  );
}

const isNameless = (title: string): boolean => NAMELESS.test(title.trim()) || !/\p{L}{2}/u.test(title);

function showIn<T extends { slug: string; title: string }>(
  texts: string[],
  shows: readonly T[],
): T | undefined {
  for (const text of texts) {
    const words = `-${slugOf(text)}-`;
    const found = shows.filter(
      ({ slug, title }) => words.includes(`-${slugOf(title)}-`) || words.includes(`-${slugOf(slug)}-`),
    );
    // The longest name is the surest: `radio` is in many.
    const [longest] = found.sort((one, other) => other.title.length - one.title.length);
    if (longest !== undefined) return longest;
  }
  return undefined;
}

function dayIn(text: string): string | undefined {
  for (const { shape, order } of DATES) {
    const match = shape.exec(text);
    if (match === null) continue;
    const [year = '', month = '', date = ''] = order.map((index) => (match[index] ?? '').padStart(2, '0'));
    const day = `${year.length === 2 ? `20${year}` : year}-${month}-${date}`;
    if (isDay(day)) return day;
  }
  return undefined;
}

function isDay(day: string): boolean {
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day) && day > '1970';
}

/** Returns a file's name without its day and its show. */
function titleIn(stem: string, shows: Surroundings['shows']): string {
  let text = stem;
  for (const { shape } of DATES) text = text.replace(shape, ' ');
  text = text.replace(/[_+]+/g, ' ');
  if (!text.includes(' ')) text = text.replaceAll('-', ' ');
  for (const { slug, title } of shows) {
    for (const name of [title, slug.replaceAll('-', ' '), slug])
      text = text.replace(new RegExp(`(?<![\\p{L}\\p{N}])${escaped(name)}(?![\\p{L}\\p{N}])`, 'giu'), ' ');
  }
  text = text.replace(/\s+/g, ' ').replace(/^[\s\-–—.,_()]+|[\s\-–—.,_(]+$/g, '');
  return text.charAt(0).toLocaleUpperCase('it') + text.slice(1);
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
