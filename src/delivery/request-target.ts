/**
 * Whether a request's target is one that no honest client sends: a path with a NUL or an encoded slash, percent signs
 * that encode nothing, or segments that climb. Refused before any router decodes them; the query may hold what it likes.
 */
export function isHostileTarget(target: string): boolean {
  const query = target.indexOf('?');
  const path = query === -1 ? target : target.slice(0, query);
  return /%(?![0-9a-f]{2})|%(00|2f)|\\|(^|\/)(\.|%2e){1,2}(\/|$)/i.test(path);
}
