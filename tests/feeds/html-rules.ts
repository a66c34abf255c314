const ACCEPTABLE = new Set(
  'a abbr address article aside audio b bdi blockquote br caption cite code col colgroup data dd del details dfn div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark nav ol p picture pre q rp rt ruby s samp section small source span strong sub summary sup table tbody td tfoot th thead time tr track u ul var video wbr'.split(
    ' ',
  ),
);
const DANGEROUS = new Set(
  'applet base embed frame frameset head html iframe link meta object param script style title'.split(' '),
);
const VOID = new Set('br col hr img source track wbr'.split(' '));
const TAG = /<(\/?)([a-z][a-z0-9]*)((?:\s+[\w:-]+(?:="[^"]*")?)*)\s*\/?>/gi;

/** Returns the rules that HTML in `description` or `content:encoded` breaks: NotHtml, SecurityRisk, ContainsRelRef… */
export function htmlComplaints(html: string): string[] {
  const complaints: string[] = [];
  const open: string[] = [];
  for (const [, closes, written = '', attributes = ''] of html.matchAll(TAG)) {
    const name = written.toLowerCase();
    if (DANGEROUS.has(name)) complaints.push('SecurityRisk');
    else if (!ACCEPTABLE.has(name)) complaints.push('NotHtml');
    if (closes === '/') {
      if (open.pop() !== name) complaints.push('NotHtml');
    } else if (!VOID.has(name)) open.push(name);
    if (/\son\w+=/i.test(attributes)) complaints.push('SecurityRiskAttr');
    if (/\sstyle=/i.test(attributes)) complaints.push('DangerousStyleAttr');
    const [, reference] = /\s(?:href|src)="([^"]*)"/.exec(attributes) ?? [];
    if (reference !== undefined && !/^\w+:/.test(reference)) complaints.push('ContainsRelRef');
    if (/\ssrcset="(?:[^"]*,\s*)?\//.test(attributes)) complaints.push('ContainsRelRef');
  }
  const bare = html.replace(TAG, '');
  if (open.length > 0 || bare.includes('<') || /&(?!\w+;|#\d+;|#x[\da-f]+;)/i.test(bare))
    complaints.push('NotHtml');
  return complaints;
}

/** Returns ContainsHTML where plain text (a title, an author) spells an HTML end tag. */
export function plainTextComplaints(text: string): string[] {
  const names = [...text.matchAll(/<\/(\w+)>/g)].map(([, name = '']) => name.toLowerCase());
  return names.some((name) => ACCEPTABLE.has(name) || DANGEROUS.has(name)) ? ['ContainsHTML'] : [];
}
