import { z } from 'zod';
import { Refused } from '../../model/problem.ts';
import type { Language } from '../../texts/languages.ts';

const WORDS = { it: z.locales.it().localeError, en: z.locales.en().localeError };

/**
 * Returns what somebody sent, parsed by the schema. Throws `Refused` (`value-wrong`) with the first wrong
 * field and the reason, in the sender's language. `whole`: the name to use where no single field is wrong.
 */
export function parseOrRefuse<T extends z.ZodType>(
  schema: T,
  value: unknown,
  { language, whole }: { language: Language; whole: string },
): z.output<T> {
  const parsed = schema.safeParse(value, { error: WORDS[language] });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  const field = [...(issue?.path ?? []), ...unknown].join('.') || whole;
  throw new Refused('value-wrong', { field, reason: issue?.message ?? '' });
}
