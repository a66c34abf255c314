import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ejs from 'ejs';

/** Renders a view (`site/home`) with its values, which the template reaches through `v`. */
export type Views = (name: string, values: object) => string;

/** Returns the renderer for a folder of EJS templates. Each is compiled at its first use, and kept. */
export function readViews(folder: string): Views {
  const compiled = new Map<string, ejs.TemplateFunction>();
  return (name, values) => {
    let template = compiled.get(name);
    if (template === undefined) {
      const filename = join(folder, `${name}.ejs`);
      const options = { filename, root: folder, cache: true, strict: true, localsName: 'v' };
      template = ejs.compile(readFileSync(filename, 'utf8'), options);
      compiled.set(name, template);
    }
    return template({ ...values });
  };
}
