import type { Language } from './languages.ts';
import { formatMessage, isPlural, type Message } from './message.ts';

/** The values that a message takes, by name, in the order in which code gives them; the first chooses among plurals. */
export type Variables = readonly string[];
/** The same for all messages of a file that take any. */
export type VariableTable = { readonly [key: string]: Variables | VariableTable };

/** Values that are numbers; all others are text. */
type NumberName =
  | 'itemsBefore'
  | 'itemsAfter'
  | 'count'
  | 'stops'
  | 'told'
  | 'days'
  | 'minutes'
  | 'month'
  | 'number'
  | 'page'
  | 'pages'
  | 'season'
  | 'words'
  | 'width'
  | 'height'
  | 'year'
  | 'folders'
  | 'errors'
  | 'warnings';
type Values<Names extends Variables> = {
  [Index in keyof Names]: Names[Index] extends NumberName ? number : string;
};

/** A file of sentences as code uses it: what takes values is a function of them, all else is as the file has it. */
export type Callable<File, Table> = {
  readonly [Key in keyof File]: Key extends keyof Table
    ? Table[Key] extends Variables
      ? (...values: Values<Table[Key]>) => string
      : Callable<File[Key], Table[Key]>
    : File[Key];
};

/** Returns a file of sentences as code uses it, in a language. */
export function callable<File extends object, const Table extends VariableTable>(
  file: File,
  table: Table,
  language: Language,
): Callable<File, Table> {
  const made = build(file, table, language);
  if (!isCallable<File, Table>(made, file, table))
    throw new TypeError('the table names messages that are none');
  return made;
}

function build(file: object, table: VariableTable, language: Language): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(file).map(([key, value]) => {
      const variables = Object.hasOwn(table, key) ? table[key] : undefined;
      if (variables === undefined) return [key, value];
      if (isVariables(variables) && (typeof value === 'string' || isPlural(value)))
        return [key, speaker(value, variables, language)];
      return [key, isVariables(variables) ? undefined : build(value, variables, language)];
    }),
  );
}

const isVariables = (entry: Variables | VariableTable): entry is Variables => Array.isArray(entry);

function speaker(message: Message, names: Variables, language: Language) {
  return (...given: (string | number)[]): string => {
    const values = Object.fromEntries(names.map((name, index) => [name, given[index]]));
    const [first] = given;
    return formatMessage(message, values, { language, count: typeof first === 'number' ? first : 0 });
  };
}

/** Whether all that the table names has become a function. */
function isCallable<File extends object, Table extends VariableTable>(
  made: Record<string, unknown>,
  file: File,
  table: Table,
): made is Callable<File, Table> & Record<string, unknown> {
  const whole = (part: unknown, of: VariableTable): boolean =>
    Object.entries(of).every(([key, entry]) => {
      const value = new Map(Object.entries(part ?? {})).get(key);
      return isVariables(entry) ? typeof value === 'function' : whole(value, entry);
    });
  return Object.keys(file).every((key) => Object.hasOwn(made, key)) && whole(made, table);
}
