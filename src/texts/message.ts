/** The kinds of plural of a language (Unicode CLDR, "Plural Rules"), and `zero` for nothing at all in any language. */
export const PLURAL_KINDS = ['zero', 'one', 'two', 'few', 'many', 'other'] as const;
export type PluralKind = (typeof PLURAL_KINDS)[number];

/** A sentence that differs with a number. */
export type Plural = { other: string } & Partial<Record<PluralKind, string>>;

/** A sentence in which `{name}` stands for a value, and `{name, number}` for a number with its thousands apart. */
export type Message = string | Plural;

const PLACEHOLDER = /\{(\w+)(, number)?\}/g;

/** Returns the names of the values that a sentence has places for, each once. */
export const placeholders = (sentence: string): string[] => [
  ...new Set([...sentence.matchAll(PLACEHOLDER)].map(([, name = '']) => name)),
];

/** Returns whether a value of a catalogue is a plural: an object of kinds of plural alone, with `other` among them. */
export const isPlural = (value: unknown): value is Plural =>
  typeof value === 'object' &&
  value !== null &&
  'other' in value &&
  Object.entries(value).every(([kind, text]) => isPluralKind(kind) && typeof text === 'string');

export const isPluralKind = (kind: string): boolean => PLURAL_KINDS.some((known) => known === kind);

const rules = new Map<string, Intl.PluralRules>();

/** Returns the kind of plural that a number has in a language. */
export function pluralKind(count: number, language: string): PluralKind {
  const known = rules.get(language) ?? new Intl.PluralRules(language);
  rules.set(language, known);
  return known.select(count);
}

/**
 * Returns a message in words. `count` chooses among plurals; a value that is missing is left out, so that a sentence can always
 * be said.
 */
export function formatMessage(
  message: Message,
  values: Readonly<Record<string, string | number | undefined>>,
  { language, count = 0 }: { language: string; count?: number },
): string {
  return sentenceFor(message, count, language).replace(PLACEHOLDER, (_, name: string, asNumber?: string) => {
    const value = values[name] ?? '';
    if (asNumber === undefined || typeof value === 'string') return String(value);
    return value.toLocaleString(language, { useGrouping: 'always' });
  });
}

function sentenceFor(message: Message, count: number, language: string): string {
  if (typeof message === 'string') return message;
  if (count === 0 && message.zero !== undefined) return message.zero;
  return message[pluralKind(count, language)] ?? message.other;
}
