/**
 * The servers of directories and apps that read feeds, by their user agents. Programs on listeners' devices
 * are not among them: an app that has both (Overcast, Pocket Casts, Spotify) is known by its server's name
 * alone. The names are those that the Open Podcast Analytics Working Group collects
 * (github.com/opawg/podcast-rss-useragents).
 */
const CRAWLERS: readonly (readonly [app: string, name: RegExp])[] = [
  // Case matters: `itms` is an old app on listeners' machines.
  ['Apple Podcasts', /\biTMS\b/],
  ['Spotify', /^Spotify\/1\.0\b/],
  ['YouTube Music', /\bFeedFetcher-Google\b|\bGoogleOther\b|\bGoogle-Podcast\b/],
  ['Amazon Music', /\bAmazon Music Podcast\b|\bAudibleBot\b/],
  ['Pocket Casts', /\bPocket ?Casts Feed Parser\b/],
  ['Overcast', /\bOvercast\/[\d.]+ Podcast Sync\b/],
  ['Podcast Index', /\bPodcastindex\.org\b|\bPodcastIndex(?:er|Manager)?\//i],
  ['Podchaser', /\bPodchaser-Parser\b/],
  ['Castbox', /\bCastboxFeedParser\b/],
  ['Castro', /\bTentacles\b/],
  ['Deezer', /\bDeezer Podcasters\b/],
  ['iHeart', /\biHeart(?:Radio)?[\w-]*(?:crawler|bot|parser|podcast[\w-]*ingest)/i],
  ['TuneIn', /\bTuneIn[\w -]*(?:checker|crawler|bot|parser|podcast)/i],
  ['Player FM', /\bPlayerFM\/[\d.]+ Podcast Sync\b/],
  ['gpodder.net', /\bgpodder\.net\b|\bmygpo-feedservice\b/i],
  ['Podcast Republic', /\bPodcastRepublic-?(?:Server|Crawler|Bot)\b/i],
  ['Listen Notes', /\bListenNotes\b/],
  ['iVoox', /\biVoox Global Podcasting Service\b/i],
  ['Podbean', /\bPodbeanFeedReader\b|\bPodbean FeedUpdate\b/i],
  ['fyyd', /\bfyyd-poll\b/],
  ['Podimo', /^Podimo\//],
  ['Feedly', /\bFeedly(?:Bot)?\/[\d.]+ \(\+?http/],
  ['Inoreader', /\binoreader\.com\b/i],
];

/** The apps that most people use: staff are told of them even when they have never read a feed. */
export const MAIN_APPS: readonly string[] = CRAWLERS.slice(0, 6).map(([app]) => app);

/**
 * Returns the app whose crawler has this user agent; `undefined` for listeners, browsers and other robots.
 */
export function appOfCrawler(userAgent: string): string | undefined {
  return CRAWLERS.find(([, name]) => name.test(userAgent))?.[0];
}

const FEED = /^(?:\/shows\/[^/?#]+)?\/feed\.(?:xml|json)(?=$|[?#])/;

/**
 * Returns the path of the station's or a show's feed that a request asks for, as `model/addresses.ts` writes
 * it. Returns `undefined` for anything else, after one search of the text.
 */
export function feedAskedFor(url: string): string | undefined {
  if (!url.includes('/feed.')) return undefined;
  const path = FEED.exec(url)?.[0];
  if (path === undefined || !path.includes('%')) return path;
  try {
    return path
      .split('/')
      .map((part) => encodeURIComponent(decodeURIComponent(part).normalize('NFC')))
      .join('/');
  } catch {
    return undefined;
  }
}
