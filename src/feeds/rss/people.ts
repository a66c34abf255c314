import type { Person } from '../../model/station.ts';
import { clipLength, oneLine, webAddress } from '../xml-text.ts';
import { attributesOf, textElement, type XmlElement } from './xml-element.ts';

type Role = { role: string; group?: string };

const CREATIVE_DIRECTION = 'creative direction';
const WRITING = 'writing';
const PRODUCTION = 'audio production';
const POST_PRODUCTION = 'audio post-production';

/** The words of a radio's credits, in Italian and English, for roles of the Podcast Taxonomy. */
const ROLES: readonly (Role & { words: string })[] = [
  {
    role: 'host',
    words: 'host conduttore conduttrice conduzione presentatore presentatrice presenter interviewer',
  },
  { role: 'host', words: 'intervistatore intervistatrice' },
  { role: 'co-host', words: 'co-host cohost co-conduttore co-conduttrice' },
  { role: 'guest', words: 'guest ospite ospiti intervistato intervistata interviewee invitato invitata' },
  { role: 'reporter', words: 'reporter inviato inviata corrispondente correspondent cronista' },
  { role: 'narrator', words: 'narrator narratore narratrice' },
  { role: 'announcer', words: 'announcer annunciatore annunciatrice' },
  { role: 'voice actor', words: 'attore attrice doppiatore doppiatrice lettore lettrice letture' },
  { role: 'author', group: WRITING, words: 'author autore autrice' },
  { role: 'writer', group: WRITING, words: 'writer scrittore scrittrice testi' },
  { role: 'editor', group: WRITING, words: 'editor redattore redattrice redazione' },
  { role: 'translator', group: WRITING, words: 'translator traduttore traduttrice traduzione' },
  { role: 'transcriber', group: WRITING, words: 'transcriber trascrittore trascrittrice trascrizione' },
  { role: 'director', group: CREATIVE_DIRECTION, words: 'director regista regia' },
  { role: 'producer', group: CREATIVE_DIRECTION, words: 'producer produttore produttrice produzione' },
  { role: 'audio engineer', group: PRODUCTION, words: 'tecnico tecnica fonico fonica engineer' },
  { role: 'audio editor', group: POST_PRODUCTION, words: 'montaggio montatore montatrice' },
  { role: 'composer', group: POST_PRODUCTION, words: 'composer compositore compositrice musiche' },
];

const BY_WORD = new Map<string, Role>(
  ROLES.flatMap(({ words, role, group }) => [
    ...words.split(' ').map((word): [string, Role] => [word, attributesOfRole(role, group)]),
    [role, attributesOfRole(role, group)],
  ]),
);

function attributesOfRole(role: string, group: string | undefined): Role {
  return group === undefined ? { role } : { role, group };
}

/**
 * Returns the role and group for `podcast:person`. Words outside the taxonomy say who somebody is ("sindacalista"),
 * and so does no word at all: such a person is a guest, since a missing role would be read as "host".
 */
export function roleOf(words: string | undefined): Role {
  return BY_WORD.get(oneLine(words ?? '').toLowerCase()) ?? { role: 'guest' };
}

/**
 * Returns `podcast:person` for everybody heard in one item. An item's people replace the channel's as a whole, so the
 * show's hosts are named again (Podcasting 2.0 namespace, tag "person"). Nobody is named twice.
 */
export function personElements(
  people: readonly Person[],
  hosts: readonly Person[],
  origin: string,
): XmlElement[] {
  const credits = new Map<string, XmlElement>();
  const hostNames = new Set(hosts.map(({ name }) => oneLine(name)));
  const credit = (person: Person, role: Role) => {
    const name = clipLength(oneLine(person.name), 128);
    if (name === '' || credits.has(name)) return;
    const attributes = attributesOf({
      ...role,
      href: person.url === undefined ? undefined : webAddress(person.url, origin),
      img: person.img === undefined ? undefined : webAddress(person.img, origin),
    });
    credits.set(name, textElement('podcast:person', name, attributes));
  };
  for (const person of people) {
    const isHost = person.role === undefined && hostNames.has(oneLine(person.name));
    credit(person, isHost ? { role: 'host' } : roleOf(person.role));
  }
  for (const host of hosts) credit(host, host.role === undefined ? { role: 'host' } : roleOf(host.role));
  return [...credits.values()];
}
