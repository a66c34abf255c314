const LONGEST_STEM = 80;
/** Names that Windows keeps for devices, whatever comes behind the dot ("Naming Files, Paths, and Namespaces"). */
export const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/** Letters that Unicode does not decompose into a plain one and its marks. */
const LETTERS: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ı: 'i',
};

/** Returns a name's stem in plain letters, digits and dashes, at most so long; '' where nothing of it is left. */
export function plainStem(text: string, longest: number = LONGEST_STEM): string {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[ßæœøđðþłı]/g, (letter) => LETTERS[letter] ?? '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, longest)
    .replace(/^-+|-+$/g, '');
  return RESERVED.test(plain) ? `file-${plain}` : plain;
}

/** Returns the name, with a number where it is taken; upper and lower case are the same. */
export function freeName(stem: string, ending: string, taken: readonly string[]): string {
  const names = new Set(taken.map((one) => one.normalize('NFC').toLowerCase()));
  for (let count = 1; ; count += 1) {
    const name = `${stem}${count === 1 ? '' : `-${count}`}${ending}`;
    if (!names.has(name)) return name;
  }
}
