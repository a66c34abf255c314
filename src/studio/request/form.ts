/** The fields of a form as they were sent. */
export type FormFields = {
  /** The first value of a field, trimmed; '' where it is missing. */
  text(name: string): string;
  /** All values of a field. */
  all(name: string): string[];
  /** Whether a box was ticked. */
  ticked(name: string): boolean;
  /** The names of all fields. */
  names(): string[];
};

/** Returns the fields of an urlencoded body. */
export function formFields(body: string): FormFields {
  const parameters = new URLSearchParams(body);
  return {
    text: (name) => (parameters.get(name) ?? '').replaceAll('\r\n', '\n').trim(),
    all: (name) => parameters.getAll(name).map((value) => value.replaceAll('\r\n', '\n')),
    ticked: (name) => parameters.has(name),
    names: () => [...new Set(parameters.keys())],
  };
}
