import { PROBLEM_CODES } from '../model/problem.ts';
import type { JournalEntry } from '../publishing/publishing.ts';
import type { StudioTexts } from '../texts/studio-texts.ts';

/** An entry of the journal as its page shows it. */
export type JournalLine = Pick<JournalEntry, 'at' | 'byName' | 'via' | 'subject'> & {
  action: string;
  /** The subject, short enough for a table. */
  place: string;
  told: { name: string; value: string }[];
  /** Why something was refused: the sentence that was shown. */
  sentence: string;
};

/** Returns an entry of the journal in words. */
export function journalLine(entry: JournalEntry, texts: StudioTexts): JournalLine {
  const { at, byName, via, subject, details } = entry;
  const code = PROBLEM_CODES.find((known) => known === details.code || known === details.problem);
  const told = code === undefined || details.title !== undefined ? details : {};
  return {
    at,
    byName,
    via,
    subject,
    action: texts.actions[entry.action] ?? entry.action,
    place: UUID.test(subject) ? subject.slice(0, 8) : subject,
    told: Object.entries(told).flatMap(([name, value]) => {
      const label = texts.administration.details[name];
      return label === undefined || value === '' ? [] : [{ name: label, value: inWords(name, value, texts) }];
    }),
    sentence: code === undefined ? '' : texts.problems[code](details),
  };
}

const UUID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/;

function inWords(name: string, value: string, { administration, accounts }: StudioTexts): string {
  if (name === 'status') return wordOf(administration.statuses, value);
  if (name === 'role') return wordOf(accounts.roles, value);
  if (name !== 'scopes') return value;
  return value
    .split(' ')
    .map((scope) => wordOf(accounts.me.scopes, scope))
    .join(', ');
}

const wordOf = (words: Record<string, string>, value: string): string => words[value] ?? value;
