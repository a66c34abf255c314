import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readTranslation } from '../../src/texts/catalogue.ts';
import { commandTexts } from '../../src/texts/command-texts.ts';
import administration from '../../src/texts/it/administration.json' with { type: 'json' };
import { LANGUAGES } from '../../src/texts/languages.ts';
import { formatMessage, isPlural, placeholders } from '../../src/texts/message.ts';
import { siteTexts } from '../../src/texts/site-texts.ts';
import { studioTexts } from '../../src/texts/studio-texts.ts';
import { translationFaults } from '../../src/texts/translation-faults.ts';

const FOLDER = fileURLToPath(new URL('../../src/texts', import.meta.url));
/** Words that need not be in every language. */
const DICTIONARIES = ['roles.json'];
const filesOf = (language: string, folder = FOLDER) =>
  readdirSync(join(folder, language)).filter((file) => !DICTIONARIES.includes(file));
const read = (language: string, file: string, folder = FOLDER): unknown =>
  JSON.parse(readFileSync(join(folder, language, file), 'utf8'));

/** A folder of sentences with another language in it: the English one, with changes. */
function withLanguage(language: string, change: (file: string, sentences: unknown) => unknown): string {
  const folder = mkdtempSync(join(tmpdir(), 'riascolta-texts-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  cpSync(join(FOLDER, 'en'), join(folder, language), { recursive: true });
  for (const file of filesOf(language, folder)) {
    const path = join(folder, language, file);
    writeFileSync(path, JSON.stringify(change(file, read(language, file, folder))));
  }
  return folder;
}

/** Every sentence and plural of a file that code has for its use, with its path. */
function* leaves(value: unknown, path = ''): Generator<[string, unknown]> {
  if (typeof value !== 'object' || value === null || isPlural(value)) yield [path, value];
  else
    for (const [key, inner] of Object.entries(value))
      yield* leaves(inner, path === '' ? key : `${path}.${key}`);
}

describe.each(LANGUAGES)('the language %s', (language) => {
  it('has the files that Italian has', () => {
    expect(filesOf(language)).toEqual(filesOf('it'));
  });

  it.each(filesOf('it'))('has in %s every key, value and plural', (file) => {
    expect(translationFaults(read(language, file), read('it', file), language)).toEqual([]);
  });

  it('gives each of its sentences the values that it has places for', () => {
    const say = (text: unknown): unknown => (typeof text === 'function' ? text(7, 7, 7, 7) : text);
    const { client, ...draft } = studioTexts(language).draft;
    const { problems, ...studio } = studioTexts(language);
    const all = { site: siteTexts(language), studio: { ...studio, draft }, commands: commandTexts(language) };
    const left = [...leaves(all)]
      .filter(([, text]) => typeof text === 'function')
      .flatMap(([path, text]) => placeholders(String(say(text))).map((name) => `${path}: {${name}}`));
    expect(left).toEqual([]);
    expect(Object.keys(problems).length).toBeGreaterThan(40);
    expect(client.saving).not.toBe('');
  });
});

describe('a third language', () => {
  it('is its folder of files: read, checked, and with the plurals of its own', () => {
    const folder = withLanguage('pl', (_file, sentences) => {
      const add = (value: unknown): unknown => {
        if (isPlural(value)) return { ...value, few: value.other, many: `${value.other}!` };
        if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
        return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, add(inner)]));
      };
      return add(sentences);
    });
    for (const file of filesOf('it'))
      expect(translationFaults(read('pl', file, folder), read('it', file), 'pl')).toEqual([]);
    const { files } = readTranslation('pl', 'administration', administration, folder);
    expect(formatMessage(files, { count: 5 }, { language: 'pl', count: 5 })).toBe('5 files!');
  });

  it('is told by file and key what it lacks, has too much, or calls otherwise', () => {
    const folder = withLanguage('pl', (file, sentences) => {
      if (file !== 'problems.json' || typeof sentences !== 'object') return sentences;
      const { 'disk-full': _gone, ...rest } = Object.assign({ 'disk-full': '' }, sentences);
      return { ...rest, 'email-taken': 'Es gibt ein Konto für {mail}.', 'made-up': 'Nichts.' };
    });
    expect(() => readTranslation('pl', 'problems', read('it', 'problems.json'), folder)).toThrow(
      [
        'pl/problems.json: "disk-full" is missing',
        'pl/problems.json: "made-up" is not known: the Italian file has no such key',
        'pl/problems.json: "email-taken" leaves out {email}',
        'pl/problems.json: "email-taken" has {mail}, which nobody gives',
      ].join('\n'),
    );
  });
});
