import { isPlural, isPluralKind, PLURAL_KINDS, type Plural, placeholders, pluralKind } from './message.ts';

/**
 * Returns what is wrong with a translation, a sentence each, by comparing it with the Italian file: keys that are missing or
 * too many, values that a sentence leaves out or does not know, kinds of plural that the language has.
 */
export function translationFaults(
  translation: unknown,
  italian: unknown,
  language: string,
  key = '',
): string[] {
  const named = key === '' ? 'the file' : `"${key}"`;
  if (typeof italian === 'string')
    return typeof translation === 'string'
      ? valueFaults(translation, italian, named)
      : [`${named} must be a sentence`];
  if (isPlural(italian)) return pluralFaults(translation, italian, language, named);
  if (!isObject(italian)) return [];
  if (!isObject(translation)) return [`${named} must hold what the Italian one holds`];
  const inside = (name: string): string => (key === '' ? name : `${key}.${name}`);
  return [
    ...Object.keys(italian)
      .filter((name) => !Object.hasOwn(translation, name))
      .map((name) => `"${inside(name)}" is missing`),
    ...Object.keys(translation)
      .filter((name) => !Object.hasOwn(italian, name))
      .map((name) => `"${inside(name)}" is not known: the Italian file has no such key`),
    ...Object.entries(italian).flatMap(([name, value]) =>
      Object.hasOwn(translation, name)
        ? translationFaults(new Map(Object.entries(translation)).get(name), value, language, inside(name))
        : [],
    ),
  ];
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

function valueFaults(sentence: string, italian: string, named: string): string[] {
  const [here, there] = [placeholders(sentence), placeholders(italian)];
  // What is found out of a file may be shown as it was found: `{reason}`.
  if (here.length === 1 && here[0] === 'reason' && sentence === '{reason}') return [];
  return [
    ...there.filter((name) => !here.includes(name)).map((name) => `${named} leaves out {${name}}`),
    ...here
      .filter((name) => !there.includes(name))
      .map((name) => `${named} has {${name}}, which nobody gives`),
  ];
}

function pluralFaults(translation: unknown, italian: Plural, language: string, named: string): string[] {
  if (!isObject(translation)) return [`${named} must be a plural, with "one" and "other"`];
  const given = new Map<string, unknown>(Object.entries(translation));
  const known = new Set(Object.values(italian).flatMap(placeholders));
  const faults = neededKinds(language)
    .filter((kind) => !given.has(kind))
    .map((kind) => `${named} lacks the plural "${kind}", which this language has`);
  for (const [kind, sentence] of given) {
    if (!isPluralKind(kind)) faults.push(`${named} has "${kind}", which is no kind of plural`);
    else if (typeof sentence !== 'string') faults.push(`${named}.${kind} must be a sentence`);
    else {
      const here = placeholders(sentence);
      const unknown = here.filter((name) => !known.has(name));
      faults.push(...unknown.map((name) => `${named} has {${name}}, which nobody gives`));
      if (kind !== 'other') continue;
      const missing = placeholders(italian.other).filter((name) => !here.includes(name));
      faults.push(...missing.map((name) => `${named} leaves out {${name}} in "other"`));
    }
  }
  return faults;
}

/** The kinds that whole numbers up to a hundred have in a language, and `one`, which code may count on. */
function neededKinds(language: string) {
  const kinds = new Set(Array.from({ length: 101 }, (_, count) => pluralKind(count, language)));
  return PLURAL_KINDS.filter((kind) => kind === 'one' || kinds.has(kind));
}
