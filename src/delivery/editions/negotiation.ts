/** A form in which an edition's bytes travel. */
export type Coding = 'br' | 'gzip' | 'identity';

const MEMORY = 200;
const remembered = new Map<string, Coding>();

/**
 * Returns the coding to answer with, by the weights of Accept-Encoding (RFC 9110, 12.5.3). Among equal weights the
 * smallest form wins. Where the client refuses everything we have, identity: 12.4.1 lets us disregard the field,
 * and a page that arrives serves the visitor better than a 406.
 */
export function negotiateCoding(acceptEncoding: string | undefined): Coding {
  if (acceptEncoding === undefined) return 'identity';
  // Browsers send the same few values for years: parse each once. Cleared when full, so that a client that
  // invents values costs no memory.
  const known = remembered.get(acceptEncoding);
  if (known !== undefined) return known;
  if (remembered.size >= MEMORY) remembered.clear();
  const coding = chooseCoding(acceptEncoding);
  remembered.set(acceptEncoding, coding);
  return coding;
}

function chooseCoding(acceptEncoding: string): Coding {
  const weights = weightsOf(acceptEncoding);
  const others = weights.get('*');
  const brotli = weights.get('br') ?? others ?? 0;
  const gzip = weights.get('gzip') ?? weights.get('x-gzip') ?? others ?? 0;
  // Identity that nobody names is acceptable, but whoever names a coding would rather have that.
  const identity = weights.get('identity') ?? 0;
  if (brotli > 0 && brotli >= gzip && brotli >= identity) return 'br';
  if (gzip > 0 && gzip >= identity) return 'gzip';
  return 'identity';
}

function weightsOf(acceptEncoding: string): Map<string, number> {
  const weights = new Map<string, number>();
  for (const element of acceptEncoding.toLowerCase().split(',')) {
    const [name = '', ...parameters] = element.split(';').map((part) => part.trim());
    if (name === '') continue;
    const weight = parameters.find((parameter) => parameter.startsWith('q='));
    weights.set(name, weight === undefined ? 1 : qualityOf(weight.slice(2)));
  }
  return weights;
}

/** RFC 9110, 12.4.2: 0 to 1 with up to three decimals. What is none of these is a wish that we do not follow. */
function qualityOf(text: string): number {
  return /^(0(\.\d{0,3})?|1(\.0{0,3})?)$/.test(text) ? Number(text) : 0;
}
