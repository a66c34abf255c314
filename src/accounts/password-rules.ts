import { Refused } from '../model/problem.ts';

export const SHORTEST_PASSWORD = 10;
/** Longer than any sentence; the search for repetitions takes quadratic time. */
const LONGEST_PASSWORD = 1_000;

/** Whom a password is for: what it must not be. */
export type PasswordOwner = { email: string; name: string; stationName?: string };

/**
 * The commonest words in lists of leaked passwords, alone or with digits around them, and words of a radio.
 */
const WORDS = new Set(
  `password passwort passw welcome letmein iloveyou changeme secret admin administrator root user test guest login
  master dragon monkey sunshine princess football baseball superman batman starwars pokemon naruto shadow freedom
  whatever computer internet samsung google facebook instagram charlie michael jordan jessica jennifer hunter hello
  qwerty qwertyuiop qazwsx asdfgh asdfghjkl zxcvbnm azerty trustno abc abcd abcdef love liverpool chelsea arsenal
  ciao ciaociao amore amoremio amoretiamo tiamo tiamotanto amicizia buongiorno benvenuto benvenuta segreto segreta
  parolachiave cambiami principessa stellina cucciola cucciolo tesoro angelo gattino vaffanculo juventus juve
  forzajuve forzainter forzamilan forzanapoli forzaroma forzatoro inter milan napoli roma torino italia ferrari
  alessandro alessandra andrea antonio chiara federica federico francesca francesco giovanni giulia giuseppe
  lorenzo luca marco martina matteo roberto salvatore sara stefano valentina vincenzo
  radio radioblackout riascolta studio redazione trasmissione podcast microfono diretta volontario volontaria`.split(
    /\s+/,
  ),
);

/** The alphabet, the digits and rows of keys, forwards and backwards. */
const ROWS = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890123456789',
  'qwertyuiopasdfghjklzxcvbnm',
  'qazwsxedcrfvtgbyhnujmikolp',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p',
  '1q2w3e4r5t6y7u8i9o0p',
].flatMap((row) => [row, [...row].reverse().join('')]);

const LETTERS_FOR: Record<string, string> = { '0': 'o', '1': 'i', '3': 'e', '4': 'a', '5': 's' };

/**
 * Throws `Refused` when a password must not be chosen: `password-short` (under ten characters),
 * `password-common` (among the first that are tried: the commonest, the owner's own e-mail address or name,
 * one thing repeated).
 */
export function checkPassword(password: string, owner: PasswordOwner): void {
  if ([...password].length < SHORTEST_PASSWORD)
    throw new Refused('password-short', { least: String(SHORTEST_PASSWORD) });
  if (password.length > LONGEST_PASSWORD)
    throw new Refused('value-wrong', { field: 'password', reason: `> ${LONGEST_PASSWORD}` });
  if (isGuessedFirst(password, owner)) throw new Refused('password-common');
}

function isGuessedFirst(password: string, { email, name, stationName = '' }: PasswordOwner): boolean {
  const core = coreOf(password);
  if (core === '') return new Set(password).size < 4;
  const own = [email, email.split('@')[0] ?? '', name, ...name.split(/\s+/), stationName].map(coreOf);
  const isKnown = (text: string) => text !== '' && (WORDS.has(text) || own.includes(text));
  const bare = core.replace(/^\p{N}+|\p{N}+$/gu, '');
  const plain = bare.replace(/[01345]/g, (digit) => LETTERS_FOR[digit] ?? digit);
  const repeated = /^(.+?)\1+$/su.exec(core)?.[1];
  return (
    [core, bare, plain, /^(.+?)\1+$/su.exec(plain)?.[1] ?? ''].some(isKnown) ||
    (repeated !== undefined && repeated.length <= 3) ||
    ROWS.some((row) => row.includes(core))
  );
}

/** Returns a text folded for comparison. */
const coreOf = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll('@', 'a')
    .replaceAll('$', 's')
    .replace(/[^\p{L}\p{N}]/gu, '');
