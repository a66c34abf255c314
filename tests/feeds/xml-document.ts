/** An element of a parsed document; `text` is its own character data, references resolved. */
export type XmlNode = {
  name: string;
  attributes: Record<string, string>;
  children: XmlNode[];
  text: string;
};

const TOKEN =
  /<!\[CDATA\[([\s\S]*?)\]\]>|<\?[\s\S]*?\?>|<(\/?)([\w:.-]+)((?:\s+[\w:.-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/y;
const ATTRIBUTE = /([\w:.-]+)="([^"]*)"/g;
const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Returns the root element. Throws where the text is not well-formed; it knows no comments and no doctype. */
export function parseXml(xml: string): XmlNode {
  const root: XmlNode = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < xml.length) {
    const at = TOKEN.lastIndex;
    const token = TOKEN.exec(xml);
    const parent = open.at(-1);
    if (token === null || parent === undefined) throw new Error(`not well-formed: ${xml.slice(at, at + 60)}`);
    const [, section, closes, name, attributes = '', empty, text] = token;
    if (section !== undefined) parent.text += section;
    else if (text !== undefined) parent.text += resolved(text);
    else if (name !== undefined && closes === '/') {
      if (parent.name !== name) throw new Error(`not well-formed: </${name}> closes <${parent.name}>`);
      open.pop();
    } else if (name !== undefined) {
      const node: XmlNode = { name, attributes: attributesIn(attributes), children: [], text: '' };
      parent.children.push(node);
      if (empty !== '/') open.push(node);
    }
  }
  const [document] = root.children;
  if (open.length !== 1 || document === undefined) throw new Error('not well-formed: an element stays open');
  return document;
}

export const childrenNamed = (node: XmlNode, name: string): XmlNode[] =>
  node.children.filter((child) => child.name === name);

export const childNamed = (node: XmlNode, name: string): XmlNode | undefined => childrenNamed(node, name)[0];

function attributesIn(source: string): Record<string, string> {
  return Object.fromEntries(
    [...source.matchAll(ATTRIBUTE)].map(([, name = '', value = '']) => [name, resolved(value)]),
  );
}

function resolved(text: string): string {
  if (text.includes(']]>')) throw new Error('not well-formed: ]]> in text');
  return text.replace(
    /&(#x?)?(\w*)(;?)/g,
    (reference, number: string | undefined, name: string, end: string) => {
      if (end === '') throw new Error(`not well-formed: ${reference}`);
      if (number !== undefined) return String.fromCodePoint(Number.parseInt(name, number === '#x' ? 16 : 10));
      const character = NAMED[name];
      if (character === undefined) throw new Error(`not well-formed: ${reference}`);
      return character;
    },
  );
}
