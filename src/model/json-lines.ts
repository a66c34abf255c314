/**
 * Returns the line (from 1) on which each element of the list under `key` of a JSON document's outermost object begins; none
 * where there is no such list. The text must be valid JSON.
 */
export function elementLines(json: string, key: string): number[] {
  const lines: number[] = [];
  const token = /"(?:[^"\\]|\\.)*"|[[\]{}:,\n]|[^\s"[\]{}:,]+/g;
  let line = 1;
  let depth = 0;
  let name = '';
  let isInList = false;
  let isElementDue = false;
  for (const [word] of json.matchAll(token)) {
    if (word === '\n') line += 1;
    else {
      if (isElementDue && word !== ']') lines.push(line);
      isElementDue = false;
      if (depth === 1 && word.startsWith('"')) name = word.slice(1, -1);
      if (word === '[' || word === '{') {
        depth += 1;
        if (depth === 2 && word === '[' && name === key) {
          isInList = true;
          isElementDue = true;
        }
      } else if (word === ']' || word === '}') {
        depth -= 1;
        if (isInList && depth === 1) return lines;
      } else if (word === ',' && isInList && depth === 2) isElementDue = true;
    }
  }
  return lines;
}

/** Returns the line that a `SyntaxError` of `JSON.parse` names; `undefined` where it names none. */
export function brokenJsonLine(message: string): number | undefined {
  const line = /\(line (\d+) column \d+\)/.exec(message)?.[1];
  return line === undefined ? undefined : Number(line);
}
