import type { Fault, FaultCode } from '../model/fault.ts';
import { readTranslation } from './catalogue.ts';
import faults from './it/faults.json' with { type: 'json' };
import type { Language } from './languages.ts';
import { formatMessage } from './message.ts';
import { expectedWords } from './reasons.ts';

const read = new Map<Language, Record<FaultCode, string>>();

function readFaults(language: Language): Record<FaultCode, string> {
  const known = read.get(language) ?? readTranslation(language, 'faults', faults);
  read.set(language, known);
  return known;
}

/** Returns a fault as one sentence in the reader's language, what is wrong and what to do about it, without its place. */
export function faultSentence({ code, values }: Fault, language: Language): string {
  const { expected } = values;
  const said =
    expected === undefined ? values : { ...values, expected: expectedWords(expected, language) ?? expected };
  return formatMessage(readFaults(language)[code], said, { language });
}
