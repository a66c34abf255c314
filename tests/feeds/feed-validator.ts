import { APPLE_CATEGORIES } from '../../src/model/apple-categories.ts';
import { htmlComplaints, plainTextComplaints } from './html-rules.ts';
import { childNamed, childrenNamed, parseXml, type XmlNode } from './xml-document.ts';

/** What the W3C feed validator would say, by its own name for the rule. */
export type Complaint = { rule: string; element: string; value: string };

/**
 * Returns what the W3C feed validator (w3c/feedvalidator) says of an RSS 2.0 podcast, as far as our feeds could fall
 * foul of it: its errors and warnings, by name. `address` is where the feed was read from.
 */
export function feedComplaints(xml: string, address: string): Complaint[] {
  const complaints: Complaint[] = [];
  const rss = parseXml(xml);
  const channel = childNamed(rss, 'channel');
  if (rss.name !== 'rss' || channel === undefined)
    return [{ rule: 'MissingElement', element: 'channel', value: '' }];
  if (rss.attributes.version !== '2.0') say('InvalidRSSVersion', rss, rss.attributes.version);
  for (const [name, namespace] of Object.entries(rss.attributes)) {
    if (name.startsWith('xmlns:') && !KNOWN_NAMESPACES.has(namespace))
      say('UnknownNamespace', rss, namespace);
  }
  checkChannel(channel);
  return complaints;

  function say(rule: string, node: XmlNode, value = node.text): void {
    complaints.push({ rule, element: node.name, value });
  }

  function checkChannel(node: XmlNode): void {
    checkChildren(node, CHANNEL);
    for (const [name, rule] of CHANNEL_NEEDS) if (childNamed(node, name) === undefined) say(rule, node, name);
    const items = childrenNamed(node, 'item');
    if (
      node.children.findLastIndex(({ name }) => name !== 'item') >
        node.children.findIndex(({ name }) => name === 'item') &&
      items.length > 0
    )
      say('MisplacedItem', node, '');
    const self = childrenNamed(node, 'atom:link').filter(({ attributes }) => attributes.rel === 'self');
    const [own] = self;
    if (own === undefined) say('MissingAtomSelfLink', node, '');
    else if (own.attributes.href !== address) say('SelfDoesntMatchLocation', own, own.attributes.href);
    if (own !== undefined && own.attributes.type !== 'application/rss+xml')
      say('SelfNotAtom', own, own.attributes.type);
    checkImage(node);
    for (const item of items) checkItem(item);
    const guids = items.map((item) => childNamed(item, 'guid')?.text ?? '');
    for (const guid of new Set(guids.filter((value, at) => guids.indexOf(value) !== at)))
      say('DuplicateValue', node, guid);
  }

  function checkItem(item: XmlNode): void {
    checkChildren(item, ITEM);
    const at = (name: string) => item.children.findIndex((child) => child.name === name);
    if (at('title') < 0 && at('description') < 0) say('ItemMustContainTitleOrDescription', item, '');
    if (at('guid') < 0) say('MissingGuid', item, '');
    if (at('content:encoded') >= 0 && !(at('description') >= 0 && at('description') < at('content:encoded')))
      say('NeedDescriptionBeforeContent', item, '');
  }

  function checkImage(node: XmlNode): void {
    const image = childNamed(node, 'image');
    if (image === undefined) return;
    const textOf = (parent: XmlNode, name: string) => childNamed(parent, name)?.text;
    if (textOf(image, 'title') !== textOf(node, 'title'))
      say('ImageTitleDoesntMatch', image, textOf(image, 'title'));
    if (textOf(image, 'link') !== textOf(node, 'link'))
      say('ImageLinkDoesntMatch', image, textOf(image, 'link'));
    const url = textOf(image, 'url') ?? '';
    if (!isFullAddress(url)) say('InvalidFullLink', image, url);
    if (!/\.(?:jpe?g|gif|png)$/i.test(url)) say('ImageUrlFormat', image, url);
  }

  function checkChildren(parent: XmlNode, rules: Readonly<Record<string, Rule>>): void {
    const seen = new Set<string>();
    for (const node of parent.children) {
      // What is in a namespace that it does not know it does not look at.
      if (/^(?:podcast|psc):/.test(node.name)) continue;
      const rule = rules[node.name];
      if (rule === undefined) {
        say('UndefinedElement', node, node.name);
        continue;
      }
      if (seen.has(node.name) && !REPEATABLE.has(node.name)) say('DuplicateElement', node, node.name);
      seen.add(node.name);
      for (const name of rule(node)) say(name, node);
    }
  }
}

type Rule = (node: XmlNode) => string[];

const KNOWN_NAMESPACES = new Set([
  'http://purl.org/dc/elements/1.1/',
  'http://purl.org/rss/1.0/modules/content/',
  'http://www.w3.org/2005/Atom',
  'http://www.itunes.com/dtds/podcast-1.0.dtd',
  'http://purl.org/syndication/history/1.0',
  // Known to the validator as a namespace that it does not check.
  'https://podcastindex.org/namespace/1.0',
]);

const REPEATABLE = new Set(['item', 'category', 'atom:link', 'itunes:category', 'dc:creator']);

const CHANNEL_NEEDS = [
  ['title', 'MissingTitle'],
  ['link', 'MissingLink'],
  ['description', 'MissingDescription'],
  ['language', 'MissingItunesElement'],
  ['itunes:category', 'MissingItunesElement'],
  ['itunes:explicit', 'MissingItunesElement'],
  ['itunes:owner', 'MissingItunesEmail'],
] as const;

const LANGUAGE = /^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/i;
const EMAIL = /^[\w.!#$%&'*+/=?^`{|}~-]+@(?:[a-z0-9-]+\.)+[a-z0-9][a-z0-9-]*$/i;
const MIME = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/;
const FULL_ADDRESS = /^[a-z][0-9a-z+.-]*:(?:\/\/)?[0-9a-z;/?:@&=+$.\-_!~*'()%,#]+$/i;
const WEB_ADDRESS = /^https?:\/\/(?:\d+\.\d+\.\d+\.|(?:[a-z0-9-]+\.)+)[a-z0-9][-a-z0-9]*(?::\d+)?(?:\/|$)/i;
const DATE =
  /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d? (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d (?:GMT|[+-]\d{4})$/;
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const PLAYABLE = /\.(?:m4a|mp3|mov|mp4|m4v|pdf|epub)$/;

const isFullAddress = (text: string): boolean => FULL_ADDRESS.test(text);
const isWebAddress = (text: string | undefined): boolean =>
  text !== undefined && WEB_ADDRESS.test(text) && isFullAddress(text);
const when = (isWrong: boolean, rule: string): string[] => (isWrong ? [rule] : []);
const anything: Rule = () => [];
const plain: Rule = ({ text }) => plainTextComplaints(text);
const filled: Rule = (node) => [...when(node.text === '', 'NotBlank'), ...plain(node)];
const upTo =
  (length: number): Rule =>
  (node) => [...when(node.text.length > length, 'TooLong'), ...plain(node)];
const oneOf =
  (rule: string, ...values: string[]): Rule =>
  ({ text }) =>
    when(!values.includes(text), rule);
const address: Rule = ({ text }) => when(!isFullAddress(text), 'InvalidFullLink');
const html: Rule = ({ text }) => htmlComplaints(text);
const positive: Rule = ({ text }) => when(!/^[1-9]\d*$/.test(text), 'InvalidPositiveInteger');
const picture: Rule = ({ attributes }) => when(!isWebAddress(attributes.href), 'InvalidURLAttribute');

const date: Rule = ({ text }) => {
  const day = DATE.exec(text)?.[1];
  if (day === undefined) return ['InvalidRFC2822Date'];
  const time = new Date(text);
  return [
    ...when(DAYS[time.getUTCDay()] !== day, 'IncorrectDOW'),
    ...when(time.getTime() > Date.now() + 600_000 || time.getUTCFullYear() < 1990, 'ImplausibleDate'),
  ];
};

const emailWithName: Rule = ({ text }) => {
  const parts = /^(\S+) \(([^()]+)\)$/.exec(text);
  if (parts?.[1] === undefined) return [text.includes(' ') ? 'EmailFormat' : 'MissingRealName'];
  return when(!EMAIL.test(parts[1]), 'InvalidContact');
};

const owner: Rule = (node) => {
  const email = childNamed(node, 'itunes:email');
  return email === undefined ? ['MissingElement'] : when(!EMAIL.test(email.text), 'InvalidContact');
};

const category: Rule = (node) => {
  const subs = APPLE_CATEGORIES[node.attributes.text ?? ''];
  if (subs === undefined) return ['InvalidItunesCategory'];
  return node.children.flatMap(({ attributes }) =>
    when(!subs.includes(attributes.text ?? ''), 'InvalidItunesCategory'),
  );
};

const guid: Rule = ({ text, attributes }) => [
  ...when(text === '', 'NotBlank'),
  ...when(!['true', 'false'].includes(attributes.isPermaLink ?? ''), 'InvalidBooleanAttribute'),
  ...when(attributes.isPermaLink === 'true' && !isFullAddress(text), 'InvalidHttpGUID'),
  ...when(/^\d{1,8}$/.test(text), 'NotSufficientlyUnique'),
];

const enclosure: Rule = ({ attributes: { url = '', length = '', type = '' } }) => [
  ...when(!isWebAddress(url), 'InvalidURLAttribute'),
  ...when(!/^\d+$/.test(length), 'InvalidIntegerAttribute'),
  // The validator lets this pass; listeners' apps do not (PSP-1, "enclosure").
  ...when(length === '0', 'UnnecessaryZero'),
  ...when(!MIME.test(type), 'InvalidMIMEAttribute'),
  ...when(!PLAYABLE.test(url), 'UnsupportedItunesFormat'),
];

const link: Rule = ({ attributes, text }) => [
  ...when(attributes.href === undefined, 'MissingHref'),
  ...when(!isFullAddress(attributes.href ?? ''), 'InvalidIRI'),
  ...when(text.trim() !== '', 'AtomLinkNotEmpty'),
  ...when(!LINK_RELATIONS.has(attributes.rel ?? 'alternate'), 'UnregisteredAtomLinkRel'),
];
const LINK_RELATIONS = new Set(
  'self alternate current first last next previous next-archive prev-archive hub'.split(' '),
);

const explicit = oneOf('InvalidTrueFalse', 'true', 'false');

const APPLE: Readonly<Record<string, Rule>> = {
  'itunes:author': upTo(255),
  'itunes:explicit': explicit,
  'itunes:image': picture,
  'itunes:subtitle': upTo(255),
  'itunes:summary': upTo(4000),
  'itunes:title': anything,
};

const CHANNEL: Readonly<Record<string, Rule>> = {
  ...APPLE,
  title: filled,
  description: plain,
  link: address,
  generator: anything,
  docs: address,
  language: ({ text }) => when(!LANGUAGE.test(text), 'InvalidLanguage'),
  copyright: plain,
  managingEditor: emailWithName,
  webMaster: emailWithName,
  lastBuildDate: date,
  pubDate: date,
  image: anything,
  category: filled,
  ttl: positive,
  item: anything,
  'atom:link': link,
  'fh:archive': anything,
  'fh:complete': anything,
  'itunes:category': category,
  'itunes:owner': owner,
  'itunes:type': oneOf('InvalidItunesChannelType', 'episodic', 'serial'),
  'itunes:new-feed-url': address,
  // Apple's and PSP-1's, though the validator has not heard of it.
  'itunes:complete': oneOf('InvalidYesNo', 'Yes', 'yes'),
};

const ITEM: Readonly<Record<string, Rule>> = {
  ...APPLE,
  title: filled,
  description: html,
  link: address,
  guid,
  pubDate: date,
  category: filled,
  enclosure,
  'content:encoded': html,
  'dc:creator': anything,
  'itunes:duration': ({ text }) => when(!/^\d+(?::[0-5]\d(?::[0-5]\d)?)?$/.test(text), 'InvalidDuration'),
  'itunes:season': positive,
  'itunes:episode': positive,
  'itunes:episodeType': oneOf('InvalidItunesEpisodeType', 'full', 'trailer', 'bonus'),
};
