/** An element as the `xml` package, on which `podcast` stands, takes it. */
export type XmlElement = { [name: string]: XmlContent };
type XmlContent = string | number | Attributed | (XmlElement | Attributed | string | number)[];
type Attributed = { _attr: Attributes };
export type Attributes = Record<string, string | number>;

/** `<name attributes>text</name>`; the text is escaped when written. */
export function textElement(name: string, text: string | number, attributes?: Attributes): XmlElement {
  return { [name]: attributes === undefined ? text : [{ _attr: attributes }, text] };
}

/** `<name attributes/>` */
export const emptyElement = (name: string, attributes: Attributes = {}): XmlElement => ({
  [name]: { _attr: attributes },
});

/** `<name attributes>children</name>` */
export function groupElement(name: string, children: XmlElement[], attributes?: Attributes): XmlElement {
  return { [name]: attributes === undefined ? children : [{ _attr: attributes }, ...children] };
}

/** Returns the attributes that have a value. */
export function attributesOf(values: Record<string, string | number | undefined>): Attributes {
  const attributes: Attributes = {};
  for (const [name, value] of Object.entries(values)) if (value !== undefined) attributes[name] = value;
  return attributes;
}
