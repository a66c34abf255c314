import { PROBLEM_CODES, type ProblemCode } from '../model/problem.ts';
import { readTranslation } from './catalogue.ts';
import problems from './it/problems.json' with { type: 'json' };
import type { Language } from './languages.ts';
import { formatMessage, type Message } from './message.ts';
import { reasonWords } from './reasons.ts';

/** What is wrong, where, and what to do: one sentence or two for each problem. */
export type ProblemSentences = Record<ProblemCode, (values: Record<string, string>) => string>;

/** Returns the sentences of a language for all that staff are refused for. */
export function problemSentences(language: Language): ProblemSentences {
  const messages: Record<ProblemCode, Message> = readTranslation(language, 'problems', problems);
  const say = (code: ProblemCode) => (values: Record<string, string>) => {
    const { minutes = '0', reason } = values;
    return formatMessage(
      messages[code],
      { ...values, reason: reasonWords(reason, language) },
      { language, count: Number(minutes) },
    );
  };
  const sentences: Partial<ProblemSentences> = {};
  for (const code of PROBLEM_CODES) sentences[code] = say(code);
  return whole(sentences);
}

function whole(sentences: Partial<ProblemSentences>): ProblemSentences {
  if (!isWhole(sentences)) throw new TypeError('a problem has no sentence');
  return sentences;
}

const isWhole = (sentences: Partial<ProblemSentences>): sentences is ProblemSentences =>
  PROBLEM_CODES.every((code) => sentences[code] !== undefined);
